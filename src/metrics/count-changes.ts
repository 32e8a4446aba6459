import { Counter, Histogram, type Registry } from 'prom-client'
import type { NewEvent } from '../routing/audit.ts'
import type { Chat } from '../routing/chat.ts'
import type { EventId } from '../routing/ids.ts'
import type { Change, ChangeState, Store } from '../store/contract.ts'

type Changing = Pick<Store, 'change' | 'changeOnce' | 'event'>

/** What happens to chats, once it is committed: the audit trail's events of chats, and how long things took. */
export function countChanges<S extends Changing>(store: S, { registry }: { readonly registry: Registry }): S {
  const events = new Counter({
    name: 'baton_chat_events_total',
    help: 'What happened to chats, by the kind of the audit event: claimed, handed-off, released, confirmed, overruled, failed, adopted and so on.',
    labelNames: ['account', 'kind'] as const,
    registers: [registry],
  })
  const claimWait = new Histogram({
    name: 'baton_claim_wait_seconds',
    help: 'How long a customer had waited when somebody claimed the chat.',
    labelNames: ['account'] as const,
    buckets: [15, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 43_200, 86_400],
    registers: [registry],
  })
  const confirmation = new Histogram({
    name: 'baton_confirmation_seconds',
    help: 'From a decision in Slack until the provider agreed (confirmed), had somebody else (overruled) or did not take it (failed).',
    labelNames: ['account', 'outcome'] as const,
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800],
    registers: [registry],
  })

  function happened(before: Chat | null, { account, at, facts }: NewEvent): void {
    events.inc({ account, kind: facts.kind })
    switch (facts.kind) {
      case 'claimed':
        if (before?.waitingSince != null) claimWait.observe({ account }, secondsFrom(before.waitingSince, at))
        return
      case 'confirmed':
      case 'overruled':
      case 'failed':
        void settled(facts.of, (decidedAt) =>
          confirmation.observe({ account, outcome: facts.kind }, secondsFrom(decidedAt, at)),
        )
        return
      default:
    }
  }

  /** Of a store that was closed meanwhile nothing more is counted. */
  const settled = (decision: EventId, observe: (decidedAt: number) => void): Promise<void> =>
    store.event(decision).then(
      (event) => void (event !== null && observe(event.at)),
      () => undefined,
    )

  /** `decide` may run more than once; what counts is the last time, which is the one that is committed. */
  function noting<R>(decide: (state: ChangeState) => Change<R>) {
    let last: { readonly before: Chat | null; readonly event: NewEvent | undefined } | null = null
    return {
      decide(state: ChangeState): Change<R> {
        const change = decide(state)
        last = { before: state.chat, event: change.event }
        return change
      },
      committed(): void {
        if (last?.event !== undefined) happened(last.before, last.event)
      },
    }
  }

  return {
    ...store,
    async change(target, people, decide) {
      const noted = noting(decide)
      const result = await store.change(target, people, noted.decide)
      noted.committed()
      return result
    },
    async changeOnce(target, seen, decide) {
      const noted = noting(decide)
      const result = await store.changeOnce(target, seen, noted.decide)
      noted.committed()
      return result
    },
  }
}

/** Clocks are set back now and then. */
const secondsFrom = (from: number, to: number): number => Math.max(0, to - from) / 1_000
