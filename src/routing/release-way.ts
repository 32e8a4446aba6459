import type { ProviderAdapter } from '../providers/contract.ts'

/**
 * What releasing a chat means at its provider:
 *
 * - `unassign`: nobody has it there any more.
 * - `pool`: it is assigned to the user or group that stands for the queue.
 * - `here-only`: the provider cannot take a chat from anybody; it waits in Baton, and there it stays as it is.
 */
export type ReleaseWay =
  | { readonly kind: 'unassign' }
  | { readonly kind: 'pool'; readonly name: string }
  | { readonly kind: 'here-only' }

export const releaseWay = ({ unassign, pool }: Pick<ProviderAdapter, 'unassign' | 'pool'>): ReleaseWay => {
  if (unassign !== undefined) return { kind: 'unassign' }
  return pool === undefined ? { kind: 'here-only' } : { kind: 'pool', name: pool.name }
}
