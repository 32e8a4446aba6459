import type { SlackUser } from '../../../slack/model.ts'

/** What makes somebody different from an ordinary member, in a word; empty for ordinary members. */
export const userRole = (user: SlackUser): string => {
  if (user.isDeleted) return 'deactivated'
  if (user.isStranger) return 'from another company'
  if (user.isRestricted || user.isUltraRestricted) return 'guest'
  if (user.isOwner) return 'owner'
  return user.isAdmin ? 'admin' : ''
}
