import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Actor, createActors } from './actor.ts'
import { type ApiCall, type Calls, createCalls } from './calls.ts'
import type { Change, Truthy, UntilOptions } from './changes.ts'
import { handleControl } from './control.ts'
import { createFaults, type Faults } from './faults.ts'
import { createHttpDelivery } from './http-delivery.ts'
import { answerJson } from './http-exchange.ts'
import { createInteractions, type Interaction, type InteractionRecord } from './interactions.ts'
import type { JsonRecord } from './json.ts'
import type { RecordedBreach, SlackMessage } from './model.ts'
import { createPayloads } from './payloads.ts'
import type { People } from './people.ts'
import { createRateTiers } from './rate-tiers.ts'
import { createResponseUrls } from './response-url.ts'
import { seedPeople } from './seed.ts'
import { createSocketMode, type SocketMode } from './socket-mode.ts'
import { createApiHandler } from './web-api/handle-api.ts'
import { userWire } from './wire.ts'
import { createWorkspace, type Team, type Workspace } from './workspace.ts'
import { createWorkspaceChanges, type WorkspaceChanges } from './workspace-changes.ts'

export interface SlackOptions {
  /** Milliseconds since 1970: message ids, trigger and response_url expiry, rate tiers. Default: the wall clock. */
  readonly clock?: () => number
  readonly signingSecret?: string
  readonly botToken?: string
  readonly appToken?: string
  /** Id of the app whose token `appToken` is. Default: the bot's own. */
  readonly appTokenOf?: string
  /** Default: any free one. */
  readonly port?: number
  /** Answer 429 beyond Slack's rate tiers. */
  readonly enforceTiers?: boolean
  /** How the app is reached. `http` needs `requestUrl` or a later `setRequestUrl`. */
  readonly mode?: 'socket' | 'http'
  readonly requestUrl?: string
  readonly team?: Partial<Team>
  /** Bot scopes; a method without its scope answers `missing_scope`. Default: all. */
  readonly scopes?: readonly string[]
  /** Real milliseconds that the app has to acknowledge. Default Slack's 3,000. */
  readonly ackTimeoutMs?: number
  /** Real milliseconds before each repetition of an event. Default Slack's: at once, 1 min, 5 min. */
  readonly eventRetryDelaysMs?: readonly number[]
  /** Answers requests that are neither Slack's nor `/control`: a demo page. */
  readonly otherRequests?: RequestListener
}

/** A local Slack. Everything read from it is a snapshot. */
export interface SandboxSlack extends WorkspaceChanges {
  /** For `slackApiUrl`; ends in `/api/`. */
  readonly apiUrl: string
  readonly baseUrl: string
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly team: Team
  readonly app: Workspace['app']
  /** Acts as a user, by id or name. */
  readonly as: (user: string) => Actor
  /** An event of the Events API, such as `{ type: 'user_change', user: … }`. */
  readonly event: (event: JsonRecord) => Promise<Interaction>
  /** Any payload as it is, however broken. */
  readonly raw: (payload: JsonRecord) => Promise<Interaction>
  /** A fresh trigger as an interaction of `user` would carry it. */
  readonly trigger: (user: string, viewId?: string) => string
  readonly people: People
  readonly addUser: People['addUser']
  /** Somebody new, as the app hears of it. Resolves when it has taken the event. */
  readonly joins: (user: Parameters<People['addUser']>[0]) => Promise<Interaction>
  /** Somebody is deactivated, renamed or has another address, as the app hears of it. */
  readonly changes: (...args: Parameters<People['changeUser']>) => Promise<Interaction>
  readonly addChannel: People['addChannel']
  readonly addUsergroup: People['addUsergroup']
  readonly calls: readonly ApiCall[]
  readonly callsTo: Calls['to']
  /** How often a method was called, forgotten calls included. */
  readonly countCalls: Calls['count']
  readonly rateLimitedCalls: number
  readonly interactions: readonly InteractionRecord[]
  /** All of them, oldest channel first; ephemeral ones too. */
  readonly messages: readonly SlackMessage[]
  readonly messagesIn: (channel: string) => readonly SlackMessage[]
  readonly message: (channel: string, ts: string) => SlackMessage | null
  readonly breaches: readonly RecordedBreach[]
  readonly faults: Faults
  readonly sockets: { readonly open: number } & Pick<SocketMode, 'refresh' | 'drop'>
  readonly setRequestUrl: (url: string) => void
  /** See `Changes.until`; the predicate gets this Slack. */
  readonly until: <T>(predicate: (slack: SandboxSlack) => T, options?: UntilOptions) => Promise<Truthy<T>>
  /** Returns the function that stops it. */
  readonly onChange: (listener: (change: Change) => void) => () => void
  /** Ends every socket, timer and request. */
  readonly close: () => Promise<void>
}

const defaultTeam: Team = { id: 'T0ACME', name: 'Acme', domain: 'acme' }

