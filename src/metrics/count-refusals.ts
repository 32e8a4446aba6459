import { Counter, type Registry } from 'prom-client'
import type { Desk } from '../routing/desk.ts'
import type { Refusal } from '../routing/intent.ts'

/** What people asked for and did not get, whoever was told: a decision, the form for one, or a number. */
export function countRefusals(desk: Desk, { registry }: { readonly registry: Registry }): Desk {
  const refusals = new Counter({
    name: 'baton_refusals_total',
    help: 'Requests that were refused, by what was asked for and why.',
    labelNames: ['request', 'reason'] as const,
    registers: [registry],
  })
  const count = (request: string, refusal: Refusal | null): void => {
    if (refusal !== null) refusals.inc({ request, reason: refusal.kind })
  }
  const counted =
    <A extends readonly unknown[]>(request: string, whyNot: (...args: A) => Promise<Refusal | null>) =>
    async (...args: A): Promise<Refusal | null> => {
      const refusal = await whyNot(...args)
      count(request, refusal)
      return refusal
    }
  return {
    ...desk,
    async ask(request, options) {
      const answer = await desk.ask(request, options)
      if (answer.kind === 'refused') count(request.kind, answer.refusal)
      return answer
    },
    whyNotGiveAway: counted('give-away', desk.whyNotGiveAway),
    whyNotAnswer: counted('answer-offer', desk.whyNotAnswer),
    whyNotEditContact: counted('edit-contact', desk.whyNotEditContact),
    whyNotAddContact: counted('add-contact', desk.whyNotAddContact),
    async showNumber(by, chat) {
      const answer = await desk.showNumber(by, chat)
      if (answer.kind === 'refused') count('show-number', answer.refusal)
      return answer
    },
  }
}
