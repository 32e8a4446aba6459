import type { Clock } from '../clock.ts'
import { backOffMs } from '../jobs/back-off.ts'
import type { Logger } from '../log.ts'
import type { Outcome, ProviderChat, ProviderUser } from '../providers/contract.ts'
import type { HealthDesk } from '../routing/account-health.ts'
import type { Account } from '../routing/accounts.ts'
import type { Enrolment } from '../routing/enrol.ts'
import type { ChatKey, ProviderUserId } from '../routing/ids.ts'
import { observationChange } from '../routing/observation-change.ts'
import { isKnown, type ListedChat, observeAbsent, observeListed, type Poll } from '../routing/observe.ts'
import { isUntold } from '../routing/webhook-silence.ts'
import type { Store } from '../store/contract.ts'

/** How often the provider's users are listed again; somebody unknown in a poll brings it forward. */
const DIRECTORY_EVERY_MS = 10 * 60_000
/** A provider that cannot be read is asked less often, but never less than this. */
const SLOWEST_MS = 5 * 60_000
/** So long it may ask to be left alone; whoever asks for longer is asked whether that is still so. */
const LONGEST_REST_MS = 60 * 60_000

export interface Poller {
  start(): void
  stop(): Promise<void>
  /** One poll, now. Resolves when everything it showed is in the store. */
  pollOnce(): Promise<void>
}

/**
 * Asks one account for its open chats again and again, never twice at once, and tells the store what
 * is new. What has not changed costs no write.
 */
export function createPoller(deps: {
  readonly account: Account
  readonly listChats: NonNullable<Account['adapter']['listChats']>
  readonly store: Pick<Store, 'beginPoll' | 'openChats' | 'change'>
  readonly enrolment: Pick<Enrolment, 'refreshDirectory'>
  readonly health: Pick<HealthDesk, 'read' | 'foundUntold'>
  readonly clock: Clock
  readonly random: () => number
  readonly everyMs: number
  readonly logger: Logger
}): Poller {
  const { account, store, clock, logger } = deps
  let stopped = true
  let cancel = (): void => undefined
  let running: Promise<void> = Promise.resolve()
  let failures = 0
  /** The provider wants no requests for so long. */
  let restMs = 0
  /** Closing takes two polls in a row: one short answer must not close a queue. */
  let absentBefore: ReadonlySet<ChatKey> = new Set()
  let directoryAt: number | null = null
  let knownUsers: ReadonlySet<ProviderUserId> = new Set()

  async function poll(): Promise<void> {
    const number = await store.beginPoll(account.id)
    const beganAt = clock.now()
    const listed = await deps.listChats()
    if (listed.kind !== 'done') {
      failed(listed)
      return deps.health.read(account.id, listed)
    }
    if (failures > 0) logger.info({ account: account.id }, 'The account can be read again')
    failures = 0
    restMs = 0

    const { chats, complete } = listed.value
    await refreshDirectory(chats)
    const context: Poll = { account: account.id, now: clock.now(), poll: number, beganAt }
    const known = new Map((await store.openChats(account.id)).map((chat) => [chat.key, chat]))
    // Whoever has waited longest gets their card first.
    const byAge = [...chats].sort((one, other) => (one.lastMessageAt ?? 0) - (other.lastMessageAt ?? 0))
    const untold = await Promise.all(byAge.map((seen) => tellListed(known.get(seen.key), seen, context)))
    if (complete) await tellAbsent(known, new Set(chats.map((seen) => seen.key)), context)
    if (account.adapter.webhook !== undefined && untold.includes(true))
      await deps.health.foundUntold(account.id)
    await deps.health.read(account.id, listed)
  }

  function failed(outcome: Exclude<Outcome<never>, { readonly kind: 'done' }>): void {
    failures += 1
    restMs = Math.min(LONGEST_REST_MS, (outcome.kind === 'retry' && outcome.afterMs) || 0)
    if (failures === 1)
      logger.warn({ account: account.id, problem: outcome.problem }, 'The account cannot be read')
  }

  async function refreshDirectory(chats: readonly ProviderChat[]): Promise<void> {
    const due = directoryAt === null || clock.now() - directoryAt >= DIRECTORY_EVERY_MS
    const strangers = chats.some((chat) => chat.holder !== null && !knownUsers.has(chat.holder))
    if (!due && !strangers) return
    const listed = await deps.enrolment.refreshDirectory(account)
    if (listed.kind !== 'done') return
    directoryAt = clock.now()
    knownUsers = new Set([
      ...listed.value.map((user: ProviderUser) => user.id),
      // Whom the provider names but does not list stays unknown; asking again would not help.
      ...chats.flatMap((chat) => (chat.holder === null ? [] : [chat.holder])),
    ])
  }

  /** Whether it showed what a webhook would have told. */
  async function tellListed(
    before: ListedChat | undefined,
    seen: ProviderChat,
    context: Poll,
  ): Promise<boolean> {
    if (before !== undefined && isKnown(before, seen, context)) return false
    return store.change({ account: account.id, key: seen.key }, [], (state) => {
      const shown = observeListed(state.chat, seen, state.newChatId, {
        ...context,
        currentPoll: state.currentPoll,
      })
      return { ...observationChange(state, shown, context.now), result: isUntold(state.chat, shown) }
    })
  }

  async function tellAbsent(
    known: ReadonlyMap<ChatKey, unknown>,
    listed: ReadonlySet<ChatKey>,
    context: Poll,
  ): Promise<void> {
    const absent = new Set([...known.keys()].filter((key) => !listed.has(key)))
    const closed = [...absent].filter((key) => absentBefore.has(key))
    absentBefore = absent
    await Promise.all(
      closed.map((key) =>
        store.change({ account: account.id, key }, [], (state) =>
          observationChange(
            state,
            state.chat === null
              ? null
              : observeAbsent(state.chat, { ...context, currentPoll: state.currentPoll }),
            context.now,
          ),
        ),
      ),
    )
  }

  function scheduleNext(): void {
    if (stopped) return
    const everyMs =
      failures === 0
        ? deps.everyMs
        : backOffMs({
            attempts: failures + 1,
            firstMs: deps.everyMs,
            mostMs: Math.max(SLOWEST_MS, deps.everyMs),
            random: 1,
          })
    // Jitter, so that several accounts and several Batons do not ask in step.
    cancel = clock.after(Math.max(restMs, everyMs * (0.9 + 0.2 * deps.random())), tick)
  }

  function pollOnce(): Promise<void> {
    running = running.then(poll).catch((error: unknown) => {
      logger.error({ account: account.id, err: error }, 'A poll ended in an unexpected error')
    })
    return running
  }

  function tick(): void {
    void pollOnce().then(scheduleNext)
  }

  return {
    pollOnce,
    start() {
      stopped = false
      tick()
    },
    async stop() {
      stopped = true
      cancel()
      await running
    },
  }
}
