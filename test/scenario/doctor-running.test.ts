import { afterEach, describe, expect, it } from 'vitest'
import { startSlack } from '../../sandbox/slack/start-slack.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { runCommand } from '../fixtures/run-command.ts'
import { type Scene, type SceneOptions, SUPPORT, startScene, WAMM_TOKEN } from '../fixtures/start-scene.ts'
import { temporaryFile } from '../fixtures/temporary-store.ts'

let scene: Scene | null = null
const start = async (options: SceneOptions = {}): Promise<Scene> => {
  scene = await startScene(options)
  return scene
}
afterEach(async () => {
  await scene?.close()
  scene = null
})

const doctor = (
  { env, baton }: Scene,
  over: Readonly<Record<string, string>> = {},
  ...args: readonly string[]
) => runCommand({ ...env, PORT: new URL(baton.url()).port, ...over }, ['doctor', ...args])

const nobodyIsLinked = expect.stringMatching(/^warning wamm, links: 0 of 5 .*`\/baton link everyone`/)

/** Dora presses the button as soon as she sees it, twice. */
async function doraPresses({ slack }: Pick<Scene, 'slack'>): Promise<void> {
  const message = await slack.until(() =>
    slack
      .as('dora')
      .dms()
      .find(({ text }) => text.includes('press the button')),
  )
  await Promise.all([
    slack.as('dora').click(message, 'Press Me'),
    slack.as('dora').click(message, 'Press Me'),
  ])
}

describe('beside a running Baton', () => {
  it.each(['socket', 'http'] as const)(
    'in %s mode finds all in order and sees a click arrive',
    async (mode) => {
      const running = await start({ mode })
      const url = running.baton.url()
      const open = running.slack.sockets.open
      const [{ end, said }] = await Promise.all([
        doctor(running, {}, '--press', '--url', url),
        doraPresses(running),
      ])
      expect(said.match(/^(?:WRONG|UNKNOWN|warning|skipped) .*$/gm)).toEqual([nobodyIsLinked])
      expect(end).toEqual({ kind: 'done' })
      expect(said).toContain('ok      Baton: Baton is running, connected to Slack')
      expect(said).toContain('ok      Slack, a click: The click of U0DORA arrived.')
      expect(said.includes(`takes requests at ${url}/slack/events`)).toBe(mode === 'http')
      expect(running.slack.sockets.open).toBe(open)
      const [message] = running.slack.as('dora').dms()
      expect(message?.text).toBe('The click reached Baton. There is nothing left to do.')
    },
  )

  it('opens no connection to Slack, which would take clicks away', async () => {
    const running = await start()
    const before = running.slack.countCalls('apps.connections.open')
    await doctor(running)
    expect(running.slack.countCalls('apps.connections.open')).toBe(before)
  })

  it('finds that the settings are not those that Baton was started with', async () => {
    const running = await start({ mode: 'http' })
    const secret = await doctor(running, { SLACK_SIGNING_SECRET: 'another-secret' })
    expect(secret.said).toMatch(
      /WRONG {3}Slack, requests: Baton refuses the signature at .*Basic Information/,
    )
    const port = await doctor(running, { PORT: '9' })
    expect(port.said).toMatch(/WRONG {3}Baton: Baton is running, but does not answer at .*HOST and PORT/)
    expect([secret.end.kind, port.end.kind]).toEqual(['unwell', 'unwell'])
  })

  it('finds that Slack signs with another secret than SLACK_SIGNING_SECRET, until it does not', async () => {
    const running = await start({ mode: 'http' })
    const requestUrl = `${running.baton.url()}/slack/events`
    const real = await startSlack({ mode: 'http', signingSecret: 'the-real-secret', requestUrl })
    const secret = async () => (await doctor(running)).said.match(/^.*signing secret: .*$/m)?.[0] ?? null
    expect(await secret()).toBeNull()
    expect((await real.as('ann').command('/baton', 'help')).error).toBe('http_client_error')
    expect(await secret()).toMatch(
      /^WRONG {3}Slack, signing secret: .*not signed with SLACK_SIGNING_SECRET, the last at 20.*Basic Information/,
    )
    expect((await doctor(running)).end).toEqual({ kind: 'unwell' })
    await running.slack.as('ann').command('/baton', 'help')
    expect(await secret()).toMatch(/^ok {6}Slack, signing secret: Slack signed what it last sent, at 20/)
    await real.close()
  })

  it('names the signing secret where no click arrives in HTTP mode', async () => {
    const clock = manualClock(Date.now())
    const running = await start({ mode: 'http' })
    const { env, baton, slack } = running
    const asked = runCommand({ ...env, PORT: new URL(baton.url()).port }, ['doctor', '--press'], { clock })
    await slack.until(() => slack.as('dora').dms().length === 1)
    await clock.advance(61_000)
    expect((await asked).said).toMatch(
      /WRONG {3}Slack, a click: No click of U0DORA arrived .* SLACK_SIGNING_SECRET .*Basic Information/,
    )
  })

  it('finds that Baton still runs in Socket Mode', async () => {
    const running = await start()
    const http = { SLACK_MODE: 'http', SLACK_SIGNING_SECRET: running.slack.signingSecret }
    const { said } = await doctor(running, http)
    expect(said).toMatch(
      /WRONG {3}Slack, requests: .* answers with status 404, .*Restart Baton if SLACK_MODE/,
    )
  })

  it('finds that Baton has lost Slack', async () => {
    const running = await start()
    running.slack.faults.inject('apps.connections.open', { kind: 'outage' })
    running.slack.sockets.drop()
    await running.slack.until(({ sockets }) => sockets.open === 0)
    const { said } = await doctor(running)
    expect(said).toMatch(/WRONG {3}Baton: Baton is running, but not ready: Slack is not connected/)
    running.slack.faults.clear()
  })

  it('finds that another Baton uses the same Slack app', async () => {
    const { env } = await start()
    const { end, said } = await runCommand({ ...env, DATABASE_URL: `file:${temporaryFile()}` }, ['doctor'])
    expect(said).toMatch(/warning Slack, Socket Mode: \d other connections? .* stop the other Baton/)
    expect(end).toEqual({ kind: 'done' })
  })
})

