import type { Clock } from '../clock.ts'
import type { NewJob } from '../jobs/contract.ts'
import {
  type HandedSeveral,
  handedSeveralJob,
  type MistakenSeveral,
  mistakenSeveralJob,
  type Several,
  severalJob,
} from '../jobs/several-jobs.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import { type Accounts, providerLabel } from '../routing/accounts.ts'
import type { AuditEvent } from '../routing/audit.ts'
import type { Chat } from '../routing/chat.ts'
import type { Desk, DeskAnswer } from '../routing/desk.ts'
import type { Enrolment } from '../routing/enrol.ts'
import { type EventId, eventId, type Instant, later, type SlackUserId } from '../routing/ids.ts'
import type { ChatRequest } from '../routing/request.ts'
import { askAgain } from '../routing/try-again.ts'
import type { Store } from '../store/contract.ts'
import { chatsOf } from './chats-of.ts'
import { mention } from './mrkdwn.ts'
import { type Poster, sentBy } from './poster.ts'
import type { Presenter } from './present.ts'
import { listed, person } from './text.ts'
import {
  handedSeveralText,
  mistakenSeveralText,
  type SeveralDeed,
  severalDoneText,
  whyNotOneText,
} from './text-several.ts'
import { textMessage } from './views/message.ts'
import { handedSeveral, type NotDone, severalReport } from './views/several.ts'

/** Whoever gets several chats hears of them by then, even if the provider has not confirmed all of them. */
const TOLD_WITHIN_MS = 20_000
const LOOKED_AGAIN_MS = 1_000

/** The job handlers that decide about several chats, and tell of them together. */
export function createSeveral(deps: {
  readonly desk: Pick<Desk, 'ask'>
  readonly store: Pick<Store, 'chat' | 'event' | 'history' | 'addJobs'>
  readonly present: Presenter
  readonly poster: Pick<Poster, 'post'>
  readonly enrolment: Pick<Enrolment, 'byProviderUser'>
  readonly accounts: Accounts
  readonly clock: Clock
}) {
  const { desk, store, present, poster, accounts, clock } = deps

  /** One decision, or when all are made the report. */
  async function several(job: Several): Promise<JobOutcome> {
    const [item, ...todo] = job.todo
    if (item === undefined) return report(job)
    await desk.ask(requestOf(job, item), {
      linkFirst: false,
      next: (answer) => jobsAfter({ ...job, todo }, item, answer, clock.now()),
    })
    return { kind: 'done' }
  }

  async function report(job: Several): Promise<JobOutcome> {
    const done = await chatsOf(store, job.decided)
    const refused = await Promise.all(job.refused.map(({ chat }) => store.chat(chat)))
    const notDone = await Promise.all(
      refused.map(async (chat, index): Promise<NotDone | null> => {
        if (chat === null) return null
        const facts = await present.chat(chat, null)
        return { facts, why: whyNotOneText(job.refused[index]?.why ?? '', facts) }
      }),
    )
    const asked = job.decided.length + job.refused.length
    const message = severalReport({
      sentence: severalDoneText(await deedOf(job, done), job.decided.length, asked),
      done: await present.chats(done, null),
      undo: job.what.kind === 'undo' ? [] : job.decided,
      notDone: notDone.filter((one) => one !== null),
    })
    return sentBy(await poster.post(job.by, message))
  }

  async function deedOf({ what }: Several, [chat]: readonly Chat[]): Promise<SeveralDeed> {
    if (what.kind !== 'hand-off') return { kind: what.kind }
    if ('slackUser' in what.to) return { kind: 'hand-off', to: mention(what.to.slackUser) }
    const { providerUser } = what.to
    const who = chat && (await present.people(chat.account, [providerUser])).get(providerUser)
    return { kind: 'hand-off', to: who === undefined ? 'your colleague' : person(who) }
  }

  /** As far as the provider has confirmed them; what is still on its way is waited for, or told of later. */
  async function handed(job: HandedSeveral): Promise<JobOutcome> {
    const events = await Promise.all(job.decisions.map((id) => store.event(id)))
    const all = await Promise.all(events.map(standing))
    const coming = all.flatMap((one) => (one?.kind === 'coming' ? [one.event] : []))
    const arrived = all.flatMap((one) => (one?.kind === 'arrived' ? [one.chat] : []))
    const now = clock.now()
    if (coming.length > 0 && now < job.waitUntil) {
      return { kind: 'later', reason: 'not all of them are confirmed', afterMs: LOOKED_AGAIN_MS }
    }
    const [first] = arrived
    if (first !== undefined) {
      const found = await receiverOf(job.to, first)
      if (found.kind === 'retry') return askAgain(found)
      if (found.kind === 'linked' && found.slackUser !== job.by) {
        const providers = [...new Set(arrived.map(({ account }) => providerLabel(accounts, account)))]
        const sentence = handedSeveralText(mention(job.by), arrived.length, listed(providers))
        const facts = await present.chats(arrived, found.slackUser)
        const posted = await poster.post(found.slackUser, handedSeveral(sentence, facts, job.note))
        if (posted.kind !== 'done') return sentBy(posted)
      }
    }
    if (coming.length > 0) {
      const rest = { ...job, decisions: coming, waitUntil: later(now, TOLD_WITHIN_MS) }
      await store.addJobs([handedSeveralJob(rest, later(now, LOOKED_AGAIN_MS))])
    }
    return { kind: 'done' }
  }

  async function standing(event: AuditEvent | null) {
    const chat = event?.chat == null ? null : await store.chat(event.chat)
    if (event === null || chat === null || event.facts.kind !== 'handed-off') return null
    if (chat.pending?.event === event.id) return { kind: 'coming', event: event.id } as const
    const isTheirs = chat.owner === event.facts.to && chat.pending === null
    return isTheirs ? ({ kind: 'arrived', chat } as const) : null
  }

  async function receiverOf(to: HandedSeveral['to'], { account: id }: Chat) {
    if ('slackUser' in to) return { kind: 'linked', slackUser: to.slackUser } as const
    const account = accounts.get(id)
    return account === undefined
      ? ({ kind: 'nobody' } as const)
      : deps.enrolment.byProviderUser(account, to.providerUser)
  }

  async function mistaken({ by, undone }: MistakenSeveral): Promise<JobOutcome> {
    const told = (await Promise.all(undone.map(toldOf))).filter((user) => user !== null)
    const [to] = told
    if (to === undefined || to === by) return { kind: 'done' }
    const text = mistakenSeveralText(mention(by), told.length)
    return sentBy(await poster.post(to, textMessage(text)))
  }

  /** Whom the hand-off that was undone had been told: nobody before the provider had confirmed it. */
  async function toldOf(id: EventId): Promise<SlackUserId | null> {
    const undone = await store.event(id)
    if (undone?.chat == null || undone.facts.kind !== 'undone') return null
    const { of } = undone.facts
    const decision = await store.event(of)
    if (decision?.facts.kind !== 'handed-off') return null
    const history = await store.history(undone.chat)
    const wasConfirmed = history.some(
      ({ id: each, facts }) => each < id && facts.kind === 'confirmed' && facts.of === of,
    )
    return wasConfirmed ? decision.facts.receiver : null
  }

  return { several, 'handed-several': handed, 'mistaken-several': mistaken }
}

