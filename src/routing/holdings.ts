import type { AuditEvent, EventFacts } from './audit.ts'
import type { Holder } from './chat.ts'
import type { AccountId, ChatId, EventId, Instant, ProviderUserId, SlackUserId } from './ids.ts'

/** One time during which somebody had a chat, by Baton's decision or the provider's word. */
export interface Holding {
  /** The event that began it. */
  readonly event: EventId
  readonly chat: ChatId
  readonly account: AccountId
  readonly owner: ProviderUserId
  /** The owner, where the event itself says who that is in Slack. */
  readonly slackUser: SlackUserId | null
  readonly from: Instant
  /** Null while it lasts. */
  readonly to: Instant | null
  readonly began: EventFacts['kind']
  readonly ended: EventFacts['kind'] | null
  /** Since when the open chat had been nobody's; null where somebody else had it until then, or it was not known. */
  readonly freeSince: Instant | null
}

/** Who had a chat from when to when. `events` are all of one chat, oldest first. */
export function holdings(events: readonly AuditEvent[]): readonly Holding[] {
  const found: Holding[] = []
  let current: Holding | null = null
  let freeSince: Instant | null = null
  for (const { id, at, account, chat, actor, facts } of events) {
    const said = holderAfter(facts)
    if (said === undefined || chat === null || (current !== null && said === current.owner)) continue
    if (current !== null) found.push({ ...current, to: at, ended: facts.kind })
    current =
      said === null
        ? null
        : {
            event: id,
            chat,
            account,
            owner: said,
            slackUser: slackUserIn(facts, actor),
            from: at,
            to: null,
            began: facts.kind,
            ended: null,
            freeSince,
          }
    freeSince = said === null && facts.kind !== 'closed' ? (freeSince ?? at) : null
  }
  return current === null ? found : [...found, current]
}

/** Who has the chat after the event; undefined where the event does not change that. */
function holderAfter(facts: EventFacts): Holder | undefined {
  switch (facts.kind) {
    case 'claimed':
    case 'handed-off':
    case 'accepted':
    case 'undone':
      return facts.to
    case 'released':
    case 'closed':
      return null
    case 'failed':
      return facts.holder ?? null
    case 'overruled':
    case 'arrived':
    case 'adopted':
    case 'reopened':
      return facts.holder
    case 'offered':
    case 'declined':
    case 'taken-back':
    case 'offer-ended':
    case 'confirmed':
    case 'delayed':
    case 'looked-up':
    case 'erased':
    case 'linked':
    case 'unlinked':
    case 'absent':
    case 'returned':
    case 'away':
    case 'back':
    case 'contact-saved':
    case 'contact-refused':
    case 'account-trouble':
    case 'account-recovered':
    case 'webhook-silent':
    case 'webhook-heard':
    case 'channel-shut':
    case 'channel-open':
    case 'channel-shared':
    case 'channel-usable':
    case 'number-shown':
    case 'job-retried':
    case 'job-given-up':
      return undefined
    default:
      return facts satisfies never
  }
}

function slackUserIn(facts: EventFacts, actor: SlackUserId | null): SlackUserId | null {
  if (facts.kind === 'claimed' || facts.kind === 'accepted') return actor
  return facts.kind === 'handed-off' ? facts.receiver : null
}
