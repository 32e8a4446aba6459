import { expect, it } from 'vitest'
import { enrolJob, lookJob } from '../../src/jobs/catalogue.ts'
import { accountId, chatKey, instant, slackUserId } from '../../src/routing/ids.ts'

const WAMM = accountId('wamm')
const NOW = instant(0)

it('Secrets and customers are protected: the key of a job, which logs name, holds no number', () => {
  const jobsFor = (digits: string) => {
    const key = chatKey(digits)
    const by = slackUserId('U0ANN')
    const claim = { kind: 'claim-unlisted', by, account: WAMM, key, phone: null, responseUrl: null } as const
    return [lookJob(WAMM, key, NOW), enrolJob(WAMM, claim, NOW)].map((job) => job.key)
  }
  const keys = jobsFor('79001234567')
  for (const key of keys) expect(key).not.toContain('79001234567')
  expect(jobsFor('79001234567')).toEqual(keys)
  expect(new Set([...keys, ...jobsFor('79001234568')]).size).toBe(4)
})
