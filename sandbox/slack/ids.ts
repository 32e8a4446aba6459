import { randomBytes } from 'node:crypto'

export interface Ids {
  /** A message id: seconds with six decimals, always greater than the last one. */
  readonly ts: () => string
  /** `next('V')` → `V00000001`. */
  readonly next: (prefix: string) => string
  readonly secret: () => string
}

export const createIds = (clock: () => number): Ids => {
  let lastMicros = 0
  let count = 0
  return {
    ts: () => {
      lastMicros = Math.max(lastMicros + 1, Math.floor(clock() * 1000))
      const seconds = Math.floor(lastMicros / 1_000_000)
      return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`
    },
    next: (prefix) => {
      count += 1
      return prefix + count.toString(36).toUpperCase().padStart(8, '0')
    },
    secret: () => randomBytes(12).toString('hex'),
  }
}
