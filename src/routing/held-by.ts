import type { Store } from '../store/contract.ts'
import type { Chat } from './chat.ts'
import type { AccountId, ProviderUserId } from './ids.ts'

/** Nobody has more chats whose cards anybody still looks at. */
export const MOST_HELD = 200

/** The chats that a provider's user has. */
export const heldBy = (
  store: Pick<Store, 'findChats'>,
  account: AccountId,
  user: ProviderUserId,
): Promise<readonly Chat[]> =>
  store.findChats({ state: 'held', owners: [{ account, user }], limit: MOST_HELD })
