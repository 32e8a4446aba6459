import type { Link, Store } from '../store/contract.ts'
import { closingSoon } from './answer-window.ts'
import type { Chat } from './chat.ts'
import { type ChatSearch, MOST_OWNERS } from './chat-search.ts'
import type { Instant, SlackUserId } from './ids.ts'
import { searchedWords } from './searched-text.ts'
import { parseWho, type Who, type WhoContext, whoCandidates } from './who.ts'

/** More than anybody reads in an answer; whoever gets so many types more of the name. */
const MOST = 20

export interface FindChats {
  /** Open chats that `text` may mean: the person's own if any of them matches, else everybody's. */
  byWho(text: string, by: SlackUserId, prefer: 'mine' | 'waiting'): Promise<FoundChats>
  /**
   * For `<who> [rest]` where both may have spaces: the longest beginning that finds something, whoever's it is.
   * Else somebody's full name would be read as the first name of one's own customer, and a reason.
   */
  byWhoAndRest(text: string, by: SlackUserId): Promise<FoundChats & { readonly rest: string }>
  /** Waiting chats: those whose window is about to end, then the longest-waiting ones. */
  waiting(
    args: Pick<ChatSearch, 'text' | 'account' | 'waitsSince' | 'offset' | 'limit'> & {
      readonly now: Instant
    },
  ): Promise<readonly Chat[]>
  /**
   * Chats of people who cannot work on them, and how many these are, whatever `text`: those whose customers wait for an
   * answer come first, longest-waiting first. Without those of the person themselves.
   */
  leftBehind(
    by: SlackUserId,
    args: Pick<ChatSearch, 'text' | 'account' | 'limit'>,
  ): Promise<{ readonly chats: readonly Chat[]; readonly count: number }>
  /** Closed chats and those that no list has shown too, since their customers' contacts outlive them. */
  ever(who: Who): Promise<readonly Chat[]>
  /** The same for what a person typed. */
  everByWho(text: string): Promise<FoundChats>
  /** Open and closed chats by all that is known of them, most recently active first. */
  anywhere(text: string, page: Required<Pick<ChatSearch, 'offset' | 'limit'>>): Promise<readonly Chat[]>
  /** Whether `text` says what to look for. */
  canFind(text: string): boolean
  mine(by: SlackUserId, args: Pick<ChatSearch, 'text' | 'idle' | 'limit'>): Promise<readonly Chat[]>
}

export interface FoundChats {
  readonly who: Who
  readonly chats: readonly Chat[]
}

