import type { Clock } from '../clock.ts'

const WITHIN_MS = 5_000

/** What somebody over there answers in time; null when nobody does. */
export async function fetchWithin<T>(
  deps: { readonly clock: Clock; readonly fetch: typeof globalThis.fetch },
  url: string,
  init: RequestInit,
  read: (response: Response) => Promise<T>,
): Promise<T | null> {
  const deadline = new AbortController()
  const cancel = deps.clock.after(WITHIN_MS, () => deadline.abort())
  try {
    return await read(await deps.fetch(url, { ...init, redirect: 'manual', signal: deadline.signal }))
  } catch {
    return null
  } finally {
    cancel()
  }
}
