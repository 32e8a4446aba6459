import type { Clock } from '../clock.ts'
import type { JobPayload } from '../jobs/catalogue.ts'
import { returnOffersJob } from '../jobs/offer-jobs.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { Logger } from '../log.ts'
import type { AuditEvent, EventFacts } from '../routing/audit.ts'
import type { Chat } from '../routing/chat.ts'
import { OFFER_LASTS_MS } from '../routing/decide-offer.ts'
import { type EventId, later } from '../routing/ids.ts'
import { endOfOffer } from '../routing/offer-end.ts'
import type { Store } from '../store/contract.ts'
import { isLate } from './late-news.ts'
import { type NotSent, notSent, type Poster } from './poster.ts'
import type { Presenter } from './present.ts'
import type { OfferEnd, Vain } from './text-offer.ts'
import { offerMessage, offerOverMessage } from './views/offer.ts'

type Offered = Extract<EventFacts, { kind: 'offered' }>

/** The job handlers that tell the two whom an offer concerns how it stands. */
export function createOffers(deps: {
  readonly store: Pick<
    Store,
    'chat' | 'event' | 'history' | 'change' | 'offerMessage' | 'saveOfferMessage' | 'endOfferMessage'
  >
  readonly present: Pick<Presenter, 'chat' | 'people'>
  readonly poster: Pick<Poster, 'post' | 'update'>
  readonly clock: Clock
  readonly logger: Logger
}) {
  const { store, present, poster, clock, logger } = deps

  /** The question to whoever is asked, and in its place the end. */
  async function show({ offer: id }: JobPayload<'offer'>): Promise<JobOutcome> {
    const offer = await offered(id)
    if (offer === null) return { kind: 'done' }
    const { chat, event, facts } = offer
    const existing = await store.offerMessage(id)
    const end = chat.offer?.event === id ? null : await endOf(id, chat)
    // Over before anybody was asked.
    if (existing === null && end !== null) return { kind: 'done' }
    const message = offerMessage(
      { offer: id, from: event.actor, note: facts.note, until: later(event.at, OFFER_LASTS_MS), end },
      await present.chat(chat, facts.receiver),
    )
    if (existing === null) {
      const posted = await poster.post(facts.receiver, message)
      if (posted.kind !== 'done') {
        const again = notDone(posted, event)
        if (again.kind === 'failed') await giveUp(offer)
        return again
      }
      await store.saveOfferMessage({ offer: id, channel: posted.channel, ts: posted.ts })
      return { kind: 'done' }
    }
    const updated = await poster.update(existing, message)
    const again = updated.kind === 'done' ? null : notSent(updated, 'elsewhere')
    if (again !== null && again.kind !== 'failed') return again
    if (end !== null) await store.endOfferMessage(id)
    return { kind: 'done' }
  }

  /** The end, to whoever had asked. */
  async function tellOver({ offer: id }: JobPayload<'offer-over'>): Promise<JobOutcome> {
    const offer = await offered(id)
    if (offer === null || offer.event.actor === null) return { kind: 'done' }
    const { chat, event, facts } = offer
    const shown = await present.chat(chat, event.actor)
    // To others than whoever still has the chat it makes no difference any more.
    const isTheirs = shown.owner?.kind === 'slack' && shown.owner.user === event.actor
    if (isLate(event.at, clock.now()) && !isTheirs) return { kind: 'done' }
    const message = offerOverMessage(facts.receiver, await endOf(id, chat), shown)
    const posted = await poster.post(offer.event.actor, message)
    return posted.kind === 'done' ? { kind: 'done' } : notDone(posted, event)
  }

  /** Slack delivers nothing to whoever is asked: better that the other hears of it now than in a quarter of an hour. */
  const giveUp = ({ chat, facts }: { readonly chat: Chat; readonly facts: Offered }): Promise<null> =>
    store.change({ chat: chat.id }, [], () => ({
      result: null,
      jobs: [returnOffersJob({ to: facts.receiver, account: null, why: 'gone' }, clock.now())],
    }))

  async function offered(id: EventId) {
    const event = await store.event(id)
    const chat = event?.chat == null ? null : await store.chat(event.chat)
    if (event === null || chat === null || event.facts.kind !== 'offered') return null
    return { chat, event, facts: event.facts }
  }

  async function endOf(offer: EventId, chat: Chat): Promise<OfferEnd> {
    const history = await store.history(chat.id)
    const end = endOfOffer(history, offer)
    switch (end?.facts.kind) {
      case 'accepted':
        return { kind: 'accepted', vain: await vainOf(end.id, history) }
      case 'declined':
        return { kind: 'declined', reason: end.facts.reason }
      case 'taken-back':
        return { kind: 'taken-back', by: end.actor }
      case 'offer-ended':
        return { kind: 'ended', why: end.facts.why }
      case 'offered':
        return { kind: 'replaced', by: end.actor, to: end.facts.receiver }
      case 'closed':
        return { kind: 'closed' }
      default:
        return { kind: 'moved-on' }
    }
  }

  /** What kept the provider from going along with the decision of event `of`; null when nothing has. */
  async function vainOf(of: EventId, history: readonly AuditEvent[]): Promise<Vain | null> {
    for (const { account, facts } of history) {
      if (facts.kind === 'failed' && facts.of === of) return { kind: 'failed', reason: facts.reason }
      if (facts.kind === 'overruled' && facts.of === of) {
        const { holder } = facts
        if (holder === null) return { kind: 'overruled', holder }
        return { kind: 'overruled', holder: (await present.people(account, [holder])).get(holder) ?? null }
      }
    }
    return null
  }

  function notDone(posted: NotSent, { account }: AuditEvent): JobOutcome {
    const again = notSent(posted, 'elsewhere')
    if (again.kind === 'failed') logger.error({ account, code: again.reason }, 'Slack refused a message')
    return again
  }

  return { offer: show, 'offer-over': tellOver }
}
