import type { Clock } from '../clock.ts'
import { remember } from '../remember.ts'
import type { Absence } from '../routing/absence.ts'
import { type Accounts, ownName, providerLabel } from '../routing/accounts.ts'
import { answerWindow } from '../routing/answer-window.ts'
import { type Chat, chatState, type Holder } from '../routing/chat.ts'
import { isErased } from '../routing/erase.ts'
import { type AccountId, groupIdOf, type ProviderUserId, type SlackUserId } from '../routing/ids.ts'
import { maskKey, maskNumbersIn, spellPhone } from '../routing/phone.ts'
import { releaseWay } from '../routing/release-way.ts'
import type { Store } from '../store/contract.ts'
import { visible } from './mrkdwn.ts'
import { erasedCustomer } from './text-history.ts'
import type { ChatFacts, PersonFacts } from './views/chat-facts.ts'

/** `names` where a mention would notify people of what they know or did themselves. */
export type Naming = 'mentions' | 'names'

/** Turns what the store knows into what views may show: names for ids, masked numbers for full ones. */
export interface Presenter {
  /** `reader` sees the number in full if the chat is theirs; null stands for everybody in a channel. */
  chats(chats: readonly Chat[], reader: SlackUserId | null): Promise<readonly ChatFacts[]>
  chat(chat: Chat, reader: SlackUserId | null, naming?: Naming): Promise<ChatFacts>
  /** The customer's number, or the provider's id of the chat, in full: only for whom the desk has let read it. */
  number(chat: Chat): string
  /** Who a provider's user is: the person in Slack if somebody is linked, else the provider's name. */
  people(
    account: AccountId,
    users: readonly ProviderUserId[],
    naming?: Naming,
  ): Promise<ReadonlyMap<ProviderUserId, PersonFacts>>
}

export function createPresenter(deps: {
  readonly store: Pick<Store, 'slackUsers' | 'providerUsers' | 'absences'>
  readonly accounts: Accounts
  readonly clock: Clock
}): Presenter {
  const { store, accounts, clock } = deps
  const spelled = remember(spellPhone)

  async function people(account: AccountId, users: readonly ProviderUserId[], naming: Naming = 'mentions') {
    const found = new Map<ProviderUserId, PersonFacts>()
    if (users.length === 0) return found
    const linked =
      naming === 'names' ? new Map<ProviderUserId, SlackUserId>() : await store.slackUsers(account, users)
    const strangers = users.some((user) => !linked.has(user))
    const names = strangers
      ? new Map((await store.providerUsers(account)).map((user) => [user.id, user.name]))
      : new Map<ProviderUserId, string>()
    for (const user of users) {
      const slackUser = linked.get(user)
      const group = groupIdOf(user)
      const stranger: PersonFacts =
        group === null
          ? { kind: 'provider', name: names.get(user) ?? `user ${user}` }
          : { kind: 'group', name: names.get(user) ?? group }
      found.set(user, slackUser === undefined ? stranger : { kind: 'slack', user: slackUser })
    }
    return found
  }

  async function chats(
    list: readonly Chat[],
    reader: SlackUserId | null,
    naming?: Naming,
  ): Promise<readonly ChatFacts[]> {
    const named = new Map<AccountId, ReadonlyMap<ProviderUserId, PersonFacts>>()
    const absent = new Map<AccountId, ReadonlyMap<ProviderUserId, Absence>>()
    for (const account of new Set(list.map((chat) => chat.account))) {
      const shown = new Set(list.filter((chat) => chat.account === account).flatMap(peopleOf))
      named.set(account, await people(account, [...shown], naming))
      absent.set(account, await store.absences(account, [...shown]))
    }
    return list.map((chat) => {
      const absence = chat.owner === null ? undefined : absent.get(chat.account)?.get(chat.owner)
      return {
        ...facts(chat, named.get(chat.account) ?? new Map(), absence ?? null, reader),
        offer: naming === 'names' ? null : chat.offer,
      }
    })
  }

  const number = ({ phone, key }: Chat): string => (phone === null ? key : spelled(phone).full)

  function facts(
    chat: Chat,
    named: ReadonlyMap<ProviderUserId, PersonFacts>,
    ownerAbsence: Absence | null,
    reader: SlackUserId | null,
  ): Omit<ChatFacts, 'offer'> {
    const account = accounts.get(chat.account)
    const person = (holder: Holder): PersonFacts | null =>
      holder === null ? null : (named.get(holder) ?? null)
    const owner = person(chat.owner)
    const isMine = reader !== null && owner?.kind === 'slack' && owner.user === reader
    const phone = chat.phone === null ? null : spelled(chat.phone)
    const gone = isErased(chat)
    const maskedKey = gone ? '' : phone === null ? maskKey(chat.key) : phone.masked
    return {
      id: chat.id,
      version: chat.version,
      state: chatState(chat),
      customer: gone ? erasedCustomer : chat.name === null ? maskedKey : maskNumbersIn(chat.name),
      maskedKey,
      fullKey: isMine ? number(chat) : null,
      account: ownName(accounts, chat.account),
      provider: providerLabel(accounts, chat.account),
      waitingSince: chat.waitingSince,
      unanswered: chat.messages.unanswered.length,
      unansweredSince: chat.messages.unanswered[0] ?? null,
      answerWindow: answerWindow(chat, clock.now()),
      preview: previewOf(chat),
      ownerSince: chat.ownerSince,
      owner,
      ownerAbsence,
      ownerVia: chat.ownerVia,
      release: releaseWay(account?.adapter ?? {}),
      hasContact: account?.adapter.contacts !== undefined,
      witnessed: account?.adapter.readChat !== undefined,
      wanted: chat.pending === null ? null : (person(chat.pending.wanted) ?? 'nobody'),
      delayed: chat.pending?.delayed ?? null,
      problem: chat.problem?.reason ?? null,
    }
  }

  return {
    people,
    number,
    chats,
    async chat(chat, reader, naming) {
      const [one] = await chats([chat], reader, naming)
      if (one === undefined) throw new Error('one chat gives one view of it')
      return one
    },
  }
}

function previewOf({ messages }: Chat): string | null {
  if (messages.preview === null || messages.unanswered.length === 0) return null
  // In this order: what cannot be seen must not hide a number.
  const text = maskNumbersIn(visible(messages.preview))
  return text === '' ? null : text
}

const peopleOf = (chat: Chat): readonly ProviderUserId[] =>
  [chat.owner, chat.pending?.wanted ?? null].filter((holder) => holder !== null)
