import type { Clock } from '../clock.ts'
import { returnOffersJob } from '../jobs/offer-jobs.ts'
import type { Store } from '../store/contract.ts'
import type { EventFacts, NewEvent } from './audit.ts'
import { type Away, awayNow } from './away.ts'
import type { Instant, SlackUserId } from './ids.ts'

export type AwayAnswer =
  | { readonly kind: 'away'; readonly away: Away }
  | { readonly kind: 'back' }
  | { readonly kind: 'was-not-away' }
  /** Nobody is offered chats before they are linked somewhere. */
  | { readonly kind: 'not-linked' }

export interface AwayDesk {
  /** Nobody can offer the person a chat until then, or until they are back; open offers to them end. */
  leave(user: SlackUserId, until: Instant | null): Promise<AwayAnswer>
  back(user: SlackUserId): Promise<AwayAnswer>
}

export function createAwayDesk(deps: {
  readonly store: Pick<Store, 'setAway' | 'away' | 'links'>
  readonly clock: Clock
}): AwayDesk {
  const { store, clock } = deps

  /** The trail is kept by account: a line in each where they could be offered a chat. */
  const eventsOf = async (user: SlackUserId, at: Instant, facts: EventFacts): Promise<readonly NewEvent[]> =>
    (await store.links(user)).map(({ account }) => ({
      at,
      account,
      chat: null,
      actor: user,
      via: 'slack',
      facts,
    }))

  return {
    async leave(user, until) {
      const now = clock.now()
      const events = await eventsOf(user, now, { kind: 'away', until })
      if (events.length === 0) return { kind: 'not-linked' }
      const away: Away = { since: now, until }
      await store.setAway(user, away, events, [
        returnOffersJob({ to: user, account: null, why: 'away' }, now),
      ])
      return { kind: 'away', away }
    },
    async back(user) {
      const now = clock.now()
      if (awayNow((await store.away([user])).get(user), now) === null) return { kind: 'was-not-away' }
      await store.setAway(user, null, await eventsOf(user, now, { kind: 'back' }), [])
      return { kind: 'back' }
    },
  }
}
