import { createChanges } from '../provider/changes.ts'
import { serveControl } from '../provider/control.ts'
import {
  decoded,
  type ProviderRequest,
  type Routed,
  type SandboxProvider,
  startProvider,
} from '../provider/start-provider.ts'
import { createWebhook, type Delivery, type Told } from '../provider/webhook.ts'
import { wammControl } from './control.ts'
import { failed, isMethod, methods, type WammMethod } from './methods.ts'
import { createScreens, type WammScreens } from './screens.ts'
import { createTell } from './tell.ts'
import { chatOf, emptyState, type WammState, type WammWrite } from './wamm-state.ts'

export interface SandboxWamm extends WammScreens, SandboxProvider<WammMethod> {
  readonly token: string
  /** Changes of holder that came by the API and were carried out, in order. */
  readonly writes: readonly WammWrite[]
  readonly state: WammState
  /** The id of the responsible user, or null. */
  holder(key: string): string | null
  writesOf(key: string): readonly WammWrite[]
  /** Whether user_chats prints a comma behind the last field of each row, as WAMM's page shows it. */
  setTrailingCommas(on: boolean): void
  /** What its webhook told, each attempt of it. */
  readonly told: readonly Told[]
  /** Who is told of every message and of its states; null: nobody. */
  setWebhook(url: string | null): void
  setDelivery(delivery: Delivery): void
}

/** "up to 5 more times, increasing the interval between attempts"; by how much is not documented. */
const webhookPausesMs = [1_000, 5_000, 15_000, 30_000, 60_000]

/**
 * WAMM.chat's API with the answers of its documentation, its state in memory, faults on demand, and the
 * same by HTTP under `/control/` (see control.ts). `url` is what WAMM_BASE_URL is set to.
 *
 * @param options.webhookPausesMs before each further attempt to tell
 * @param options.timeZone IANA name of the zone in which it prints dates; `UTC` when absent
 */
export const startWamm = async (options: {
  readonly token: string
  readonly clock?: () => number
  readonly timeZone?: string
  readonly webhookPausesMs?: readonly number[]
  readonly port?: number
}): Promise<SandboxWamm> => {
  const nowMs = options.clock ?? Date.now
  // Swedish dates are `YYYY-MM-DD HH:MM:SS`.
  const dates = new Intl.DateTimeFormat('sv-SE', {
    timeZone: options.timeZone ?? 'UTC',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const localTime = (atMs: number): string => dates.format(atMs)
  const state = emptyState()
  const changes = createChanges()
  const webhook = createWebhook({
    inOrder: true,
    pausesMs: options.webhookPausesMs ?? webhookPausesMs,
    nowMs,
    changed: changes.changed,
  })
  let trailingCommas = false

  const print = (result: object): string => {
    const text = JSON.stringify(result)
    return trailingCommas ? text.replace(/("api_id":"[^"]*")}/g, '$1,}') : text
  }

  const route = ({ verb, url }: ProviderRequest): Routed<WammMethod> | null => {
    const [, api, method = '', token, ...args] = url.pathname.split('/').map(decoded)
    if (api !== 'api2' || verb !== 'GET' || !isMethod(method)) return null
    if (args.at(-1) === '') args.pop()
    const query = url.searchParams
    const tokenAccepted = token === options.token
    return {
      method,
      args: [...args, ...[...query].map(([name, value]) => `${name}=${value}`)],
      tokenAccepted,
      assigns: method === 'contact_to_user' ? (args[0] ?? '') : null,
      handle: () => {
        const result = tokenAccepted
          ? methods[method](state, args, { query, nowMs: nowMs(), localTime })
          : failed('token fail')
        return { body: print(result) }
      },
    }
  }

  const provider = await startProvider({
    route,
    refuse: (err) => ({ body: JSON.stringify(failed(err)) }),
    control: (request, response, name) => serveControl(wamm, wammControl, request, response, name),
    changes,
    nowMs,
    onClose: webhook.stop,
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  const own: Omit<SandboxWamm, keyof SandboxProvider<WammMethod>> = {
    ...createScreens({
      state,
      nowMs,
      changed: changes.changed,
      tell: createTell({ state, localTime, tell: webhook.tell }),
    }),
    token: options.token,
    writes: state.writes,
    state,
    holder: (key) => chatOf(state, key).holder,
    writesOf: (key) => state.writes.filter((write) => write.key === key),
    setTrailingCommas: (on) => {
      trailingCommas = on
    },
    told: webhook.told,
    setWebhook: (url) => {
      state.channel.hook = url ?? ''
      webhook.setTarget(url === null ? null : { url })
    },
    setDelivery: webhook.setDelivery,
  }
  // Not a spread: `isUp` is looked up at each reading.
  const wamm: SandboxWamm = Object.assign(provider, own)
  return wamm
}
