/** Something that the demo waited for did not come about. */
export class StuckError extends Error {
  override readonly name = 'StuckError'
}

const WITHIN_MS = 15_000

/** Waits at most 15 s, and says in words for what in vain. */
export async function waitFor<T>(
  what: string,
  wait: (options: { readonly timeoutMs: number }) => Promise<T>,
): Promise<T> {
  try {
    return await wait({ timeoutMs: WITHIN_MS })
  } catch (error) {
    throw new StuckError(`Within ${WITHIN_MS / 1_000} s this did not come about: ${what}.`, { cause: error })
  }
}
