import type { Clock } from '../clock.ts'
import { enrolJob } from '../jobs/catalogue.ts'
import type { NewJob } from '../jobs/contract.ts'
import type { Change, ChangeState, ChangeTarget, Store } from '../store/contract.ts'
import type { Accounts } from './accounts.ts'
import { closingSoon } from './answer-window.ts'
import type { Chat } from './chat.ts'
import { type Decision, type DecisionContext, decide } from './decide.ts'
import { decideOffer, whyNotAnswer } from './decide-offer.ts'
import { decideUndo } from './decide-undo.ts'
import type { AccountId, ChatId, EventId, Instant, SlackUserId } from './ids.ts'
import type { Actor, Refusal } from './intent.ts'
import { jobsOfDecision, jobsOfUndo } from './leave-jobs.ts'
import { unlistedChat } from './observe.ts'
import { whyNotAddContact, whyNotEditContact, whyNotGiveAway, whyNotShowNumber } from './permissions.ts'
import { type LatestDeed, rememberDeeds } from './recent-deeds.ts'
import type { ChatRequest } from './request.ts'
import type { Roles } from './roles.ts'
import { type AnyIntent, toIntent } from './to-intent.ts'

/** What became of a request. `done` means: decided and on disk; the provider is told next. */
export type DeskAnswer =
  | { readonly kind: 'done'; readonly chat: Chat; readonly event: EventId }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly chat: Chat | null }
  /** Somebody has to be looked up or linked first; the request goes on by itself and its end is told privately. */
  | { readonly kind: 'linking'; readonly account: AccountId; readonly who: SlackUserId }

export interface AskOptions {
  readonly linkFirst: boolean
  readonly next?: (answer: DeskAnswer) => readonly NewJob[]
}

export interface Desk {
  /**
   * Decides one request and records it with everything it causes, in one transaction.
   *
   * `linkFirst: false` is for a request out of its `enrol` job: people who are still not linked are refused,
   * and the decision leaves in place of the job one that only tells of it, or goes on with the next of several chats, so
   * that no repetition of the job, after a crash for instance, can decide a second time.
   *
   * `next` is for one of several requests: the jobs that go on with the others are left in its transaction, whatever
   * the answer.
   */
  ask(request: ChatRequest, options?: AskOptions): Promise<DeskAnswer>
  /** Why the person could not give the chat away now; null when they could. Changes nothing. */
  whyNotGiveAway(by: SlackUserId, chat: ChatId, seen: number | null): Promise<Refusal | null>
  /** Why the person may not accept or decline the offer; null when they may. */
  whyNotAnswer(by: SlackUserId, chat: ChatId, offer: EventId): Promise<Refusal | null>
  /** Why the person may not see and change the customer's contact; null when they may. */
  whyNotEditContact(by: SlackUserId, chat: ChatId): Promise<Refusal | null>
  /** Why the person may not add a customer to the account; null when they may. */
  whyNotAddContact(by: SlackUserId, account: AccountId): Promise<Refusal | null>
  /** Whether the person may read the customer's number. That they do is recorded before they can. */
  showNumber(by: SlackUserId, chat: ChatId): Promise<NumberAnswer>
  latest: LatestDeed
}

export type NumberAnswer =
  | { readonly kind: 'shown'; readonly chat: Chat }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly chat: Chat | null }

