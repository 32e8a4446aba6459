import type { Clock } from '../clock.ts'
import { noticeJob } from '../jobs/catalogue.ts'
import type { Outcome, ProviderProblem } from '../providers/contract.ts'
import type { Store } from '../store/contract.ts'
import type { EventFacts } from './audit.ts'
import { type ChannelSharing, heardOfSharing } from './channel-sharing.ts'
import type { AccountId, Instant, SlackUserId } from './ids.ts'
import { foundUntold, type Silence } from './webhook-silence.ts'

/** What Baton cannot do at an account: see its chats, or change who has one. */
export type Way = (typeof WAYS)[number]
export const WAYS = ['read', 'write'] as const

export interface Trouble {
  readonly problem: ProviderProblem
  readonly since: Instant
  /** What admins were told last, and when. */
  readonly told: { readonly problem: ProviderProblem; readonly at: Instant } | null
}

/** How an account does, as far as polls, assignments and webhooks have shown: what does not work now. */
export type AccountHealth = Readonly<Partial<Record<Way, Trouble>>> & {
  readonly silence?: Silence
  /** Slack does not let Baton post in the account's channel; admins were told. */
  readonly channelShut?: true
  /** Since when its channel is not to be written to, because people of another organisation read it. */
  readonly sharedSince?: Instant
}

/** What is new about an account; facts are for the admins. The health is the same object where nothing is new. */
export interface Heard {
  readonly health: AccountHealth
  readonly facts: EventFacts | null
}

/** It is not over by itself, and concerns the account, not one chat. */
export const needsAdmin = (problem: string): boolean => ADMINS_PROBLEMS.includes(problem)

const ADMINS_PROBLEMS: readonly string[] = ['token-refused', 'not-allowed', 'channel-not-authorized']

/** What may be over by itself is told when it has lasted so long. */
const TOLD_AFTER_MS = 5 * 60_000
/** One chat of many may go through: admins do not hear of each change. */
const WRITES_SETTLE_MS = 60 * 60_000

/** What one more poll or assignment means; `problem` is null when it went well. */
export function heard(
  health: AccountHealth,
  what: { readonly way: Way; readonly problem: ProviderProblem | null; readonly now: Instant },
): Heard {
  const { way, problem, now } = what
  return problem === null ? wentWell(health, way, now) : failed(health, way, problem, now)
}

function failed(before: AccountHealth, way: Way, problem: ProviderProblem, now: Instant) {
  const { since = now, told = null } = before[way] ?? {}
  const other = before[way === 'read' ? 'write' : 'read']
  const isKnown = told?.problem === problem || other?.told?.problem === problem
  const isWorthTelling = needsAdmin(problem) ? !isKnown : told === null && now - since >= TOLD_AFTER_MS
  if (before[way] !== undefined && !isWorthTelling) return { health: before, facts: null }
  return {
    health: { ...before, [way]: { problem, since, told: isWorthTelling ? { problem, at: now } : told } },
    facts: isWorthTelling ? ({ kind: 'account-trouble', way, problem, since } as const) : null,
  }
}

function wentWell(before: AccountHealth, way: Way, now: Instant) {
  const settles = way === 'read' || now - (before.write?.told?.at ?? 0) >= WRITES_SETTLE_MS
  // A poll that went well has proved the token.
  const isOver: Readonly<Record<Way, boolean>> = {
    read: way === 'read',
    write: way === 'write' ? settles : before.write?.problem === 'token-refused',
  }
  const over = WAYS.filter((each) => isOver[each] && before[each] !== undefined)
  const told = over.find((each) => before[each]?.told)
  if (over.length === 0) return { health: before, facts: null }
  return {
    health: Object.fromEntries(Object.entries(before).filter(([each]) => !over.some((one) => one === each))),
    facts: told === undefined ? null : ({ kind: 'account-recovered', way: told } as const),
  }
}

/** What it means that a poll found something before the account's webhook told it. */
export function heardByPoll(before: AccountHealth, now: Instant): Heard {
  const silence = foundUntold(before.silence, now)
  if (silence === before.silence) return { health: before, facts: null }
  const facts = silence.told === null ? null : ({ kind: 'webhook-silent', since: silence.since } as const)
  return { health: { ...before, silence }, facts }
}

/** What it means that the account's webhook told something. */
export function heardByWebhook(before: AccountHealth): Heard {
  const { silence, ...health } = before
  if (silence === undefined) return { health: before, facts: null }
  return { health, facts: silence.told === null ? null : { kind: 'webhook-heard' } }
}

