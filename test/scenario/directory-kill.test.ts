import { expect, it } from 'vitest'
import { startAelyst } from '../../sandbox/aelyst/start-aelyst.ts'
import { systemClock } from '../../src/clock.ts'
import { startCrashScene } from '../fixtures/start-crash-scene.ts'
import { VIP } from '../fixtures/start-scene.ts'

const IN_SLACK = 2_000
const AT_AELYST = 1_500
/** Number of the page that has been asked for when the process is killed: those before it are kept. */
const KILLED_AT = { slack: 5, aelyst: 8 }

it('Linking 2,000 people in Slack and 1,500 at Aelyst, killed among the pages of each, asks for no page twice', {
  timeout: 120_000,
}, async () => {
  const aelyst = await startAelyst({ token: 'aelyst-secret-token-1', clock: systemClock.now })
  const scene = await startCrashScene({
    slack: { enforceTiers: true },
    env: {
      AELYST_TOKEN: aelyst.token,
      AELYST_BASE_URL: `${aelyst.url}/v1`,
      AELYST_SLACK_CHANNEL: VIP,
      AELYST_POLL_SECONDS: '3600',
    },
  })
  const { slack } = scene
  try {
    for (let i = 0; i < IN_SLACK; i += 1) slack.addUser({ name: `p${i}` })
    for (let i = 0; i < AT_AELYST; i += 1)
      aelyst.addUser({ id: `${5_000 + i}`, firstName: `P${i}`, email: `p${i}@acme.test` })
    // A poll that works reads the users too, for itself.
    aelyst.faults.add({ fault: { kind: 'status', status: 500 }, method: 'listcontacts' })
    const pages = {
      slack: () => slack.callsTo('users.list').filter(({ status }) => status === 200),
      aelyst: () => aelyst.calls.filter(({ method, fault }) => method === 'listspaces' && fault === null),
    }
    await scene.start()

    const stop = slack.onChange(() => {
      if (pages.slack().length < KILLED_AT.slack - 1) return
      stop()
      slack.faults.inject('users.list', { kind: 'delay', delayMs: 60_000 }, 1)
    })
    await slack.as('dora').command('/baton', 'link everyone')
    await slack.until(
      () => pages.slack().length === KILLED_AT.slack - 1 && slack.faults.active().length === 0,
    )
    await scene.crash()

    const stopThere = aelyst.onChange(() => {
      if (pages.aelyst().length < KILLED_AT.aelyst - 1) return
      stopThere()
      aelyst.faults.add({ fault: { kind: 'hang', handled: false }, method: 'listspaces', times: 1 })
    })
    await aelyst.until(() => aelyst.calls.some(({ fault }) => fault === 'hang'), { timeoutMs: 30_000 })
    await scene.crash()

    const report = await slack.until(
      () =>
        slack
          .as('dora')
          .dms()
          .find(({ text }) => text.includes('linked now')),
      { timeoutMs: 60_000 },
    )
    expect(report.text).toMatch(/\*Aelyst\*, of 2004 people/)
    expect(report.text).toContain(`• ${AT_AELYST} linked now`)
    const asked = {
      slack: pages.slack().map(({ args }) => args.cursor ?? 'first'),
      aelyst: pages.aelyst().map(({ args }) => args.join()),
    }
    expect(asked.slack).toHaveLength(Math.ceil(2_004 / 200))
    expect(asked.aelyst).toHaveLength(Math.ceil(AT_AELYST / 99))
    for (const all of Object.values(asked)) expect(new Set(all).size).toBe(all.length)
    expect(slack.rateLimitedCalls).toBe(0)
    expect(aelyst.breaches).toEqual([])
  } finally {
    await scene.close()
    await aelyst.close()
  }
})
