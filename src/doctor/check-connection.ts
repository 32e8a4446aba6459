import { createHmac } from 'node:crypto'
import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Config, SlackConfig } from '../config.ts'
import type { Logger } from '../log.ts'
import { boltLogger } from '../log.ts'
import type { Secret } from '../secret.ts'
import { askSlack } from '../slack/ask-slack.ts'
import { openSocketLink } from '../slack/socket-link.ts'
import { appTokenProblem, identify } from '../slack/start-checks.ts'
import type { Tiers } from '../slack/tiers.ts'
import { fetchWithin } from './fetch-within.ts'
import { type Finding, finding } from './finding.ts'

const OPEN_WITHIN_MS = 10_000

export interface ConnectionDeps {
  readonly config: Config
  readonly client: webApi.WebClient
  readonly tiers: Tiers
  readonly isRunning: boolean
  /** `https://<your address>` as Slack knows it; null when it was not given. */
  readonly publicUrl: string | null
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  readonly logger: Logger
}

/** Whether what people do in Slack reaches Baton. */
export async function checkConnection(deps: ConnectionDeps): Promise<readonly Finding[]> {
  const { transport } = deps.config.slack
  const running = deps.isRunning ? await checkRunning(deps) : []
  switch (transport.kind) {
    case 'socket':
      return [...running, ...(deps.isRunning ? [] : await checkSocketMode(deps, transport))]
    case 'http':
      return [...running, ...(await checkRequests(deps, transport.signingSecret))]
    default:
      return transport satisfies never
  }
}

const SOCKET = 'Slack, Socket Mode'

/**
 * Only while no Baton runs: Slack gives each payload to one of an app's connections, so this one would take clicks
 * away. What comes in while it is open, some 0.1 s, is not acknowledged: whoever clicked reads that it did not work.
 */
async function checkSocketMode(
  deps: ConnectionDeps,
  { appToken }: Extract<SlackConfig['transport'], { kind: 'socket' }>,
): Promise<readonly Finding[]> {
  const { clock, logger } = deps
  const { apiUrl } = deps.config.slack
  const deadline = new AbortController()
  const cancel = clock.after(OPEN_WITHIN_MS, () => deadline.abort())
  try {
    const link = await openSocketLink({
      appToken,
      apiUrl,
      logger: boltLogger(logger),
      after: clock.after,
      signal: deadline.signal,
      onEnvelope: async () => undefined,
    })
    const others = link.connections - 1
    await link.close({ graceMs: 0 })
    const appOfBot = await appOfBotToken(deps)
    if (link.appId !== null && appOfBot !== null && link.appId !== appOfBot) {
      return finding(
        SOCKET,
        'wrong',
        `SLACK_APP_TOKEN is of the Slack app ${link.appId}, SLACK_BOT_TOKEN of ${appOfBot}, so what people do never reaches Baton. Take both from the settings of one app.`,
      )
    }
    return others <= 0
      ? finding(SOCKET, 'ok', 'Slack opens a connection.')
      : finding(
          SOCKET,
          'warning',
          `${others} other ${others === 1 ? 'connection is' : 'connections are'} open to this Slack app, though no Baton runs on this database: Slack gives each click to any one of them. If a Baton was killed just now, that ends in a minute; else stop the other Baton, or give this one a Slack app of its own.`,
        )
  } catch (error) {
    return finding(SOCKET, 'wrong', appTokenProblem(error, apiUrl).message)
  } finally {
    cancel()
  }
}

const botSchema = z.object({ bot: z.object({ app_id: z.string() }) })

/** Null where Slack does not say; then the look at the token tells why, or it is no matter. */
async function appOfBotToken({ client, tiers }: ConnectionDeps): Promise<string | null> {
  const asked = await askSlack(tiers, 'bots.info', async () => {
    const { botId } = await identify(client)
    return botSchema.safeParse(await client.bots.info({ bot: botId })).data
  })
  return asked.kind === 'told' ? (asked.value?.bot.app_id ?? null) : null
}

const readySchema = z.object({
  status: z.string(),
  slack: z.string(),
  store: z.string(),
  jobs: z.string(),
  signed: z.object({ taken: z.string().nullable(), refused: z.string().nullable() }).optional(),
})

