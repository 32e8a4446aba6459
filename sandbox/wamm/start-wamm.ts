import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Changes, createChanges } from './changes.ts'
import { serveControl } from './control.ts'
import { createFaults, type Faults } from './faults.ts'
import { failed, isMethod, methods, type WammMethod } from './methods.ts'
import { createScreens, type WammScreens } from './screens.ts'
import { answer, page, serveCall } from './serve-call.ts'
import { chatOf, emptyState, type WammState, type WammWrite } from './wamm-state.ts'

/** One request to the API. The token is never part of it, only whether it was the right one. */
export interface WammCall {
  readonly atMs: number
  readonly method: WammMethod
  readonly args: readonly string[]
  readonly tokenAccepted: boolean
  /** Kind of the fault that it met. */
  readonly fault: string | null
  /** An assigning call that came while the caller still waited for another one about the same chat. */
  readonly overlaps: boolean
}

export interface SandboxWamm extends WammScreens, Pick<Changes, 'onChange' | 'until'> {
  /** `http://127.0.0.1:port`: what WAMM_BASE_URL is set to. */
  readonly url: string
  readonly token: string
  readonly calls: readonly WammCall[]
  /** Changes of holder that came by the API and were carried out, in order. */
  readonly writes: readonly WammWrite[]
  readonly state: WammState
  readonly faults: Pick<Faults, 'add' | 'clear' | 'active'>
  /** The id of the responsible user, or null. */
  holder(key: string): string | null
  writesOf(key: string): readonly WammWrite[]
  /** Whether user_chats prints a comma behind the last field of each row, as WAMM's page shows it. */
  setTrailingCommas(on: boolean): void
  /** False between `goDown` and `comeBack`. */
  readonly isUp: boolean
  /** Refuses connections until `comeBack`, which listens on the same port. */
  goDown(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

/**
 * WAMM.chat's API over real HTTP on 127.0.0.1, with the answers of its documentation, its state in memory,
 * faults on demand, and the same by HTTP under `/control/` (see control.ts).
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
  const { changed, onChange, until } = createChanges()
  const faults = createFaults(changed)
  const calls: WammCall[] = []
  /** Keys of the assigning calls whose caller still waits. */
  const assigning: string[] = []
  let trailingCommas = false
  let closed = false

  const print = (result: object): string => {
    const text = JSON.stringify(result)
    return trailingCommas ? text.replace(/("api_id":"[^"]*")}/g, '$1,}') : text
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://sandbox').pathname
    if (path.startsWith('/control/')) return serveControl(wamm, request, response, path.slice(9))
    const [, api, method = '', token, ...args] = path.split('/').map(decoded)
    if (api !== 'api2' || request.method !== 'GET' || !isMethod(method))
      return answer(response, 404, page(404), 'text/html')
    if (args.at(-1) === '') args.pop()
    const tokenAccepted = token === options.token
    const taken = faults.take(method)
    const [key = ''] = args
    const assigns = method === 'contact_to_user'
    const overlaps = assigns && assigning.includes(key)
    if (assigns) {
      assigning.push(key)
      response.once('close', () => assigning.splice(assigning.indexOf(key), 1))
    }
    calls.push({ atMs: nowMs(), method, args, tokenAccepted, fault: taken?.fault.kind ?? null, overlaps })
    changed()
    await serveCall(request, response, taken, () => {
      const result = tokenAccepted
        ? methods[method](state, args, { nowMs: nowMs(), localTime })
        : failed('token fail')
      return print(result)
    })
    changed()
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })

  await listen(options.port ?? 0)
  const port = portOf(server.address())

  const wamm: SandboxWamm = {
    ...createScreens({ state, nowMs, changed }),
    url: `http://127.0.0.1:${port}`,
    token: options.token,
    calls,
    writes: state.writes,
    state,
    faults,
    holder: (key) => chatOf(state, key).holder,
    writesOf: (key) => state.writes.filter((write) => write.key === key),
    setTrailingCommas: (on) => {
      trailingCommas = on
    },
    onChange,
    until,
    get isUp() {
      return server.listening
    },
    async goDown() {
      if (!server.listening) return
      await stop()
      changed()
    },
    async comeBack() {
      if (server.listening || closed) return
      await listen(port)
      changed()
    },
    close: () => {
      closed = true
      faults.clear()
      return stop()
    },
  }
  return wamm
}

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('the sandbox listens on no port')
  return address.port
}

/** A part that is not well encoded stays as it came: no chat or token has it. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
