import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateMessage, validateView } from '../../sandbox/slack/block-kit/validate.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { doctorMessage } from '../../src/slack/views/doctor.ts'
import { failedJobsModal, MOST_FAILED } from '../../src/slack/views/failed-jobs.ts'
import { pressMessage } from '../../src/slack/views/press.ts'
import { hostileText } from './hostile-text.ts'

const finding = (over: Partial<Finding> = {}): Finding => ({
  check: 'wamm, token',
  result: 'ok',
  says: 'WAMM lets Baton in.',
  ...over,
})

describe('what the doctor shows', () => {
  it('is what Slack accepts, whatever people are called, however much there is', () => {
    const numRuns = 20
    fc.assert(
      fc.property(hostileText, (text) => {
        const job = { id: 1, kind: text, reason: text, attempts: 36, customer: text }
        const jobs = Array.from({ length: MOST_FAILED }, (_, id) => ({ ...job, id }))
        expect(validateView(failedJobsModal({ jobs, count: 1_000, said: null }))).toEqual([])
        const said = failedJobsModal({
          jobs: [{ ...job, reason: null, customer: null }],
          count: 1,
          said: text,
        })
        expect(validateView(said)).toEqual([])
        expect(validateMessage(doctorMessage([finding({ check: text, says: text })]))).toEqual([])
      }),
      { numRuns },
    )
    expect(validateView(failedJobsModal({ jobs: [], count: 0, said: null }))).toEqual([])
    expect(validateMessage(pressMessage('2b0f6f0e-4d5c-4b0e-9d55-6a1d3c0f3b11'))).toEqual([])
  })

  it('says what is wrong first, and where there is too much, that there is more', () => {
    const many = Array.from({ length: 200 }, () => finding({ says: 'It is as it should be. '.repeat(10) }))
    const view = doctorMessage([...many, finding({ result: 'wrong', says: 'Mend `/this`.' })])
    expect(validateMessage(view)).toEqual([])
    expect(JSON.stringify(view.blocks[1])).toContain('• *Wrong* · wamm, token: Mend `/this`.')
    expect(JSON.stringify(view.blocks.at(-1))).toContain('There is more than fits here')
  })
})