export function createDesk(deps: {
  readonly store: Pick<Store, 'change' | 'chat' | 'links' | 'profile'>
  readonly accounts: Accounts
  readonly clock: Clock
  readonly roleOf: Roles['roleOf']
}): Desk {
  const { store, accounts, clock, roleOf } = deps

  function answer(
    request: ChatRequest,
    state: ChangeState,
    { linkFirst, next }: AskOptions,
  ): Change<DeskAnswer> {
    const now = clock.now()
    const found = state.chat ?? unlisted(request, state, now)
    const chat = found !== null && accounts.has(found.account) ? found : null
    const toBeLinked = (account: AccountId, who: SlackUserId): Change<DeskAnswer> => ({
      result: { kind: 'linking', account, who },
      jobs: [enrolJob(account, request, now)],
    })

    const by = actorIn(state, request.by)
    if (by === null) {
      if (chat === null) return refused(emptyHanded(request), null)
      return linkFirst ? toBeLinked(chat.account, request.by) : refused({ kind: 'not-known' }, null)
    }
    const decision = decideAny(chat, toIntent(request, by, state, now, next !== undefined), {
      now,
      eventId: state.eventId,
      absenceOf: state.absenceOf,
    })
    if (decision.kind === 'refusal') {
      const { refusal } = decision
      if (chat === null)
        return refused(refusal.kind === 'chat-unknown' ? emptyHanded(request) : refusal, null)
      const who = whoIsUnlinked(refusal, request.by)
      return who !== null && linkFirst ? toBeLinked(chat.account, who) : refused(refusal, state.chat)
    }
    return {
      result: { kind: 'done', chat: decision.chat, event: state.eventId },
      chat: decision.chat,
      event: {
        at: now,
        account: decision.chat.account,
        chat: decision.chat.id,
        actor: request.by,
        via: 'slack',
        facts: decision.facts,
      },
      jobs: [
        ...jobsOfDecision(state.chat, decision.chat, { event: state.eventId, by: request.by }, now),
        // Of several, whoever had got them is told of all at once.
        ...(decision.facts.kind === 'undone' && next === undefined
          ? jobsOfUndo(state.chat, { event: state.eventId, by: request.by }, now)
          : []),
        ...(linkFirst || next !== undefined
          ? []
          : [jobAfter(decision.chat.account, request, state.eventId, now)]),
      ],
    }
  }

  /** Null for somebody of whom Slack was never asked. */
  function actorIn({ links, profiles }: ChangeState, slackUser: SlackUserId): Actor | null {
    const role = roleOf(slackUser, profiles.get(slackUser) ?? null)
    return role === null ? null : { slackUser, role, providerUser: links.get(slackUser) ?? null }
  }

  async function whyNot(
    slackUser: SlackUserId,
    account: AccountId | null,
    rule: (by: Actor) => Refusal | null,
  ): Promise<Refusal | null> {
    const role = roleOf(slackUser, await store.profile(slackUser))
    if (role === null) return { kind: 'not-known' }
    const mine = (await store.links(slackUser)).find((link) => link.account === account)
    return rule({ slackUser, role, providerUser: mine?.providerUser ?? null })
  }

  return rememberDeeds({
    ask: (request, options = { linkFirst: true }) =>
      store.change(targetOf(request, clock.now()), peopleOf(request), (state) => {
        const change = answer(request, state, options)
        const { next } = options
        return next === undefined
          ? change
          : { ...change, jobs: [...(change.jobs ?? []), ...next(change.result)] }
      }),
    async whyNotGiveAway(by, id, seen) {
      const chat = await store.chat(id)
      return whyNot(by, chat?.account ?? null, (actor) => whyNotGiveAway(chat, actor, seen))
    },
    async whyNotAnswer(by, id, offer) {
      const chat = await store.chat(id)
      return whyNot(by, chat?.account ?? null, (actor) => whyNotAnswer(chat, actor, offer))
    },
    async whyNotEditContact(by, id) {
      const chat = await store.chat(id)
      return whyNot(by, chat?.account ?? null, (actor) => whyNotEditContact(chat, actor))
    },
    whyNotAddContact: (by, account) => whyNot(by, account, (actor) => whyNotAddContact(account, actor)),
    showNumber: (by, id) =>
      store.change({ chat: id }, [by], (state): Change<NumberAnswer> => {
        const chat = state.chat !== null && accounts.has(state.chat.account) ? state.chat : null
        const actor = actorIn(state, by)
        const refusal: Refusal | null = actor === null ? { kind: 'not-known' } : whyNotShowNumber(chat, actor)
        if (refusal !== null || chat === null) {
          return { result: { kind: 'refused', refusal: refusal ?? { kind: 'chat-unknown' }, chat } }
        }
        const { account } = chat
        const facts = { kind: 'number-shown' } as const
        return {
          result: { kind: 'shown', chat },
          event: { at: clock.now(), account, chat: id, actor: by, via: 'slack', facts },
        }
      }),
  })
}

function targetOf(request: ChatRequest, now: Instant): ChangeTarget {
  switch (request.kind) {
    case 'claim-next':
      return { nextWaiting: request.account ?? 'any', closing: closingSoon(now) }
    case 'claim-unlisted':
      return { account: request.account, key: request.key }
    case 'claim':
    case 'hand-off':
    case 'release':
    case 'offer':
    case 'accept':
    case 'decline':
    case 'take-back':
    case 'undo':
      return { chat: request.chat }
    default:
      return request satisfies never
  }
}

const peopleOf = (request: ChatRequest): readonly SlackUserId[] =>
  'to' in request && 'slackUser' in request.to ? [request.by, request.to.slackUser] : [request.by]

function decideAny(chat: Chat | null, intent: AnyIntent, context: DecisionContext): Decision {
  switch (intent.kind) {
    case 'claim':
      // Who claims what they were asked to take, takes it.
      return chat?.offer?.to === intent.by.slackUser
        ? decideOffer(chat, { kind: 'accept', by: intent.by, offer: chat.offer.event }, context)
        : decide(chat, intent, context)
    case 'hand-off':
    case 'release':
      return decide(chat, intent, context)
    case 'offer':
    case 'accept':
    case 'decline':
    case 'take-back':
      return decideOffer(chat, intent, context)
    case 'undo':
      return decideUndo(chat, intent, context)
    default:
      return intent satisfies never
  }
}

const unlisted = (request: ChatRequest, state: ChangeState, now: Instant): Chat | null =>
  request.kind === 'claim-unlisted'
    ? unlistedChat({ ...request, name: null, id: state.newChatId, now, currentPoll: state.currentPoll })
    : null

const emptyHanded = (request: ChatRequest): Refusal =>
  request.kind === 'claim-next' ? { kind: 'nothing-waiting' } : { kind: 'chat-unknown' }

/** Who would have to be linked for the request to go on; null when that is not what it lacks. */
export function whoIsUnlinked(refusal: Refusal, by: SlackUserId): SlackUserId | null {
  if (refusal.kind === 'not-linked') return by
  return refusal.kind === 'receiver-not-linked' ? refusal.to : null
}

/** Tells of the decision, or goes on with the next of several. */
function jobAfter(account: AccountId, request: ChatRequest, event: EventId, now: Instant): NewJob {
  if (request.kind !== 'claim-next') return enrolJob(account, request, now, event)
  const claimed = [...request.claimed, event]
  return enrolJob(account, { ...request, claimed }, now, claimed.length < request.count ? null : event)
}

const refused = (refusal: Refusal, chat: Chat | null): Change<DeskAnswer> => ({
  result: { kind: 'refused', refusal, chat },
})
