import type { AuditEvent, EventFacts } from './audit.ts'
import type { EventId } from './ids.ts'

/** The event that ended the offer, of the chat's whole trail; null while it is open. */
export const endOfOffer = (history: readonly AuditEvent[], offer: EventId): AuditEvent | null =>
  history.find(({ id, facts }) => id > offer && endsOffers(facts)) ?? null

/** An offer ends with whatever gives the chat another owner or closes it, and with the next offer. */
function endsOffers(facts: EventFacts): boolean {
  switch (facts.kind) {
    case 'offered':
    case 'accepted':
    case 'declined':
    case 'taken-back':
    case 'offer-ended':
    case 'claimed':
    case 'handed-off':
    case 'released':
    case 'undone':
    case 'overruled':
    case 'failed':
    case 'adopted':
    case 'closed':
    case 'reopened':
    case 'arrived':
      return true
    default:
      return false
  }
}
