/** More than any list of chats has rows. */
const MOST = 10_000

/**
 * The same as `read`, but quick for a text that was read before: to read a phone number takes longer than all else
 * about a provider's row, and every list shows much the same numbers.
 */
export const remember = <T>(read: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const now = read(text)
    if (known.size >= MOST) known.clear()
    known.set(text, now)
    return now
  }
}
