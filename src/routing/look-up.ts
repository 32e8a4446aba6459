import type { Clock } from '../clock.ts'
import type { CustomerAddress, Outcome, ProviderChat, ProviderProblem } from '../providers/contract.ts'
import type { Store } from '../store/contract.ts'
import type { Account, Accounts } from './accounts.ts'
import type { NewEvent } from './audit.ts'
import type { Chat } from './chat.ts'
import type { AccountId, ChatKey, Instant, SlackUserId } from './ids.ts'
import { unlistedChat } from './observe.ts'
import { isUnknownChat } from './unknown-chat.ts'
import type { Who } from './who.ts'

/** What is behind a number, address or id that no list of open chats has shown. */
export type LookedUp =
  /** The words themselves make the key; whether there is such a chat turns out when it is written to. */
  | {
      readonly kind: 'key'
      readonly account: AccountId
      readonly key: ChatKey
      readonly phone: string | null
    }
  /** The providers know these; the store has them now. At least one. */
  | { readonly kind: 'known'; readonly chats: readonly Chat[] }
  /** Nothing was found, and this provider could not be asked. */
  | { readonly kind: 'not-asked'; readonly account: AccountId; readonly problem: ProviderProblem }
  | { readonly kind: 'nobody' }

export type LookUp = (who: Who, by: SlackUserId) => Promise<LookedUp>

/** Asks the providers, at once, where the words alone do not make a key. */
export function createLookUp(deps: {
  readonly store: Pick<Store, 'change'>
  readonly accounts: Accounts
  readonly clock: Clock
}): LookUp {
  const { store, accounts, clock } = deps

  const save = ({ account, seen }: Found, by: SlackUserId): Promise<Chat> =>
    store.change({ account, key: seen.key }, [], ({ chat, newChatId, currentPoll }) => {
      if (chat !== null) return { result: chat }
      const { key, phone, name } = seen
      const now = clock.now()
      const made = unlistedChat({ id: newChatId, account, key, phone, name, now, currentPoll })
      return { result: made, chat: made, event: lookedUp(made, by, now) }
    })

  return async (who, by) => {
    if (who.kind === 'nothing' || who.kind === 'name') return { kind: 'nobody' }
    const named = who.account === null ? [...accounts.values()] : [accounts.get(who.account)]
    const asked = named.filter((account) => account !== undefined)
    const [only, another] = asked
    if (only !== undefined && another === undefined) {
      const key = keyIn(only, who)
      if (key !== null)
        return { kind: 'key', account: only.id, key, phone: who.kind === 'phone' ? who.phone : null }
    }
    if (who.kind !== 'phone' && who.kind !== 'email') return { kind: 'nobody' }

    const address = who.kind === 'phone' ? { phone: who.phone } : { email: who.email }
    const answers = await Promise.all(
      asked.map(async ({ id, adapter }) => ({ account: id, answer: await customersOf(adapter, address) })),
    )
    const found = answers.flatMap(({ account, answer }): Found[] =>
      answer.kind === 'done' ? answer.value.map((seen) => ({ account, seen })) : [],
    )
    if (found.length > 0)
      return { kind: 'known', chats: await Promise.all(found.map((each) => save(each, by))) }
    for (const { account, answer } of answers) {
      if (answer.kind !== 'done') return { kind: 'not-asked', account, problem: answer.problem }
    }
    return { kind: 'nobody' }
  }
}

/** What the audit trail says of a customer whom somebody has named and the provider knows. */
export const lookedUp = ({ id, account }: Chat, by: SlackUserId, at: Instant): NewEvent => ({
  at,
  account,
  chat: id,
  actor: by,
  via: 'slack',
  facts: { kind: 'looked-up' },
})

interface Found {
  readonly account: AccountId
  readonly seen: ProviderChat
}

function keyIn({ adapter }: Account, who: Who): ChatKey | null {
  switch (who.kind) {
    case 'phone':
      return adapter.keyOfPhone?.(who.phone) ?? null
    case 'key':
      return who.key
    case 'id':
      return who.id
    default:
      return null
  }
}

async function customersOf(
  adapter: Account['adapter'],
  address: CustomerAddress,
): Promise<Outcome<readonly ProviderChat[]>> {
  if (adapter.findChats) return adapter.findChats(address)
  if (!adapter.keyOfPhone || !adapter.readChat || !('phone' in address)) return { kind: 'done', value: [] }
  const read = await adapter.readChat(adapter.keyOfPhone(address.phone))
  if (read.kind === 'done') return { kind: 'done', value: [read.value] }
  return isUnknownChat(read) ? { kind: 'done', value: [] } : read
}