function requestOf({ by, what }: Several, { chat, seen }: Several['todo'][number]): ChatRequest {
  const about = { by, chat, responseUrl: null }
  switch (what.kind) {
    case 'release':
      return { ...about, kind: 'release', reason: what.reason, seen }
    case 'hand-off':
      return { ...about, kind: 'hand-off', to: what.to, note: what.note, onReply: false, seen }
    case 'undo':
      return { ...about, kind: 'undo', event: eventId(seen) }
    default:
      return what satisfies never
  }
}

/** What goes on once one is decided; `job` is without it. */
function jobsAfter(
  job: Several,
  { chat }: Several['todo'][number],
  answer: DeskAnswer,
  now: Instant,
): readonly NewJob[] {
  const decided = answer.kind === 'done' ? [...job.decided, answer.event] : job.decided
  const refused =
    answer.kind === 'refused' ? [...job.refused, { chat, why: answer.refusal.kind }] : job.refused
  const next = severalJob({ ...job, decided, refused }, now)
  if (job.todo.length > 0 || decided.length === 0) return [next]
  const { id, by, what } = job
  switch (what.kind) {
    case 'release':
      return [next]
    case 'hand-off': {
      const { to, note } = what
      const handed = { id, by, to, note, decisions: decided, waitUntil: later(now, TOLD_WITHIN_MS) }
      return [next, handedSeveralJob(handed, later(now, LOOKED_AGAIN_MS))]
    }
    case 'undo':
      return [next, mistakenSeveralJob({ id, by, undone: decided }, now)]
    default:
      return what satisfies never
  }
}
