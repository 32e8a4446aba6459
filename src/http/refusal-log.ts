import type { Logger } from '../log.ts'
import type { AccountId, Instant } from '../routing/ids.ts'

const perMs = 60_000

interface Refusal {
  /** `/hooks` */
  readonly path: string
  /** Null where it is not known to exist: the log holds nothing that a stranger wrote. */
  readonly account: AccountId | null
  readonly reason: string
  readonly err?: unknown
}

/**
 * One line for a refused request, but of each kind at most one in a minute, so that a flood cannot fill the disk;
 * `unlogged` is how many there were since the last line.
 */
export const createRefusalLog = (deps: {
  readonly logger: Logger
  readonly now: () => Instant
}): ((refusal: Refusal) => void) => {
  const last = new Map<string, { readonly at: Instant; unlogged: number }>()
  return ({ path, account, reason, err }) => {
    const kind = `${path} ${account} ${reason}`
    const at = deps.now()
    const before = last.get(kind)
    if (before !== undefined && Math.abs(at - before.at) < perMs) {
      before.unlogged += 1
      return
    }
    last.set(kind, { at, unlogged: 0 })
    deps.logger.warn(
      { path, account, reason, unlogged: before?.unlogged ?? 0, ...(err === undefined ? {} : { err }) },
      'Something told by HTTP was refused',
    )
  }
}