/** What the process that has the database says of itself, at the address in the settings. */
async function checkRunning(deps: ConnectionDeps): Promise<readonly Finding[]> {
  const check = 'Baton'
  const url = localUrl(deps.config)
  if (url === null)
    return finding(
      check,
      'skipped',
      'Baton is running. PORT is 0, so the doctor cannot ask it how it does: /readyz says so.',
    )
  const answer = await fetchWithin(deps, `${url}/readyz`, {}, async (response) =>
    readySchema.parse(await response.json()),
  )
  if (answer === null) {
    return finding(
      check,
      'wrong',
      `Baton is running, but does not answer at ${url}/readyz. Look whether HOST and PORT are those that it was started with; if so, restart it.`,
    )
  }
  const works =
    answer.status === 'ready'
      ? finding(check, 'ok', 'Baton is running, connected to Slack, and gets its work done.')
      : finding(
          check,
          'wrong',
          `Baton is running, but ${answer.status}: Slack is ${answer.slack}, its database is ${answer.store}, its jobs are ${answer.jobs}. Its log says why; what lasts for minutes may need a restart.`,
        )
  return [...works, ...checkSigned(answer)]
}

/** What Slack itself signs is the only proof of the secret: the doctor can sign with nothing but the same settings. */
function checkSigned({ signed }: z.infer<typeof readySchema>): readonly Finding[] {
  const check = 'Slack, signing secret'
  const { taken = null, refused = null } = signed ?? {}
  if (refused !== null && (taken === null || taken < refused)) {
    return finding(
      check,
      'wrong',
      `Requests come that are not signed with SLACK_SIGNING_SECRET, the last at ${refused}, and Baton refuses them. Copy the Signing Secret of this Slack app again from Basic Information, and restart Baton; if it is the same, look whether a proxy changes requests.`,
    )
  }
  return taken === null ? [] : finding(check, 'ok', `Slack signed what it last sent, at ${taken}, with it.`)
}

/** Whether what Slack sends would be taken: a request as Slack sends it to try an address out, signed by our secret. */
async function checkRequests(deps: ConnectionDeps, secret: Secret): Promise<readonly Finding[]> {
  const { config, isRunning, publicUrl } = deps
  const local = localUrl(config)
  const skip = (says: string): readonly Finding[] => finding(REQUESTS, 'skipped', says)
  if (publicUrl === null && !isRunning)
    return skip('Baton does not run. Start it, then run the doctor again.')
  return [
    ...(isRunning && local !== null ? await tryOut(deps, secret, local) : []),
    ...(publicUrl === null
      ? finding(
          'Slack, public address',
          'skipped',
          'The address that Slack calls is not known here. Add --url https://<your address> to have it tried out.',
        )
      : await tryOut(deps, secret, publicUrl)),
  ]
}

const REQUESTS = 'Slack, requests'

async function tryOut(deps: ConnectionDeps, secret: Secret, url: string): Promise<readonly Finding[]> {
  const address = `${url}/slack/events`
  const challenge = 'doctor'
  const body = JSON.stringify({ type: 'url_verification', challenge })
  const time = String(Math.floor(deps.clock.now() / 1_000))
  const signature = createHmac('sha256', secret.reveal()).update(`v0:${time}:${body}`).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': time,
    'x-slack-signature': `v0=${signature}`,
  }
  const answer = await fetchWithin(deps, address, { method: 'POST', headers, body }, async (response) => ({
    status: response.status,
    text: await response.text(),
  }))
  if (answer === null)
    return finding(
      REQUESTS,
      'wrong',
      `Nobody answers at ${address}. Look at the proxy and its certificate, and at HOST and PORT.`,
    )
  if (answer.status === 200 && answer.text.includes(`"${challenge}"`))
    return finding(
      REQUESTS,
      'ok',
      `Baton takes requests at ${address}, and its SLACK_SIGNING_SECRET is the one in the settings here. Whether Slack signs with it, too, a click shows: --press.`,
    )
  if (answer.status === 401) {
    return finding(
      REQUESTS,
      'wrong',
      `Baton refuses the signature at ${address}. It was started with another SLACK_SIGNING_SECRET, or the proxy changes requests. Copy the secret from Basic Information, and restart Baton.`,
    )
  }
  return finding(
    REQUESTS,
    'wrong',
    `${address} answers with status ${answer.status}, so that is not Baton in HTTP mode. Restart Baton if SLACK_MODE was changed, and let the proxy pass on the path unchanged.`,
  )
}

/** Where this machine reaches Baton; null when its port is any free one. */
function localUrl({ http: { host, port } }: Config): string | null {
  if (port === 0) return null
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
