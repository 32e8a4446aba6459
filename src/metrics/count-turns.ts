import { Counter, Histogram, type Registry } from 'prom-client'
import type { Clock } from '../clock.ts'
import type { Tiers } from '../slack/tiers.ts'

/** Calls of Slack's limited methods: what became of them, and how long they waited for their turn. */
export function countTurns(
  tiers: Tiers,
  deps: { readonly registry: Registry; readonly clock: Pick<Clock, 'now'> },
): Tiers {
  const { registry, clock } = deps
  const calls = new Counter({
    name: 'baton_slack_calls_total',
    help: 'Calls of Slack methods: sent, refused (Slack wants fewer: 429), postponed (no turn in time, nothing was sent) or failed.',
    labelNames: ['method', 'outcome'] as const,
    registers: [registry],
  })
  const wait = new Histogram({
    name: 'baton_slack_turn_wait_seconds',
    help: "How long calls waited for their turn under Slack's limits, those included that got none.",
    labelNames: ['method'] as const,
    buckets: [0.01, 0.1, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  return {
    ...tiers,
    async inTurn(call, send) {
      const { method } = call
      const began = clock.now()
      let turnAt: number | null = null
      let outcome = 'failed'
      try {
        const sent = await tiers.inTurn(call, () => {
          turnAt = clock.now()
          return send()
        })
        outcome = sent.kind === 'sent' ? 'sent' : turnAt === null ? 'postponed' : 'refused'
        return sent
      } finally {
        calls.inc({ method, outcome })
        wait.observe({ method }, Math.max(0, (turnAt ?? clock.now()) - began) / 1_000)
      }
    },
  }
}
