import type { Clock } from '../clock.ts'
import { type Accounts, providerLabel } from '../routing/accounts.ts'
import { type Away, awayNow } from '../routing/away.ts'
import type { Chat } from '../routing/chat.ts'
import { OFFER_LASTS_MS } from '../routing/decide-offer.ts'
import type { DeskAnswer } from '../routing/desk.ts'
import type { LinkProblem } from '../routing/enrol.ts'
import { type AccountId, later, type SlackUserId } from '../routing/ids.ts'
import type { Refusal } from '../routing/intent.ts'
import type { ChatRequest } from '../routing/request.ts'
import type { Store } from '../store/contract.ts'
import { chatsOf } from './chats-of.ts'
import type { Presenter } from './present.ts'
import type { Done } from './text.ts'
import { linkingOtherText, type SelfLink, selfLinkText } from './text-linking.ts'
import { claimedSeveralText } from './text-several.ts'
import type { PersonFacts } from './views/chat-facts.ts'
import { type MessageView, textMessage } from './views/message.ts'
import { doneReply, refusalReply } from './views/reply.ts'
import { claimedSeveral } from './views/several.ts'

/** What a person reads about what became of their request, whether it comes at once or later. */
export interface AnswerViews {
  answer(request: ChatRequest, answer: DeskAnswer): Promise<MessageView>
  /** Of several chats: those that were claimed, and `end`: why they are not as many as were asked for. */
  claimed(request: ClaimNext, end: MessageView | null): Promise<MessageView>
  /** The end of a request, which may have come to something before: then after what that was. */
  withClaimed(request: ChatRequest, end: MessageView): Promise<MessageView>
  refusal(refusal: Refusal, chat: Chat | null, reader: SlackUserId): Promise<MessageView>
  link(link: SelfLink, account: AccountId): MessageView
  linkProblem(problem: LinkProblem, account: AccountId): MessageView
}

type ClaimNext = Extract<ChatRequest, { readonly kind: 'claim-next' }>

export function createAnswerViews(deps: {
  readonly present: Presenter
  readonly accounts: Accounts
  readonly store: Pick<Store, 'away' | 'event' | 'chat'>
  readonly clock: Clock
  readonly admins: readonly SlackUserId[]
  readonly leads: () => readonly SlackUserId[]
}): AnswerViews {
  const { present, store, accounts, clock, admins, leads } = deps
  const provider = (account: AccountId): string => providerLabel(accounts, account)

  async function refusal(why: Refusal, chat: Chat | null, reader: SlackUserId): Promise<MessageView> {
    const facts = chat === null ? null : await present.chat(chat, reader)
    const account = 'account' in why ? why.account : chat?.account
    const label = account === undefined ? 'the provider' : provider(account)
    const owner = facts?.owner?.kind === 'slack' ? facts.owner.user : null
    // Nobody is to ask themselves, nor whoever has the chat a second time.
    const others = (people: readonly SlackUserId[]) =>
      people.filter((person) => person !== reader && person !== owner)
    return refusalReply(why, facts, { provider: label, admins: others(admins), leads: others(leads()) })
  }

  async function done(request: ChatRequest, chat: Chat): Promise<Done> {
    switch (request.kind) {
      case 'claim':
      case 'claim-next':
        return { kind: 'claimed' }
      case 'claim-unlisted':
        return { kind: chat.lastMessageAt === null ? 'asked-for' : 'claimed' }
      case 'release':
        return { kind: 'released' }
      case 'hand-off': {
        const to = await receiver(chat)
        const away = to.kind === 'slack' ? await awayOf(to.user) : null
        return { kind: 'handed-off', to, onReply: request.onReply, away }
      }
      case 'offer':
        return {
          kind: 'offered',
          to: request.to.slackUser,
          until: later(chat.offer?.at ?? clock.now(), OFFER_LASTS_MS),
        }
      case 'accept':
        return { kind: 'claimed' }
      case 'decline':
        return { kind: 'declined' }
      case 'take-back':
        return { kind: 'taken-back' }
      case 'undo':
        return { kind: 'undone' }
      default:
        return request satisfies never
    }
  }

  const awayOf = async (user: SlackUserId): Promise<Away | null> =>
    awayNow((await store.away([user])).get(user), clock.now())

  async function receiver(chat: Chat): Promise<PersonFacts> {
    const people = chat.owner === null ? null : await present.people(chat.account, [chat.owner])
    return (chat.owner && people?.get(chat.owner)) || { kind: 'provider', name: 'somebody' }
  }

  const link = (what: SelfLink, account: AccountId): MessageView =>
    textMessage(selfLinkText(what, { provider: provider(account), admins }))

  async function claimed(request: ClaimNext, end: MessageView | null): Promise<MessageView> {
    const found = await chatsOf(store, request.claimed)
    const sentence = claimedSeveralText(request.claimed.length, request.count)
    const said = end === null ? sentence : `${sentence}\n${end.text}`
    return claimedSeveral(said, await present.chats(found, request.by), request.claimed)
  }

  return {
    refusal,
    link,
    claimed,
    withClaimed: async (request, end) =>
      request.kind === 'claim-next' && request.claimed.length > 0 ? claimed(request, end) : end,
    async answer(request, answer) {
      switch (answer.kind) {
        case 'done': {
          const facts = await present.chat(answer.chat, request.by)
          const isUndoable = answer.chat.undo?.event === answer.event
          return doneReply(await done(request, answer.chat), facts, isUndoable ? answer.event : null)
        }
        case 'refused':
          return refusal(answer.refusal, answer.chat, request.by)
        case 'linking':
          return answer.who === request.by
            ? link({ kind: 'looking-up' }, answer.account)
            : textMessage(linkingOtherText(answer.who, provider(answer.account)))
        default:
          return answer satisfies never
      }
    },
    linkProblem: (problem, account) => link(toSelfLink(problem), account),
  }
}

function toSelfLink(problem: LinkProblem): SelfLink {
  switch (problem.kind) {
    case 'not-eligible':
    case 'no-email':
    case 'taken':
    case 'undone':
      return problem
    case 'no-match':
      return { kind: 'nobody', email: problem.tried }
    case 'several':
      return { kind: 'several', email: problem.tried }
    case 'inactive':
      return { kind: 'blocked', name: problem.name }
    case 'no-directory':
      return problem.problem === null
        ? { kind: 'no-directory' }
        : { kind: 'provider-failed', reason: problem.problem }
    default:
      return problem satisfies never
  }
}
