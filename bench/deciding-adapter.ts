import type { ProviderAdapter } from '../src/providers/contract.ts'

const nothing = { kind: 'done', value: null } as const

/** For what ends with the decision: it only asks whether chats can be taken from somebody. */
export const decidingAdapter: ProviderAdapter = {
  label: 'WAMM',
  assign: async () => nothing,
  unassign: async () => nothing,
  listUsers: async () => ({ kind: 'done', value: [] }),
  health: async () => nothing,
}
