import { createChanges } from '../provider/changes.ts'
import { serveControl } from '../provider/control.ts'
import { type Breach, createRateLimit } from '../provider/rate-limit.ts'
import type { ProviderAnswer } from '../provider/serve-call.ts'
import {
  decoded,
  type ProviderRequest,
  type Routed,
  type SandboxProvider,
  startProvider,
} from '../provider/start-provider.ts'
import { createWebhook, type Delivery, type Told } from '../provider/webhook.ts'
import {
  type AelystQuirks,
  type AelystState,
  type AelystWrite,
  contactOf,
  emptyState,
} from './aelyst-state.ts'
import { aelystControl } from './control.ts'
import { type AelystMethod, type AelystResult, failed, methods } from './methods.ts'
import { type AelystScreens, createScreens } from './screens.ts'
import { signedBy } from './tell.ts'

/** "5 requests per second per HTTP method and unique request path." */
const limit = { most: 5, perMs: 1_000 }

export interface SandboxAelyst extends AelystScreens, SandboxProvider<AelystMethod> {
  readonly token: string
  /** Changes of holder that came by the API and were carried out, in order. */
  readonly writes: readonly AelystWrite[]
  readonly state: AelystState
  /** Requests beyond the limit. */
  readonly breaches: readonly Breach[]
  /** The id of the assignee, or null. */
  holder(id: string): string | null
  writesOf(id: string): readonly AelystWrite[]
  setQuirks(quirks: Partial<AelystQuirks>): void
  /** What its webhooks told, each attempt of it. */
  readonly told: readonly Told[]
  /** Who is told of every event, each in a request of its own, once; null: nobody. */
  setWebhook(webhook: { readonly url: string; readonly key: string } | null): void
  setDelivery(delivery: Delivery): void
}

/**
 * Aelyst.ai's API with the answers of its documentation, its state in memory, faults on demand, and the same by
 * HTTP under `/control/` (see control.ts). `url` with `/v1` is what AELYST_BASE_URL is set to.
 */
export const startAelyst = async (options: {
  readonly token: string
  readonly clock?: () => number
  readonly port?: number
}): Promise<SandboxAelyst> => {
  const nowMs = options.clock ?? Date.now
  const changes = createChanges()
  const webhook = createWebhook({ inOrder: false, pausesMs: [], nowMs, changed: changes.changed })
  const state = emptyState(webhook)
  const rateLimit = createRateLimit(limit)

  const route = ({ verb, url, headers, body }: ProviderRequest): Routed<AelystMethod> | null => {
    const [, version, ...parts] = url.pathname.split('/').map(decoded)
    const method = version === 'v1' ? methodOf(verb, parts) : undefined
    if (method === undefined) return null
    const identifier = method === 'listcontacts' || method === 'listspaces' ? '' : (parts[1] ?? '')
    const tokenAccepted = headers.authorization === `Bearer ${options.token}`
    const link = `http://${headers.host}/${parts.join('/')}`
    return {
      method,
      args: identifier === '' ? [...url.searchParams].map((pair) => pair.join('=')) : [identifier],
      tokenAccepted,
      assigns: method === 'updateassignee' ? identifier : null,
      handle: () => {
        if (!tokenAccepted) return printed(failed(401))
        const { refused, left } = rateLimit.count(`${verb} ${url.pathname}`, nowMs())
        const limits = {
          'X-RateLimit-Limit': String(limit.most),
          'X-RateLimit-Remaining': String(left),
          ...(refused ? { 'Retry-After': '1' } : {}),
        }
        if (refused && state.quirks.limited) return { ...printed(failed(429)), headers: limits }
        const call = { identifier, query: url.searchParams, body, nowMs: nowMs(), link }
        return { ...printed(methods[method](state, call)), headers: limits }
      },
    }
  }

  const provider = await startProvider({
    route,
    refuse: (err) => printed(failed(Number(err))),
    control: (request, response, name) => serveControl(aelyst, aelystControl, request, response, name),
    changes,
    nowMs,
    onClose: webhook.stop,
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  const own: Omit<SandboxAelyst, keyof SandboxProvider<AelystMethod>> = {
    ...createScreens({ state, nowMs, changed: changes.changed }),
    token: options.token,
    writes: state.writes,
    state,
    breaches: rateLimit.breaches,
    holder: (id) => contactOf(state, id).holder,
    writesOf: (id) => state.writes.filter((write) => write.key === id),
    setQuirks: (quirks) => {
      Object.assign(state.quirks, quirks)
      changes.changed()
    },
    told: webhook.told,
    setWebhook: (to) => webhook.setTarget(to === null ? null : signedBy(to.url, to.key)),
    setDelivery: webhook.setDelivery,
  }
  // Not a spread: `isUp` is looked up at each reading.
  const aelyst: SandboxAelyst = Object.assign(provider, own)
  return aelyst
}

const methodOf = (verb: string, [first, second = '', ...rest]: readonly string[]): AelystMethod | undefined =>
  addresses.get(`${verb} ${[first, second.includes(':') ? '*' : second, ...rest].join('/')}`)

const addresses: ReadonlyMap<string, AelystMethod> = new Map([
  ['GET contact/*', 'getcontact'],
  ['POST contact/*', 'createcontact'],
  ['PUT contact/*', 'updatecontact'],
  ['POST contact/*/conversation/assignee', 'updateassignee'],
  ['POST contact/*/conversation/status', 'updateconversationstatus'],
  ['POST contact/*/comment', 'createcomment'],
  ['POST contact/list', 'listcontacts'],
  ['GET space/user', 'listspaces'],
])

const printed = ({ status, body }: AelystResult): ProviderAnswer => ({ status, body: JSON.stringify(body) })
