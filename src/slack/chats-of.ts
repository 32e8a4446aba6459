import type { Chat } from '../routing/chat.ts'
import type { EventId } from '../routing/ids.ts'
import type { Store } from '../store/contract.ts'

/** The chats that these events are about, as they are now. */
export async function chatsOf(
  store: Pick<Store, 'event' | 'chat'>,
  events: readonly EventId[],
): Promise<readonly Chat[]> {
  const found = await Promise.all(events.map((id) => store.event(id)))
  const chats = await Promise.all(found.map((event) => (event?.chat == null ? null : store.chat(event.chat))))
  return chats.filter((chat) => chat !== null)
}
