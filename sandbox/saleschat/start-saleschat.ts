import { createChanges } from '../provider/changes.ts'
import { serveControl } from '../provider/control.ts'
import {
  decoded,
  type ProviderRequest,
  type Routed,
  type SandboxProvider,
  startProvider,
} from '../provider/start-provider.ts'
import { salesChatControl } from './control.ts'
import { methodNames, methods, refusal, type SalesChatMethod } from './methods.ts'
import { contactOf, emptyState, type SalesChatState, type SalesChatWrite } from './saleschat-state.ts'
import { createScreens, type SalesChatScreens } from './screens.ts'

export interface SandboxSalesChat extends SalesChatScreens, SandboxProvider<SalesChatMethod> {
  readonly token: string
  readonly orgId: string
  /** Assignments that came by the API and were accepted, in order. */
  readonly writes: readonly SalesChatWrite[]
  readonly state: SalesChatState
  /** The id of the user who has the chat, or null: what SalesChat's API tells nobody. */
  holder(key: string): string | null
  writesOf(key: string): readonly SalesChatWrite[]
}

/**
 * SalesChat.pro's API with the answers of its documentation, its state in memory, faults on demand, and the
 * same by HTTP under `/control/` (see control.ts). `url` is what SALESCHAT_BASE_URL is set to.
 */
export const startSalesChat = async (options: {
  readonly token: string
  readonly orgId: string
  readonly clock?: () => number
  readonly port?: number
}): Promise<SandboxSalesChat> => {
  const nowMs = options.clock ?? Date.now
  const state = emptyState()
  const changes = createChanges()

  const route = ({ verb, url, headers, body }: ProviderRequest): Routed<SalesChatMethod> | null => {
    for (const method of methodNames) {
      const found = verb === methods[method].verb ? methods[method].path.exec(url.pathname) : null
      if (found === null) continue
      const [orgId = '', key = ''] = found.slice(1).map(decoded)
      const tokenAccepted = headers.authorization === `Bearer ${options.token}`
      const allowed = orgId === options.orgId && (state.role === 'ADMIN' || method === 'getContactByPhoneV2')
      return {
        method,
        args: [orgId, key],
        tokenAccepted,
        assigns: method === 'assignChatroom' ? key : null,
        handle: () => {
          if (!tokenAccepted) return refusal(4010001)
          if (!allowed) return refusal(4030001)
          return methods[method].handle(state, { key, body, nowMs: nowMs() })
        },
      }
    }
    return null
  }

  const provider = await startProvider({
    route,
    refuse: (code) => refusal(Number(code)),
    control: (request, response, name) => serveControl(saleschat, salesChatControl, request, response, name),
    changes,
    nowMs,
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  const own: Omit<SandboxSalesChat, keyof SandboxProvider<SalesChatMethod>> = {
    ...createScreens({ state, nowMs, changed: changes.changed }),
    token: options.token,
    orgId: options.orgId,
    writes: state.writes,
    state,
    holder: (key) => contactOf(state, key).holder,
    writesOf: (key) => state.writes.filter((write) => write.key === key),
  }
  // Not a spread: `isUp` is looked up at each reading.
  const saleschat: SandboxSalesChat = Object.assign(provider, own)
  return saleschat
}