export function createFindChats(deps: {
  readonly store: Pick<Store, 'findChats' | 'countChats' | 'links' | 'leftBehind'>
  readonly context: WhoContext
}): FindChats {
  const { store, context } = deps

  async function search(who: Who, scope: Pick<ChatSearch, 'state' | 'owners'>): Promise<readonly Chat[]> {
    const terms = searchTerms(who)
    return terms === null ? [] : store.findChats({ ...scope, ...terms, limit: MOST })
  }

  async function byWho(text: string, by: SlackUserId, prefer: 'mine' | 'waiting'): Promise<FoundChats> {
    const who = parseWho(text, context)
    const preferred =
      prefer === 'waiting'
        ? await search(who, { state: 'waiting' })
        : await search(who, { state: 'open', owners: ownersOf(await store.links(by)) })
    return { who, chats: preferred.length > 0 ? preferred : await search(who, { state: 'open' }) }
  }

  return {
    byWho,
    async byWhoAndRest(text, by) {
      const mine = ownersOf(await store.links(by))
      for (const { who: words, rest } of whoCandidates(text)) {
        const who = parseWho(words, context)
        for (const scope of [{ state: 'open', owners: mine }, { state: 'open' }] as const) {
          const chats = await search(who, scope)
          if (chats.length > 0) return { who, chats, rest }
        }
      }
      return { who: parseWho(text, context), chats: [], rest: '' }
    },
    async waiting({ now, offset = 0, limit, ...search }) {
      const queue = { ...search, state: 'waiting' } as const
      const soon = closingSoon(now)
      const closing = await store.findChats({ ...queue, windowEnds: soon, offset, limit })
      if (closing.length === limit) return closing
      const passed =
        closing.length > 0 ? offset : await store.countChats({ ...queue, windowEnds: soon, limit: offset })
      const others = await store.findChats({
        ...queue,
        windowEndsNot: soon,
        offset: offset - passed,
        limit: limit - closing.length,
      })
      return [...closing, ...others]
    },
    async leftBehind(by, { account, ...search }) {
      const mine = await store.links(by)
      const loads = (await store.leftBehind())
        .filter(
          (load) => context.accounts.includes(load.account) && load.account === (account ?? load.account),
        )
        .filter(
          (load) => !mine.some((link) => link.account === load.account && link.providerUser === load.owner),
        )
      const owners = loads.slice(0, MOST_OWNERS).map((load) => ({ account: load.account, user: load.owner }))
      return {
        chats: await store.findChats({ ...search, state: 'held', owners, unanswered: 'first' }),
        count: loads.reduce((sum, { chats }) => sum + chats, 0),
      }
    },
    ever: (who) => search(who, { state: 'any' }),
    async everByWho(text) {
      const who = parseWho(text, context)
      return { who, chats: await search(who, { state: 'any' }) }
    },
    async anywhere(text, page) {
      const terms = anywhereTerms(parseWho(text, context))
      return terms === null ? [] : store.findChats({ state: 'any', ...terms, ...page })
    },
    canFind: (text) => anywhereTerms(parseWho(text, context)) !== null,
    mine: async (by, args) =>
      store.findChats({ state: 'open', owners: ownersOf(await store.links(by)), ...args }),
  }
}

export const ownersOf = (links: readonly Link[]): NonNullable<ChatSearch['owners']> =>
  links.map(({ account, providerUser }) => ({ account, user: providerUser }))

function searchTerms(who: Who): Pick<ChatSearch, 'text' | 'exactly' | 'account'> | null {
  if (who.kind === 'nothing') return null
  const account = who.account === null ? {} : { account: who.account }
  switch (who.kind) {
    case 'phone':
      return { exactly: { phones: [who.phone, ...who.otherPhones], keys: who.keys }, ...account }
    case 'key':
      return { exactly: { phones: [], keys: [who.key] }, ...account }
    case 'id':
      return { exactly: { phones: [], keys: [who.id] }, ...account }
    case 'email':
      return { text: who.email, ...account }
    case 'name':
      return { text: who.text, ...account }
    default:
      return who satisfies never
  }
}

/** Fewer digits are too many people's, and stand in too many texts. */
const LEAST_LAST_DIGITS = 4

function anywhereTerms(who: Who): Pick<ChatSearch, 'anywhere' | 'exactly' | 'account'> | null {
  if (who.kind === 'nothing') return null
  const account = who.account === null ? {} : { account: who.account }
  switch (who.kind) {
    case 'phone': {
      const numbers = [who.phone.slice(1), ...who.otherPhones.map((phone) => phone.slice(1)), ...who.keys]
      return { anywhere: [{ text: who.phone.slice(1), numberEnds: numbers }], ...account }
    }
    case 'key':
      return { anywhere: [{ text: who.key, numberEnds: [who.key, who.key.replace(/^0+/, '')] }], ...account }
    case 'id':
      return { exactly: { phones: [], keys: [who.id] }, ...account }
    case 'email':
      return { anywhere: [{ text: who.email, numberEnds: [] }], ...account }
    case 'name': {
      const anywhere = searchedWords(who.text).map((text) => ({ text, numberEnds: lastDigits(text) }))
      return anywhere.length === 0 ? null : { anywhere, ...account }
    }
    default:
      return who satisfies never
  }
}

const lastDigits = (word: string): readonly string[] => {
  const digits = /^[\d().+/-]+$/.test(word) ? word.replace(/\D/g, '') : ''
  return digits.length >= LEAST_LAST_DIGITS ? [digits] : []
}
