import type { Clock } from '../clock.ts'
import type { Directory } from './directory.ts'

const DAY_MS = 24 * 60 * 60_000

/** Looks once a day at who is in Slack and at the providers: what no event has told is noticed then. */
export function createDirectoryWatch(deps: {
  readonly directory: Pick<Directory, 'look' | 'lookedAt'>
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}) {
  const { directory, clock } = deps
  let cancel = (): void => undefined
  let stopped = false

  function next(inMs: number): void {
    if (!stopped)
      cancel = clock.after(
        inMs,
        () =>
          void directory
            .look()
            .catch(deps.onError)
            .then(() => next(DAY_MS)),
      )
  }

  return {
    async start(): Promise<void> {
      next(Math.max(0, (await directory.lookedAt()) + DAY_MS - clock.now()))
    },
    stop(): void {
      stopped = true
      cancel()
    },
  }
}
