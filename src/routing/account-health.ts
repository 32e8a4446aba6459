import type { Clock } from '../clock.ts'
import { noticeJob } from '../jobs/catalogue.ts'
import type { Outcome, ProviderProblem } from '../providers/contract.ts'
import type { Store } from '../store/contract.ts'
import type { EventFacts } from './audit.ts'
import type { AccountId, Instant, SlackUserId } from './ids.ts'

/** What Baton cannot do at an account: see its chats, or change who has one. */
export type Way = (typeof WAYS)[number]
const WAYS = ['read', 'write'] as const

export interface Trouble {
  readonly problem: ProviderProblem
  readonly since: Instant
  /** What admins were told last, and when. */
  readonly told: { readonly problem: ProviderProblem; readonly at: Instant } | null
}

/** How an account does, as far as polls and assignments have shown: what does not work now. */
export type AccountHealth = Readonly<Partial<Record<Way, Trouble>>>

/** It is not over by itself, and concerns the account, not one chat. */
export const needsAdmin = (problem: string): boolean => ADMINS_PROBLEMS.includes(problem)

const ADMINS_PROBLEMS: readonly string[] = ['token-refused', 'not-allowed', 'channel-not-authorized']

/** What may be over by itself is told when it has lasted so long. */
const TOLD_AFTER_MS = 5 * 60_000
/** One chat of many may go through: admins do not hear of each change. */
const WRITES_SETTLE_MS = 60 * 60_000

/**
 * What one more poll or assignment means; `problem` is null when it went well. Facts are for the admins. The
 * health is the same object where nothing is new.
 */
export function heard(
  health: AccountHealth,
  what: { readonly way: Way; readonly problem: ProviderProblem | null; readonly now: Instant },
): { readonly health: AccountHealth; readonly facts: EventFacts | null } {
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

/** Hears how an account does, keeps it, and tells the admins: once that something is wrong, and once that it is over. */
export interface HealthDesk {
  read(account: AccountId, outcome: Outcome<unknown>): Promise<void>
  /** An assignment that went through, or did not. */
  written(account: AccountId, outcome: Outcome<unknown>): Promise<void>
}

export function createHealthDesk(deps: {
  readonly store: Pick<Store, 'health' | 'changeHealth'>
  readonly clock: Clock
  readonly admins: readonly SlackUserId[]
}): HealthDesk {
  const { store, clock, admins } = deps

  async function hear(account: AccountId, way: Way, problem: ProviderProblem | null): Promise<void> {
    const what = { way, problem, now: clock.now() }
    const known = await store.health(account)
    if (heard(known, what).health === known) return
    await store.changeHealth(account, (before, eventId) => {
      const { health, facts } = heard(before, what)
      if (facts === null) return { health }
      return {
        health,
        event: { at: what.now, account, chat: null, actor: null, via: 'provider', facts },
        jobs: admins.map((admin) => noticeJob(eventId, admin, what.now)),
      }
    })
  }

  return {
    read: (account, outcome) => hear(account, 'read', outcome.kind === 'done' ? null : outcome.problem),
    async written(account, outcome) {
      if (outcome.kind === 'done') return hear(account, 'write', null)
      if (needsAdmin(outcome.problem)) return hear(account, 'write', outcome.problem)
    },
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
