import { createHash } from 'node:crypto'

/** Of what a message or view shows: an equal rendering is not sent again. */
export const digestOf = (shown: string): string =>
  createHash('sha256').update(shown).digest('base64url').slice(0, 16)
