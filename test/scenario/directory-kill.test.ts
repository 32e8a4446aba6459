import { expect, it } from 'vitest'
import { startCrashScene } from '../fixtures/start-crash-scene.ts'

it('Linking everybody goes on where it was killed, and asks for no page that it has kept', {
  timeout: 60_000,
}, async () => {
  const scene = await startCrashScene()
  const { slack, wamm } = scene
  try {
    for (let i = 0; i < 900; i += 1) slack.addUser({ name: `p${i}` })
    for (let i = 0; i < 300; i += 1)
      wamm.addUser({ id: `${5_000 + i}`, name: `P${i}`, email: `p${i}@acme.test` })
    await scene.start()
    const pages = () => slack.callsTo('users.list').map(({ args }) => args.cursor ?? 'first')
    const stop = slack.onChange(() => {
      if (pages().length < 2) return
      stop()
      slack.faults.inject('users.list', { kind: 'delay', delayMs: 60_000 }, 1)
    })
    await slack.as('dora').command('/baton', 'link everyone')
    // The third page has been asked for, so the second is kept.
    await slack.until(() => pages().length >= 2 && slack.faults.active().length === 0)
    const kept = pages().slice(0, 2)
    await scene.crash()
    const report = await slack.until(
      () =>
        slack
          .as('dora')
          .dms()
          .find(({ text }) => text.includes('linked now')),
      { timeoutMs: 30_000 },
    )
    expect(report.text).toContain('of 904 people')
    expect(report.text).toContain('• 304 linked now')
    for (const page of kept) expect(pages().filter((asked) => asked === page)).toHaveLength(1)
    expect(new Set(pages()).size).toBe(5)
  } finally {
    await scene.close()
  }
})
