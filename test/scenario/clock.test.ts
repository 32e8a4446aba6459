import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const source = join(import.meta.dirname, '../../src')

/** The process itself, and the one place that knows the system's clock. */
const edges = ['main.ts', 'clock.ts']

it('Nothing hidden in the clock: time, randomness and environment come in as arguments', () => {
  const hidden =
    /\b(?:Date\.now|performance\.now|Math\.random|randomUUID|randomBytes|set(?:Timeout|Interval)|AbortSignal\.timeout|process\.env)\b|\bnew Date\(\)/
  const files = globSync('**/*.ts', { cwd: source }).filter((file) => !edges.includes(file))
  expect(files.length).toBeGreaterThan(50)
  expect(files.filter((file) => hidden.test(readFileSync(join(source, file), 'utf8')))).toEqual([])
})

it('Nothing hidden in the clock: while time stands still nothing is tried again, and when it passes everything is', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm, clock } = scene
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  const trouble = wamm.faults.add({ fault: { kind: 'status', status: 503 } })
  await slack.as('ann').command('/claim', 'ivan')
  await scene.until(() => trouble.met === 1, { stepMs: 10 })
  await scene.pass(0)
  expect(trouble.met).toBe(1)
  await scene.until(() => trouble.met > 3)
  expect(clock.now()).toBeGreaterThan(Date.UTC(2026, 10, 20, 9, 0, 3))
})

it('Nothing hidden in the clock: after a night of sleep what was due is done, and old limits no longer hold', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm, clock } = scene
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  slack.faults.inject('chat.update', { kind: 'rate-limited', retryAfterSeconds: 3_600 }, 1)
  await wamm.goDown()
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.told('ann', 'is kept, but')
  clock.jump(8 * 3_600_000)
  await wamm.comeBack()
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('100')
})
