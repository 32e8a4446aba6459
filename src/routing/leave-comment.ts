import type { JobOutcome } from '../jobs/worker.ts'
import type { Store } from '../store/contract.ts'
import type { Accounts } from './accounts.ts'
import type { AuditEvent } from './audit.ts'
import type { EventId, ProviderUserId } from './ids.ts'
import { tryAgain } from './try-again.ts'

/** A hand-off's note, for whoever opens the chat at the provider. */
export interface HandOffComment {
  readonly from: string | null
  readonly to: string
  readonly note: string
}

/**
 * Leaves the note of a confirmed hand-off at a provider that keeps notes for staff. After a lost answer it
 * may stand there twice, which does no harm; missing it would.
 */
export function createCommenting(deps: {
  readonly store: Pick<Store, 'event' | 'chat' | 'links' | 'providerUsers'>
  readonly accounts: Accounts
  readonly sentence: (comment: HandOffComment) => string
}) {
  const { store, accounts } = deps

  /** An accepted offer is a hand-off whose note is in the event of the offer. */
  async function handedOver({ facts, actor }: AuditEvent) {
    if (facts.kind === 'handed-off') return { by: actor, to: facts.to, note: facts.note }
    if (facts.kind !== 'accepted') return null
    const offered = await store.event(facts.offer)
    if (offered?.facts.kind !== 'offered') return null
    return { by: offered.actor, to: facts.to, note: offered.facts.note }
  }

  return async ({ event: id }: { readonly event: EventId }): Promise<JobOutcome> => {
    const event = await store.event(id)
    const chat = event?.chat == null ? null : await store.chat(event.chat)
    if (event === null || chat === null) return { kind: 'done' }
    const handed = await handedOver(event)
    if (handed === null || handed.note === null) return { kind: 'done' }
    const adapter = accounts.get(event.account)?.adapter
    if (adapter?.comment === undefined) return { kind: 'done' }

    const users = await store.providerUsers(event.account)
    const nameOf = (user: ProviderUserId): string =>
      users.find((each) => each.id === user)?.name ?? `user ${user}`
    const links = handed.by === null ? [] : await store.links(handed.by)
    const from = links.find((link) => link.account === event.account)?.providerUser
    const { to, note } = handed
    const text = deps.sentence({ from: from === undefined ? null : nameOf(from), to: nameOf(to), note })
    const left = await adapter.comment(chat.key, text)
    switch (left.kind) {
      case 'done':
        return { kind: 'done' }
      case 'refused':
        return { kind: 'failed', reason: left.problem }
      case 'retry':
        return tryAgain(left)
      default:
        return left satisfies never
    }
  }
}
