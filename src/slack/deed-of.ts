import type { EventFacts } from '../routing/audit.ts'
import type { Deed } from './text-notice.ts'

/** What somebody decided; null for every other event. */
export function deedOf(facts: EventFacts): Deed | null {
  switch (facts.kind) {
    case 'claimed':
      return 'claim'
    case 'handed-off':
      return 'hand-off'
    case 'accepted':
      return 'acceptance'
    case 'released':
      return 'release'
    case 'undone':
      return 'undo'
    default:
      return null
  }
}
