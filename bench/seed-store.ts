import { randomUUID } from 'node:crypto'
import type { ProviderChat } from '../src/providers/contract.ts'
import { noEffects } from '../src/routing/absence.ts'
import { accountId, chatId, chatKey, instant } from '../src/routing/ids.ts'
import { observeListed } from '../src/routing/observe.ts'
import type { Store } from '../src/store/contract.ts'
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts'
import { staff } from './staff.ts'

export const ACCOUNT = accountId('wamm')

const firstNames = ['Anna', 'Boris', 'Chloe', 'Dmitri', 'Elena', 'Farid', 'Greta', 'Hugo', 'Irina', 'Jonas']
const lastNames = [
  'Adler',
  'Bianchi',
  'Costa',
  'Dubois',
  'Evans',
  'Fischer',
  'Garcia',
  'Hansen',
  'Ivanov',
  'Jansen',
]

/** Customers with numbers of their own; a name returns every hundredth time, with its number behind it. */
export const customers = (count: number): readonly ProviderChat[] =>
  Array.from({ length: count }, (_, index) => {
    const digits = String(79_000_000_000 + index * 7)
    const first = firstNames[index % firstNames.length]
    const last = lastNames[Math.floor(index / firstNames.length) % lastNames.length]
    return {
      key: chatKey(digits),
      name: `${first} ${last} ${index}`,
      phone: `+${digits}`,
      holder: null,
      lastMessageAt: instant(Date.now() - (count - index) * 1_000),
    }
  })

export const openStore = (file: string): Store =>
  openSqliteStore({ file, newChatId: () => chatId(randomUUID()) })

/** Everybody is linked and every customer waits, as if a poll had shown them. */
export async function seedStore(store: Store, chats: readonly ProviderChat[]): Promise<void> {
  const now = instant(Date.now())
  for (const { slackUser, providerUser, name, email } of staff) {
    const facts = { kind: 'linked', slackUser, to: providerUser, how: 'email' } as const
    await store.link(
      { account: ACCOUNT, slackUser, providerUser },
      'hand',
      { at: now, account: ACCOUNT, chat: null, actor: slackUser, via: 'rule', facts },
      [],
    )
    const profile = {
      user: slackUser,
      name,
      email,
      workspaceAdmin: false,
      eligible: true,
      deactivated: false,
    }
    await store.saveProfiles([profile], () => noEffects)
  }
  await store.saveProviderUsers(ACCOUNT, () => ({
    ...noEffects,
    users: staff.map(({ providerUser: id, name, email }) => ({ id, name, email, active: true })),
  }))
  const poll = await store.beginPoll(ACCOUNT)
  const context = { account: ACCOUNT, now, poll, currentPoll: poll, beganAt: now }
  await Promise.all(
    chats.map((seen) =>
      store.change({ account: ACCOUNT, key: seen.key }, [], (state) => {
        const observed = observeListed(state.chat, seen, state.newChatId, context)
        if (observed === null || observed.facts === null) return { result: null }
        const { chat, facts } = observed
        return {
          result: null,
          chat,
          event: { at: now, account: ACCOUNT, chat: chat.id, actor: null, via: 'provider', facts },
          jobs: [],
        }
      }),
    ),
  )
}
