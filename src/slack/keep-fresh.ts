import type { After } from '../clock.ts'

/** Something that is read from Slack at the start, when Slack says that it changed, and now and then. */
export interface Fresh {
  /** Reads now; asked while it reads, once more after that. Does not wait for it. */
  look(): void
  /** What is still under way comes to nothing. */
  stop(): void
}

/** @param read never rejects; after so many milliseconds it is called again */
export function keepFresh({
  read,
  after,
}: {
  readonly read: () => Promise<number>
  readonly after: After
}): Fresh {
  let reading = false
  let askedAgain = false
  let stopped = false
  let cancel = (): void => undefined

  async function run(): Promise<void> {
    cancel()
    reading = true
    let againAfterMs: number
    do {
      askedAgain = false
      againAfterMs = await read()
    } while (askedAgain && !stopped)
    reading = false
    if (!stopped) cancel = after(againAfterMs, look)
  }

  function look(): void {
    if (reading) askedAgain = true
    else if (!stopped) void run()
  }

  return {
    look,
    stop() {
      stopped = true
      cancel()
    },
  }
}
