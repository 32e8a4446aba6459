import type { AuditEvent } from '../routing/audit.ts'
import type { Holder } from '../routing/chat.ts'
import type { AccountId, EventId, SlackUserId } from '../routing/ids.ts'
import { maskNumbersIn } from '../routing/phone.ts'
import type { Store } from '../store/contract.ts'
import { deedOf } from './deed-of.ts'
import { visibleLines } from './mrkdwn.ts'
import type { Presenter } from './present.ts'
import type { Happening, HistoryLine } from './text-history.ts'
import type { Deed } from './text-notice.ts'
import type { PersonFacts } from './views/chat-facts.ts'

/** What an event of a chat is to its readers; null for events that are not about a chat. */
export type LineOf = (event: AuditEvent) => Promise<HistoryLine | null>

/** Names stand for mentions, which would notify people of what they did themselves. */
export function createHistoryLines(deps: {
  readonly store: Pick<Store, 'event' | 'links' | 'profile'>
  readonly present: Pick<Presenter, 'people'>
}): LineOf {
  const { store, present } = deps

  return async (event) => {
    const { facts, at, via } = event
    const person = (holder: Holder) => holderOf(event.account, holder)
    const line = async (what: Happening, quote: string | null = null): Promise<HistoryLine> => ({
      what,
      at,
      via,
      by: await staff(event.account, event.actor),
      quote: quoted(quote),
    })
    /** What became of a decision, as a line of whoever decided. */
    const lineAbout = async (
      decision: EventId,
      what: (deed: Deed) => Happening,
    ): Promise<HistoryLine | null> => {
      const decided = await store.event(decision)
      const deed = decided === null ? null : deedOf(decided.facts)
      if (decided === null || deed === null) return null
      return { ...(await line(what(deed))), by: await staff(event.account, decided.actor) }
    }
    switch (facts.kind) {
      case 'claimed':
        return line({ kind: 'claimed' })
      case 'handed-off':
        return line(
          { kind: 'handed-off', to: await person(facts.to), onReply: facts.onReply === true },
          facts.note,
        )
      case 'released':
        return line({ kind: 'released' }, facts.reason)
      case 'offered':
        return line({ kind: 'offered', to: await person(facts.to) }, facts.note)
      case 'accepted':
        return line({ kind: 'accepted', from: await person(facts.from) })
      case 'declined':
        return line({ kind: 'declined' }, facts.reason)
      case 'taken-back':
        return line({ kind: 'taken-back' })
      case 'undone': {
        const to = await person(facts.to)
        const undone = await store.event(facts.of)
        const deed = undone === null ? null : deedOf(undone.facts)
        return deed === null ? null : line({ kind: 'undone', deed, to })
      }
      case 'offer-ended':
        return line({ kind: 'offer-ended', why: facts.why })
      case 'confirmed':
        return lineAbout(facts.of, (deed) => ({ kind: 'confirmed', deed, how: facts.how ?? 'confirmed' }))
      case 'delayed':
        return lineAbout(facts.of, (deed) => ({ kind: 'delayed', deed, reason: facts.reason }))
      case 'overruled': {
        const holder = await person(facts.holder)
        return lineAbout(facts.of, (deed) => ({ kind: 'overruled', deed, holder }))
      }
      case 'failed':
        return lineAbout(facts.of, (deed) => ({ kind: 'failed', deed, reason: facts.reason }))
      case 'arrived':
      case 'adopted':
      case 'reopened':
        return line({ kind: facts.kind, holder: await person(facts.holder) })
      case 'closed':
      case 'looked-up':
      case 'number-shown':
        return line({ kind: facts.kind })
      case 'erased':
        return line({ kind: 'erased', afterDays: facts.afterDays })
      case 'contact-saved':
        return line({ kind: 'contact-saved', added: facts.added, fields: facts.fields })
      case 'contact-refused':
        return line({ kind: 'contact-refused', problem: facts.reason, field: facts.field })
      case 'linked':
      case 'unlinked':
      case 'absent':
      case 'returned':
      case 'away':
      case 'back':
      case 'account-trouble':
      case 'account-recovered':
      case 'webhook-silent':
      case 'webhook-heard':
      case 'channel-shut':
      case 'channel-open':
      case 'channel-shared':
      case 'channel-usable':
      case 'job-retried':
      case 'job-given-up':
        return null
      default:
        return facts satisfies never
    }
  }

  async function holderOf(account: AccountId, holder: Holder): Promise<PersonFacts | null> {
    if (holder === null) return null
    return (await present.people(account, [holder], 'names')).get(holder) ?? null
  }

  /** As the provider calls them or, when they are linked no more, Slack. */
  async function staff(account: AccountId, user: SlackUserId | null): Promise<PersonFacts | null> {
    if (user === null) return null
    const link = (await store.links(user)).find((each) => each.account === account)
    if (link !== undefined) return holderOf(account, link.providerUser)
    const profile = await store.profile(user)
    return profile === null ? null : { kind: 'provider', name: profile.name }
  }
}

/** More people than the owner read it. What cannot be seen must not hide a number. */
function quoted(text: string | null): string | null {
  const shown = text === null ? '' : maskNumbersIn(visibleLines(text))
  return shown === '' ? null : shown
}