/** What it means that Slack took a card for the account's channel, or does not let Baton post there. */
export function heardOfChannel(before: AccountHealth, channel: string, isOpen: boolean): Heard {
  const { channelShut, ...health } = before
  if ((channelShut === undefined) === isOpen) return { health: before, facts: null }
  return isOpen
    ? { health, facts: { kind: 'channel-open' } }
    : { health: { ...before, channelShut: true }, facts: { kind: 'channel-shut', channel } }
}

/** Whether the account still does as badly as the event said, which may be told late; of what was over, nothing is left. */
export function isStillSo(facts: EventFacts, health: AccountHealth): boolean {
  switch (facts.kind) {
    case 'account-trouble':
      return health[facts.way] !== undefined
    case 'webhook-silent':
      return health.silence?.told != null
    case 'channel-shut':
      return health.channelShut !== undefined
    case 'channel-shared':
      return health.sharedSince !== undefined
    default:
      return false
  }
}

/** Hears how an account does, keeps it, and tells the admins: once that something is wrong, and once that it is over. */
export interface HealthDesk {
  read(account: AccountId, outcome: Outcome<unknown>): Promise<void>
  /** An assignment that went through or did not, or whatever else shows how those would do. */
  written(account: AccountId, outcome: Outcome<unknown>): Promise<void>
  /** A poll of an account with a webhook found what the webhook had not told. */
  foundUntold(account: AccountId): Promise<void>
  /** Something was told without a poll. */
  told(account: AccountId): Promise<void>
  /** Slack took a card for the account's channel, or does not let Baton post there. */
  posted(account: AccountId, channel: string, isOpen: boolean): Promise<void>
  /** When that last went well there since Baton has started; null when it has not. */
  lastWell(account: AccountId, way: Way): Instant | null
  /** Slack has said who reads the account's channel. */
  channel(account: AccountId, sharing: ChannelSharing): Promise<void>
}

export function createHealthDesk(deps: {
  readonly store: Pick<Store, 'health' | 'changeHealth'>
  readonly clock: Clock
  readonly admins: readonly SlackUserId[]
}): HealthDesk {
  const { store, clock, admins } = deps
  /** Only remembered: that it goes well is written nowhere. */
  const well = { read: new Map<AccountId, Instant>(), write: new Map<AccountId, Instant>() }

  async function hear(
    account: AccountId,
    rule: (health: AccountHealth, now: Instant) => Heard,
  ): Promise<void> {
    const now = clock.now()
    const known = await store.health(account)
    if (rule(known, now).health === known) return
    await store.changeHealth(account, (before, eventId) => {
      const { health, facts } = rule(before, now)
      if (facts === null) return { health }
      return {
        health,
        event: { at: now, account, chat: null, actor: null, via: 'provider', facts },
        jobs: admins.map((admin) => noticeJob(eventId, admin, now)),
      }
    })
  }

  function hearOf(account: AccountId, way: Way, problem: ProviderProblem | null): Promise<void> {
    if (problem === null) well[way].set(account, clock.now())
    return hear(account, (health, now) => heard(health, { way, problem, now }))
  }

  return {
    read: (account, outcome) => hearOf(account, 'read', outcome.kind === 'done' ? null : outcome.problem),
    async written(account, outcome) {
      if (outcome.kind === 'done') return hearOf(account, 'write', null)
      if (needsAdmin(outcome.problem)) return hearOf(account, 'write', outcome.problem)
    },
    lastWell: (account, way) => well[way].get(account) ?? null,
    foundUntold: (account) => hear(account, heardByPoll),
    told: (account) => hear(account, heardByWebhook),
    posted: (account, channel, isOpen) => hear(account, (health) => heardOfChannel(health, channel, isOpen)),
    channel: (account, sharing) => hear(account, (before, now) => heardOfSharing(before, sharing, now)),
  }
}

/** An account whose chats, as they stand here, may be out of date. */
export interface StaleAccount {
  readonly account: AccountId
  readonly notReadSince: Instant
}

/** So many polls may fail before anybody needs to know. */
const POLLS_UNTIL_STALE = 3

/** @param deps.pollEveryMs of the accounts that are polled at all */
export const createStaleAccounts =
  (deps: {
    readonly store: Pick<Store, 'health'>
    readonly clock: Clock
    readonly pollEveryMs: ReadonlyMap<AccountId, number>
  }) =>
  async (): Promise<readonly StaleAccount[]> => {
    const now = deps.clock.now()
    const all = await Promise.all(
      [...deps.pollEveryMs].map(async ([account, everyMs]) => {
        const since = (await deps.store.health(account)).read?.since
        const isFresh = since === undefined || now - since <= POLLS_UNTIL_STALE * everyMs
        return isFresh ? [] : [{ account, notReadSince: since }]
      }),
    )
    return all.flat()
  }
