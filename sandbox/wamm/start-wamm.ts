import { createChanges } from '../provider/changes.ts'
import { serveControl } from '../provider/control.ts'
import {
  decoded,
  type ProviderRequest,
  type Routed,
  type SandboxProvider,
  startProvider,
} from '../provider/start-provider.ts'
import { wammControl } from './control.ts'
import { failed, isMethod, methods, type WammMethod } from './methods.ts'
import { createScreens, type WammScreens } from './screens.ts'
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
}

/**
 * WAMM.chat's API with the answers of its documentation, its state in memory, faults on demand, and the
 * same by HTTP under `/control/` (see control.ts). `url` is what WAMM_BASE_URL is set to.
 *
 * @param options.timeZone IANA name of the zone in which it prints dates; `UTC` when absent
 */
export const startWamm = async (options: {
  readonly token: string
  readonly clock?: () => number
  readonly timeZone?: string
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
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  const own: Omit<SandboxWamm, keyof SandboxProvider<WammMethod>> = {
    ...createScreens({ state, nowMs, changed: changes.changed }),
    token: options.token,
    writes: state.writes,
    state,
    holder: (key) => chatOf(state, key).holder,
    writesOf: (key) => state.writes.filter((write) => write.key === key),
    setTrailingCommas: (on) => {
      trailingCommas = on
    },
  }
  // Not a spread: `isUp` is looked up at each reading.
  const wamm: SandboxWamm = Object.assign(provider, own)
  return wamm
}
