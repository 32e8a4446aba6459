import { Counter, type Registry } from 'prom-client'
import type { Desk } from '../routing/desk.ts'

/** What people asked for and did not get, whoever was told. */
export function countRefusals(desk: Desk, { registry }: { readonly registry: Registry }): Desk {
  const refusals = new Counter({
    name: 'baton_refusals_total',
    help: 'Requests that were refused, by what was asked for and why.',
    labelNames: ['request', 'reason'] as const,
    registers: [registry],
  })
  return {
    ...desk,
    async ask(request, options) {
      const answer = await desk.ask(request, options)
      if (answer.kind === 'refused') refusals.inc({ request: request.kind, reason: answer.refusal.kind })
      return answer
    },
  }
}
