import type { Instant } from '../routing/ids.ts'
import type { ContactNotice } from './text-contact.ts'
import type { Notice } from './text-notice.ts'

/** Slack may be away for hours, and what people are to be told waits for it. */
const LATE_MS = 60 * 60_000

export const isLate = (at: Instant, now: Instant): boolean => now - at >= LATE_MS

/** What asks nothing of its reader: by then the card and the Home tab have said it, and it may have changed again. */
const ALL_IS_WELL: readonly (Notice['kind'] | ContactNotice['kind'])[] = ['confirmed', 'overtaken', 'saved']

/** Whether somebody is still to be told of something that happened then; what asks something of them always is. */
export const isWorthTelling = (
  what: Notice['kind'] | ContactNotice['kind'],
  at: Instant,
  now: Instant,
): boolean => !(isLate(at, now) && ALL_IS_WELL.includes(what))