describe('while no Baton runs', () => {
  it('listens itself for the click, in Socket Mode', async () => {
    const slack = await startSlack()
    const running = await start()
    const env = {
      ...running.env,
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: `file:${temporaryFile()}`,
      WAMM_TOKEN,
      WAMM_SLACK_CHANNEL: SUPPORT,
    }
    const message = slack.until(() =>
      slack
        .as('ann')
        .dms()
        .find(({ text }) => text.includes('press the button')),
    )
    const [{ said }] = await Promise.all([
      runCommand(env, ['doctor', '--press', '--user', 'U0ANN']),
      message.then((shown) => slack.as('ann').click(shown, 'Press Me')),
    ])
    expect(said).toContain('ok      Slack, a click: The click of U0ANN arrived.')
    expect(slack.interactions.map(({ error }) => error)).toEqual([null])
    await slack.until(({ sockets }) => sockets.open === 0)
    await slack.close()
  })

  it('says that nobody is there to be reached in HTTP mode, and how to be asked what', async () => {
    const { env, slack } = await start()
    const other = {
      SLACK_MODE: 'http',
      SLACK_SIGNING_SECRET: slack.signingSecret,
      DATABASE_URL: `file:${temporaryFile()}`,
    }
    const { end, said } = await runCommand({ ...env, ...other }, ['doctor', '--press'])
    expect(said).toMatch(/skipped Slack, requests: Baton does not run\. Start it/)
    expect(said).toMatch(/skipped Slack, a click: Baton does not run/)
    expect(end).toEqual({ kind: 'done' })
    expect((await runCommand(env, ['doctor', '--pres'])).end).toMatchObject({ kind: 'refused' })
  })
})
