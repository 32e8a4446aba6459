import type { AccountId, Instant } from '../routing/ids.ts'

/** How much there is, for metrics: read at each scrape, so it costs little however much there is. */
export interface FiguresStore {
  chatFigures(account: AccountId): Promise<ChatFigures>
  /** Of the kinds that have such jobs; what is due is counted in these pools, and what runs is not due. */
  jobFigures(args: {
    readonly now: Instant
    readonly pools: readonly string[]
  }): Promise<readonly JobFigures[]>
}

export interface ChatFigures {
  readonly waiting: number
  /** Of the longest-waiting chat. */
  readonly waitingSince: Instant | null
  readonly owned: number
}

export interface JobFigures {
  readonly kind: string
  readonly due: number
  readonly dueSince: Instant | null
  /** Given up for good. */
  readonly failed: number
}
