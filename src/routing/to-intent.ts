import type { ChangeState } from '../store/contract.ts'
import { awayNow } from './away.ts'
import type { Instant, SlackUserId } from './ids.ts'
import type { Actor, Intent, OfferIntent, Receiver, UndoIntent } from './intent.ts'
import type { ChatRequest } from './request.ts'

export type AnyIntent = Intent | OfferIntent | UndoIntent

/** What a request means, as the people named in it are linked now. `together`: it is one of several. */
export function toIntent(
  request: ChatRequest,
  by: Actor,
  state: ChangeState,
  now: Instant,
  together: boolean,
): AnyIntent {
  switch (request.kind) {
    case 'claim':
    case 'claim-next':
    case 'claim-unlisted':
      return { kind: 'claim', by }
    case 'hand-off':
      return {
        kind: 'hand-off',
        by,
        to: receiver(request.to, state),
        note: request.note,
        together,
        onReply: request.onReply,
        seen: request.seen,
      }
    case 'release':
      return { kind: 'release', by, reason: request.reason, seen: request.seen }
    case 'offer':
      return {
        kind: 'offer',
        by,
        to: {
          slackUser: request.to.slackUser,
          providerUser: state.links.get(request.to.slackUser) ?? null,
          isOutside: isOutside(state, request.to.slackUser),
        },
        away: awayNow(state.awayOf(request.to.slackUser), now),
        note: request.note,
        seen: request.seen,
      }
    case 'accept':
    case 'take-back':
      return { kind: request.kind, by, offer: request.offer }
    case 'decline':
      return { kind: 'decline', by, offer: request.offer, reason: request.reason }
    case 'undo':
      return { kind: 'undo', by, event: request.event }
    default:
      return request satisfies never
  }
}

function receiver(to: (ChatRequest & { kind: 'hand-off' })['to'], state: ChangeState): Receiver {
  if ('providerUser' in to) return { kind: 'agent', slackUser: null, providerUser: to.providerUser }
  const { slackUser } = to
  const providerUser = state.links.get(slackUser)
  if (providerUser === undefined) return { kind: 'not-linked', slackUser }
  return isOutside(state, slackUser)
    ? { kind: 'outsider', slackUser }
    : { kind: 'agent', slackUser, providerUser }
}

/** Whoever is deactivated is absent, which says more. */
function isOutside({ profiles }: ChangeState, user: SlackUserId): boolean {
  const profile = profiles.get(user)
  return profile !== undefined && !profile.eligible && !profile.deactivated
}