const describe = (workspace: Workspace, calls: Calls): string => {
  const lines = [
    'Messages:',
    ...workspace.messages
      .all()
      .slice(-15)
      .map((each) => {
        const to = each.ephemeralTo === null ? '' : ` (only ${each.ephemeralTo})`
        return `  ${each.channel} ${each.ts}${to} ${each.user}: ${each.text}`
      }),
    'Modals:',
    ...workspace.people
      .users()
      .flatMap((user) =>
        workspace.views.stack(user.id).map((view) => `  ${user.name}: ${view.title} (${view.callbackId})`),
      ),
    'Last calls:',
    ...calls
      .all()
      .slice(-15)
      .map((call) => `  ${call.method} ${call.status} ${call.error ?? 'ok'}`),
    ...workspace.breaches.slice(-5).map((each) => `Breach: ${each.where} ${each.error} ${each.message}`),
  ]
  return lines.join('\n')
}

/** Starts a Slack on 127.0.0.1: Web API, Socket Mode or signed HTTP, response_url, and `/control`. */
export const startSlack = async (options: SlackOptions = {}): Promise<SandboxSlack> => {
  const {
    clock = Date.now,
    signingSecret = 'sandbox-signing-secret',
    botToken = 'xoxb-sandbox',
    appToken = 'xapp-sandbox',
    mode = 'socket',
    ackTimeoutMs = 3_000,
    eventRetryDelaysMs = [0, 60_000, 300_000],
  } = options
  const workspace = createWorkspace({
    clock,
    team: { ...defaultTeam, ...options.team },
    app: {
      id: 'A0BATON',
      name: 'baton',
      botId: 'B0BATON',
      botUserId: 'U0BATON',
      verificationToken: 'sandbox-verification-token',
      scopes: options.scopes ?? null,
    },
  })
  const { changes, people, messages, triggers, app } = workspace
  seedPeople(people, { userId: app.botUserId, name: app.name })

  const calls = createCalls(({ method, status }) => changes.announce({ kind: 'call', method, status }))
  const faults = createFaults(() => changes.announce({ kind: 'faults' }))
  const appId = options.appTokenOf ?? workspace.app.id
  const sockets = createSocketMode({ workspace, appId, ackTimeoutMs })
  const http = createHttpDelivery({ signingSecret, ackTimeoutMs, requestUrl: options.requestUrl ?? null })
  const responseUrls = createResponseUrls({ workspace, calls, faults, baseUrl: () => slack.baseUrl })
  const payloads = createPayloads({ workspace, responseUrls })
  const delivery = mode === 'socket' ? sockets : http
  const interactions = createInteractions({ workspace, delivery, payloads, eventRetryDelaysMs })
  const handleApi = createApiHandler({
    workspace,
    calls,
    faults,
    botToken,
    appToken,
    tiers: options.enforceTiers === true ? createRateTiers(clock) : null,
    openSocketUrl: () => sockets.openUrl(slack.baseUrl),
  })

  const server = createServer((request, response) => {
    const url = new URL(request.url?.replace(/^\/+/, '/') ?? '/', 'http://sandbox')
    const [, room = '', ...rest] = url.pathname.split('/')
    const name = rest.join('/')
    const answered =
      room === 'api'
        ? handleApi(request, response, url, name)
        : room === 'response'
          ? responseUrls.handle(request, response, name)
          : room === 'control'
            ? handleControl(slack, request, response, name)
            : null
    if (answered === null) {
      if (options.otherRequests !== undefined) options.otherRequests(request, response)
      else answerJson(response, 404, { ok: false, error: 'not_found' })
      return
    }
    answered.catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy()
      else answerJson(response, 500, { ok: false, error: 'fatal_error', message: String(error) })
    })
  })
  server.on('upgrade', sockets.upgrade)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = addressOf(server.address())

  const slack: SandboxSlack = {
    baseUrl: `http://127.0.0.1:${port}`,
    apiUrl: `http://127.0.0.1:${port}/api/`,
    botToken,
    appToken,
    signingSecret,
    team: workspace.team,
    app,
    as: createActors({ workspace, interactions, payloads }),
    event: interactions.event,
    ...createWorkspaceChanges({ people, event: interactions.event }),
    raw: interactions.raw,
    trigger: (user, viewId) => triggers.make(people.user(user)?.id ?? user, viewId ?? null),
    people,
    addUser: people.addUser,
    joins: (user) => interactions.event({ type: 'team_join', user: userWire(people.addUser(user)) }),
    changes: (...args) =>
      interactions.event({ type: 'user_change', user: userWire(people.changeUser(...args)) }),
    addChannel: people.addChannel,
    addUsergroup: people.addUsergroup,
    get calls() {
      return calls.all()
    },
    callsTo: calls.to,
    countCalls: calls.count,
    get rateLimitedCalls() {
      return calls.rateLimited()
    },
    get interactions() {
      return interactions.all()
    },
    get messages() {
      return messages.all()
    },
    messagesIn: (channel) => messages.inChannel(people.channel(channel)?.id ?? channel),
    message: messages.find,
    breaches: workspace.breaches,
    faults,
    sockets: {
      get open() {
        return sockets.open()
      },
      refresh: sockets.refresh,
      drop: sockets.drop,
    },
    setRequestUrl: http.setRequestUrl,
    until: (predicate, untilOptions) =>
      changes.until(
        () => predicate(slack),
        () => describe(workspace, calls),
        untilOptions,
      ),
    onChange: changes.onChange,
    close: async () => {
      changes.close()
      interactions.close()
      sockets.close()
      await http.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
  return slack
}

const addressOf = (address: AddressInfo | string | null): AddressInfo => {
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return address
}
