import { Counter, Histogram, type Registry } from 'prom-client'
import type { Clock } from '../clock.ts'
import type { Outcome, ProviderAdapter } from '../providers/contract.ts'
import type { AccountId } from '../routing/ids.ts'

/** What becomes of calls to providers, and how long they take. */
export function createCallCounter(deps: {
  readonly registry: Registry
  readonly clock: Pick<Clock, 'now'>
}): (account: AccountId, adapter: ProviderAdapter) => ProviderAdapter {
  const { registry, clock } = deps
  const calls = new Counter({
    name: 'baton_provider_calls_total',
    help: 'What Baton asked of providers, by action and outcome: done, or the problem.',
    labelNames: ['account', 'action', 'outcome'] as const,
    registers: [registry],
  })
  const duration = new Histogram({
    name: 'baton_provider_call_seconds',
    help: 'How long it took, with all requests and waiting for a turn.',
    labelNames: ['account', 'action'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    registers: [registry],
  })

  return (account, adapter) => {
    const counted =
      <A extends readonly unknown[], T>(action: string, call: (...args: A) => Promise<Outcome<T>>) =>
      async (...args: A): Promise<Outcome<T>> => {
        const began = clock.now()
        const outcome = await call(...args)
        calls.inc({ account, action, outcome: outcome.kind === 'done' ? 'done' : outcome.problem })
        duration.observe({ account, action }, Math.max(0, clock.now() - began) / 1_000)
        return outcome
      }
    const {
      assignOnReply,
      unassign,
      readChat,
      listChats,
      findChats,
      listUsers,
      listUserPage,
      comment,
      contacts,
    } = adapter
    return {
      ...adapter,
      assign: counted('assign', adapter.assign),
      ...(assignOnReply && { assignOnReply: counted('assign-on-reply', assignOnReply) }),
      ...(unassign && { unassign: counted('unassign', unassign) }),
      ...(readChat && { readChat: counted('read-chat', readChat) }),
      ...(listChats && { listChats: counted('list-chats', listChats) }),
      ...(findChats && { findChats: counted('find-chats', findChats) }),
      ...(listUsers && { listUsers: counted('list-users', listUsers) }),
      ...(listUserPage && { listUserPage: counted('list-user-page', listUserPage) }),
      ...(comment && { comment: counted('comment', comment) }),
      ...(contacts && {
        contacts: {
          ...contacts,
          read: counted('read-contact', contacts.read),
          save: counted('save-contact', contacts.save),
        },
      }),
      health: counted('health', adapter.health),
    }
  }
}
