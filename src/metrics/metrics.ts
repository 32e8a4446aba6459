import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Clock } from '../clock.ts'
import { jobKinds } from '../jobs/catalogue.ts'
import type { ProviderAdapter } from '../providers/contract.ts'
import type { Accounts } from '../routing/accounts.ts'
import type { Desk } from '../routing/desk.ts'
import type { AccountId } from '../routing/ids.ts'
import type { Tiers } from '../slack/tiers.ts'
import type { Store } from '../store/contract.ts'
import type { FiguresStore } from '../store/figures-contract.ts'
import { createCallCounter } from './count-calls.ts'
import { countChanges } from './count-changes.ts'
import { countJobs, jobKindLabel } from './count-jobs.ts'
import { countRefusals } from './count-refusals.ts'
import { countTurns } from './count-turns.ts'

/**
 * What Baton tells Prometheus. A part is counted by what stands around it and has the same contract, so no part
 * knows of metrics. Labels are names that the configuration or the code gives: never a person, a chat or a text.
 */
export interface Metrics {
  readonly ofStore: (store: Store) => Store
  readonly ofDesk: (desk: Desk) => Desk
  readonly ofAdapter: (account: AccountId, adapter: ProviderAdapter) => ProviderAdapter
  readonly ofTiers: (tiers: Tiers) => Tiers
  /** Something was told by HTTP; `outcome` is `received`, or why not. */
  readonly told: (told: {
    readonly path: string
    readonly account: AccountId | null
    readonly outcome: string
  }) => void
  /** A payload of Slack's with this `type` was acknowledged; commands have none. */
  readonly acknowledged: (payload: { readonly type: unknown; readonly tookMs: number }) => void
  /** The page, in Prometheus' text format; what is only counted when asked is read now. */
  page(now: Present): Promise<string>
}

/** Where the page finds what nobody counts along. */
interface Present {
  readonly store: FiguresStore
  readonly accounts: Accounts
  /** The accounts of which others may tell. */
  readonly intakes: ReadonlyMap<AccountId, unknown>
  /** The worker's. */
  readonly pools: readonly string[]
  readonly isConnected: () => boolean
}

export function createMetrics(deps: {
  readonly clock: Clock
  /** What is said of the process, in the same format; nothing when absent. */
  readonly processMetrics?: () => Promise<string>
}): Metrics {
  const { clock, processMetrics = async () => '' } = deps
  const registry = new Registry()
  const registers = [registry]
  const ofAccount = <N extends string>(name: N, help: string) =>
    new Gauge({ name, help, labelNames: ['account'] as const, registers })
  const ofKind = <N extends string>(name: N, help: string) =>
    new Gauge({ name, help, labelNames: ['kind'] as const, registers })
  const waiting = ofAccount('baton_waiting_chats', 'Chats that wait for somebody to take them.')
  const longest = ofAccount(
    'baton_longest_wait_seconds',
    'How long the longest-waiting chat has waited; 0 when none waits.',
  )
  const owned = ofAccount('baton_owned_chats', 'Chats that somebody has.')
  const due = ofKind('baton_due_jobs', 'Jobs that could run now and do not yet.')
  const oldest = ofKind(
    'baton_oldest_due_job_seconds',
    'How long the oldest of them has been due; 0 when there is none.',
  )
  const failed = ofKind(
    'baton_failed_jobs',
    'Jobs that were given up, kept until one of the same key replaces them.',
  )
  const connected = new Gauge({
    name: 'baton_slack_connected',
    help: '1 while Slack can reach Baton, else 0.',
    registers,
  })
  const told = new Counter({
    name: 'baton_hook_requests_total',
    help: 'What was told by webhooks and the signed intake: received, or why it was refused.',
    labelNames: ['path', 'account', 'outcome'] as const,
    registers,
  })
  const acknowledgement = new Histogram({
    name: 'baton_slack_ack_seconds',
    help: 'From when a payload of Slack came until it was acknowledged; after 3 s Slack says that Baton does not answer.',
    labelNames: ['type'] as const,
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 3],
    registers,
  })
  const calls = createCallCounter({ registry, clock })

  async function readPresent({ store, accounts, intakes, pools, isConnected }: Present): Promise<void> {
    connected.set(isConnected() ? 1 : 0)
    const now = clock.now()
    const ageSeconds = (since: number | null): number =>
      since === null ? 0 : Math.max(0, now - since) / 1_000
    // What never is shows as 0.
    for (const account of intakes.keys()) told.inc({ path: '/intake', account, outcome: 'received' }, 0)
    for (const { id: account, adapter } of accounts.values()) {
      if (adapter.webhook) told.inc({ path: '/hooks', account, outcome: 'received' }, 0)
      const figures = await store.chatFigures(account)
      waiting.set({ account }, figures.waiting)
      longest.set({ account }, ageSeconds(figures.waitingSince))
      owned.set({ account }, figures.owned)
    }
    for (const gauge of [due, oldest, failed]) {
      gauge.reset()
      for (const kind of Object.keys(jobKinds)) gauge.set({ kind }, 0)
    }
    for (const figures of await store.jobFigures({ now, pools })) {
      const kind = jobKindLabel(figures.kind)
      due.inc({ kind }, figures.due)
      oldest.set({ kind }, ageSeconds(figures.dueSince))
      failed.inc({ kind }, figures.failed)
    }
  }

  return {
    ofStore: (store) => countJobs(countChanges(store, { registry }), { registry, clock }),
    ofDesk: (desk) => countRefusals(desk, { registry }),
    ofAdapter: calls,
    ofTiers: (tiers) => countTurns(tiers, { registry, clock }),
    told: ({ path, account, outcome }) => told.inc({ path, account: account ?? 'unknown', outcome }),
    acknowledged: ({ type, tookMs }) =>
      acknowledgement.observe(
        { type: payloadTypes.find((known) => known === type) ?? 'command' },
        Math.max(0, tookMs) / 1_000,
      ),
    async page(present) {
      await readPresent(present)
      return (await registry.metrics()) + (await processMetrics())
    },
  }
}

/** docs.slack.dev/interactivity/handling-user-interaction, and event_callback of the Events API. */
const payloadTypes = [
  'block_actions',
  'block_suggestion',
  'event_callback',
  'message_action',
  'shortcut',
  'view_closed',
  'view_submission',
] as const
