/** More than any list of chats has rows. */
const MOST = 10_000

/**
 * The same as `make`, but quick for a text that it was asked about before: reading or spelling a phone number takes
 * longer than all else about a chat, and every list and every view shows much the same numbers.
 */
export const remember = <T>(make: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const made = make(text)
    if (known.size >= MOST) known.clear()
    known.set(text, made)
    return made
  }
}
