/** Runs `run` once after `delayMs` milliseconds, unless the returned function is called before. */
export type After = (delayMs: number, run: () => void) => () => void

/** The real clock's timer; tests pass one of their own. */
export const after: After = (delayMs, run) => {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}
