import type { AuditEvent, EventFacts } from '../routing/audit.ts'
import type { Holder } from '../routing/chat.ts'
import { isErased } from '../routing/erase.ts'
import { type Holding, holdings } from '../routing/holdings.ts'
import type { AccountId, Instant, SlackUserId } from '../routing/ids.ts'
import { maskKey, maskNumbersIn, spellPhone } from '../routing/phone.ts'
import type { readStaff } from '../store/sqlite/read-staff.ts'
import type { TrailEvent } from '../store/trail.ts'
import type { Cell } from './csv.ts'

/** Of each kind of line, in their order. */
export const columns = {
  events: [
    'event',
    'at',
    'account',
    'chat',
    'customer',
    'number',
    'what',
    'where',
    'by',
    'by_name',
    'from',
    'from_name',
    'to',
    'to_name',
    'slack_user',
    'slack_name',
    'why',
    'how',
    'decision',
  ],
  holdings: [
    'holding',
    'account',
    'chat',
    'customer',
    'number',
    'owner',
    'owner_name',
    'slack_user',
    'slack_name',
    'from',
    'to',
    'began',
    'ended',
    'seconds',
    'waited_seconds',
  ],
} as const

/** One line. Its values stand in the order of the columns. */
export type Row = EventRow | HoldingRow
type EventRow = Readonly<Record<(typeof columns.events)[number], Cell>>
type HoldingRow = Readonly<Record<(typeof columns.holdings)[number], Cell>>

export interface ExportRows {
  /** What happened. */
  ofEvent(event: TrailEvent): EventRow
  /** Who had a chat from when to when. `events` are all of the chat. */
  ofHoldings(events: readonly TrailEvent[], since: Instant | null): readonly HoldingRow[]
}

/** @param options.numbers whether customers' numbers are shown in full */
export function createExportRows({
  staff,
  numbers,
}: {
  readonly staff: ReturnType<typeof readStaff>
  readonly numbers: boolean
}): ExportRows {
  const providerNames = new Map(
    staff.providerUsers.map(({ account, id, name }) => [`${account} ${id}`, name]),
  )
  const slackNames = new Map(staff.profiles.map(({ user, name }) => [user, name]))
  const linked = new Map(
    staff.links.map(({ account, providerUser, slackUser }) => [`${account} ${providerUser}`, slackUser]),
  )
  const nameOf = (account: AccountId, user: Holder): string | null =>
    user === null ? null : (providerNames.get(`${account} ${user}`) ?? null)
  const slackNameOf = (user: SlackUserId | null): string | null =>
    user === null ? null : (slackNames.get(user) ?? null)
  const typed = (text: string | null): string | null =>
    text === null || numbers ? text : maskNumbersIn(text)

  const customerOf = ({ customer }: TrailEvent): Named => {
    if (customer === null || isErased(customer)) return { customer: null, number: null }
    const { name, phone, key } = customer
    if (numbers) return { customer: name, number: phone ?? key }
    return { customer: typed(name), number: phone === null ? maskKey(key) : spellPhone(phone).masked }
  }

  const holdingRow = (holding: Holding, customer: Named): HoldingRow => {
    const { account, owner, from, to, freeSince } = holding
    const slackUser = holding.slackUser ?? linked.get(`${account} ${owner}`) ?? null
    return {
      holding: holding.event,
      account,
      chat: holding.chat,
      ...customer,
      owner,
      owner_name: nameOf(account, owner),
      slack_user: slackUser,
      slack_name: slackNameOf(slackUser),
      from: iso(from),
      to: to === null ? null : iso(to),
      began: holding.began,
      ended: holding.ended,
      seconds: to === null ? null : seconds(to - from),
      waited_seconds: freeSince === null ? null : seconds(from - freeSince),
    }
  }

  return {
    ofEvent(line) {
      const { id, at, account, chat, actor, via, facts } = line.event
      const { from, to, slackUser, why, how, decision } = detailsOf(facts)
      return {
        event: id,
        at: iso(at),
        account,
        chat,
        ...customerOf(line),
        what: facts.kind,
        where: via,
        by: actor,
        by_name: slackNameOf(actor),
        from,
        from_name: nameOf(account, from),
        to,
        to_name: nameOf(account, to),
        slack_user: slackUser,
        slack_name: slackNameOf(slackUser),
        why: typed(why),
        how,
        decision,
      }
    },
    ofHoldings(lines, since) {
      const [first] = lines
      if (first === undefined) return []
      const customer = customerOf(first)
      return holdings(lines.map(({ event }) => event))
        .filter(({ to }) => since === null || to === null || to >= since)
        .map((holding) => holdingRow(holding, customer))
    },
  }
}

