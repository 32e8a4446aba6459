import type { ProviderAdapter } from '../src/providers/contract.ts'

const confirmed = { kind: 'done', value: 'confirmed' } as const

/** For what ends with the decision: it only asks whether chats can be taken from somebody. */
export const decidingAdapter: ProviderAdapter = {
  label: 'WAMM',
  assign: async () => confirmed,
  unassign: async () => confirmed,
  listUsers: async () => ({ kind: 'done', value: [] }),
  health: async () => ({ kind: 'done', value: null }),
}
