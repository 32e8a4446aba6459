import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type CrashScene, startCrashScene } from '../fixtures/start-crash-scene.ts'

const KEY = '79001234567'

// Each test starts several processes, which may take long on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let scene: CrashScene
beforeEach(async () => {
  scene = await startCrashScene()
})
afterEach(() => scene.close())

describe('a start that cannot succeed says why in words and ends with 1', () => {
  const ends = async (env: Readonly<Record<string, string>>) => {
    const baton = scene.spawn(env)
    const { code } = await baton.exited
    expect(code).toBe(1)
    return baton.stderr()
  }

  it('when another process has the database, which is not disturbed', async () => {
    await scene.start()
    const said = await ends({})
    expect(said).toMatch(/^Baton cannot run: another Baton is running on \S+baton\.db\n$/)
    await scene.slack.as('ann').command('/baton', 'help')
    expect((await scene.baton.terminate()).code).toBe(0)
  })

  it('when Slack refuses the bot token', async () => {
    expect(await ends({ SLACK_BOT_TOKEN: 'xoxb-wrong-one' })).toMatch(
      /^Baton cannot run: Slack refuses SLACK_BOT_TOKEN \(invalid_auth\): [^\n]+\.\n$/,
    )
  })

  it('when Slack refuses the app-level token', async () => {
    expect(await ends({ SLACK_APP_TOKEN: 'xapp-wrong-one' })).toMatch(
      /^Baton cannot run: Slack refuses SLACK_APP_TOKEN \(invalid_auth\): [^\n]+\.\n$/,
    )
  })

  it('when nobody answers at the address of Slack', async () => {
    expect(await ends({ SLACK_API_URL: 'http://127.0.0.1:9/api/' })).toMatch(
      /^Baton cannot run: Slack cannot be reached at http:\/\/127\.0\.0\.1:9 [^\n]+\n$/,
    )
  })

  it('when the port is taken', async () => {
    const port = new URL(scene.slack.baseUrl).port
    expect(await ends({ PORT: port })).toMatch(
      /^Baton cannot run: PORT \d+ on HOST 127\.0\.0\.1 is taken[^\n]+\n$/,
    )
  })

  it('when variables are bad, naming each of them and no value', async () => {
    const said = await ends({ WAMM_TOKEN: 'a b', WAMM_POLL_SECONDS: 'often', SLACK_APP_TOKEN: '' })
    for (const name of ['WAMM_TOKEN', 'WAMM_POLL_SECONDS', 'SLACK_APP_TOKEN']) expect(said).toContain(name)
    expect(said).not.toContain('a b')
    expect(said).not.toContain('often')
  })
})

describe('SIGTERM', () => {
  const claimed = async () => {
    scene.wamm.customerWrites(KEY, { name: 'Ivan Petrov', text: 'Hello?' })
    await scene.start()
    await scene.slack.as('ann').command('/baton', 'link')
    await scene.settled()
  }

  it('ends an idle process at once, with 0', async () => {
    await scene.start()
    const { code, afterMs } = await scene.baton.terminate()
    expect(code).toBe(0)
    expect(afterMs).toBeLessThan(5_000)
  })

  it('puts a write back whose answer does not come, and the next start ends it without a second write', async () => {
    await claimed()
    const stuck = scene.wamm.faults.add({ method: 'contact_to_user', fault: { kind: 'hang', handled: true } })
    await scene.slack.as('ann').command('/claim', KEY)
    await scene.wamm.until(() => stuck.met === 1, { timeoutMs: 5_000 })
    const { code, afterMs } = await scene.baton.terminate()
    expect(code).toBe(0)
    expect(afterMs).toBeLessThan(10_000)
    stuck.clear()
    await scene.start()
    await scene.settled()
    expect(scene.wamm.writesOf(KEY).map((write) => write.to)).toEqual(['100'])
  })

  it('lets a write finish whose answer comes soon', async () => {
    await claimed()
    const slow = scene.wamm.faults.add({ method: 'contact_to_user', fault: { kind: 'hold' }, times: 1 })
    await scene.slack.as('ann').command('/claim', KEY)
    await scene.wamm.until(() => slow.met === 1, { timeoutMs: 5_000 })
    const ending = scene.baton.terminate()
    await scene.slack.until(({ sockets }) => sockets.open === 0)
    slow.clear()
    expect((await ending).code).toBe(0)
    expect(scene.truth().chats).toMatchObject([{ owner: '100', holder: '100', pending: null }])
  })

  it('ends in time although a poll gets no answer and a job comes due meanwhile that gets none either', async () => {
    await claimed()
    await scene.baton.kill()
    const poll = scene.wamm.faults.add({ method: 'user_chats', fault: { kind: 'hang', handled: true } })
    const failing = scene.wamm.faults.add({ method: 'contact_get', fault: { kind: 'status', status: 503 } })
    await scene.start()
    await scene.slack.as('ann').command('/claim', KEY)
    await scene.wamm.until(() => poll.met === 1 && failing.met === 2, { timeoutMs: 5_000 })
    failing.clear()
    scene.wamm.faults.add({ method: 'contact_get', fault: { kind: 'hang', handled: true } })
    const { code, afterMs } = await scene.baton.terminate()
    expect(code).toBe(0)
    expect(afterMs).toBeLessThan(10_000)
  })

  it('ends a process that is still starting, with 0 and without a complaint', async () => {
    scene.slack.faults.inject('apps.connections.open', { kind: 'delay', delayMs: 60_000 }, 1)
    const baton = scene.spawn()
    await scene.slack.until(({ faults }) => faults.active().length === 0, { timeoutMs: 10_000 })
    const { code, afterMs } = await baton.terminate()
    expect(baton.stderr()).toBe('')
    expect(code).toBe(0)
    expect(afterMs).toBeLessThan(10_000)
  })
})