type Named = Pick<HoldingRow, 'customer' | 'number'>

interface Details {
  /** Who had the chat, and who has it or is to have it. */
  readonly from: Holder
  readonly to: Holder
  readonly slackUser: SlackUserId | null
  /** A note, a reason, or the code of a problem. */
  readonly why: string | null
  readonly how: string | null
  /** The event that this one is about. */
  readonly decision: AuditEvent['id'] | null
}

const noDetails: Details = { from: null, to: null, slackUser: null, why: null, how: null, decision: null }

function detailsOf(facts: EventFacts): Details {
  switch (facts.kind) {
    case 'claimed':
      return { ...noDetails, to: facts.to }
    case 'handed-off':
      return {
        ...noDetails,
        from: facts.from,
        to: facts.to,
        slackUser: facts.receiver,
        why: facts.note,
        how: facts.onReply ? 'on-reply' : null,
      }
    case 'released':
      return { ...noDetails, from: facts.from, why: facts.reason }
    case 'offered':
      return { ...noDetails, to: facts.to, slackUser: facts.receiver, why: facts.note }
    case 'accepted':
      return { ...noDetails, from: facts.from, to: facts.to, decision: facts.offer }
    case 'declined':
      return { ...noDetails, why: facts.reason, decision: facts.offer }
    case 'undone':
      return { ...noDetails, to: facts.to, decision: facts.of }
    case 'taken-back':
      return { ...noDetails, decision: facts.offer }
    case 'offer-ended':
      return { ...noDetails, why: facts.why, decision: facts.offer }
    case 'confirmed':
      return { ...noDetails, to: facts.holder, how: facts.how ?? 'confirmed', decision: facts.of }
    case 'delayed':
      return { ...noDetails, why: facts.reason, decision: facts.of }
    case 'overruled':
      return { ...noDetails, from: facts.wanted, to: facts.holder, decision: facts.of }
    case 'failed':
      return {
        ...noDetails,
        from: facts.wanted,
        to: facts.holder ?? null,
        why: facts.reason,
        decision: facts.of,
      }
    case 'arrived':
    case 'reopened':
      return { ...noDetails, to: facts.holder }
    case 'adopted':
      return { ...noDetails, from: facts.from, to: facts.holder }
    case 'closed':
    case 'looked-up':
    case 'number-shown':
      return noDetails
    case 'erased':
      return { ...noDetails, why: `after ${facts.afterDays} days` }
    case 'linked':
      return { ...noDetails, to: facts.to, slackUser: facts.slackUser, how: facts.how }
    case 'unlinked':
      return { ...noDetails, from: facts.from, slackUser: facts.slackUser }
    case 'absent':
    case 'returned':
      return { ...noDetails, to: facts.user, why: facts.why }
    case 'contact-saved':
      return { ...noDetails, how: [facts.added ? 'added' : 'changed', ...facts.fields].join(' ') }
    case 'contact-refused':
      return { ...noDetails, why: facts.reason, how: facts.field }
    case 'account-trouble':
      return { ...noDetails, why: facts.problem, how: `${facts.way} since ${iso(facts.since)}` }
    case 'account-recovered':
      return { ...noDetails, how: facts.way }
    case 'webhook-silent':
      return { ...noDetails, how: `since ${iso(facts.since)}` }
    case 'away':
      return { ...noDetails, how: facts.until === null ? null : `until ${iso(facts.until)}` }
    case 'channel-shut':
    case 'channel-shared':
    case 'channel-usable':
      return { ...noDetails, how: facts.channel }
    case 'job-retried':
    case 'job-given-up':
      return { ...noDetails, why: facts.reason, how: facts.job }
    case 'webhook-heard':
    case 'channel-open':
    case 'back':
      return noDetails
    default:
      return facts satisfies never
  }
}

const iso = (at: Instant): string => new Date(at).toISOString()
/** A clock that was set back must not make them negative. */
const seconds = (ms: number): number => Math.max(0, Math.round(ms / 1_000))
