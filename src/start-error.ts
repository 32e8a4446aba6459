/**
 * Why the process cannot start or go on, in one sentence for the person who runs it: what is wrong and
 * what to do. Never holds a secret.
 */
export class StartError extends Error {
  override readonly name = 'StartError'
}
