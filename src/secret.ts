import { hash, timingSafeEqual } from 'node:crypto'
import { inspect } from 'node:util'

const hidden = '[secret]'

/**
 * A value that must never be shown. Printing, inspecting or serialising it, or anything that holds it,
 * gives `[secret]`; only `reveal` gives the value.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return hidden
  }

  toJSON(): string {
    return hidden
  }

  [inspect.custom](): string {
    return hidden
  }
}

/** Compares in constant time, however long each is. */
export const sameSecret = (one: string, other: string): boolean =>
  timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))
