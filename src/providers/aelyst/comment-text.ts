/** Aelyst's page of createcomment: "Comment length must not be greater than 1000 characters". */
const maxLength = 1_000

/**
 * A comment with this text and nothing else: Aelyst fills in `{{@user.ID}}` and `{{$contact.name}}`, and would notify
 * whom a customer's text names so. One that is too long ends with an ellipsis after a whole character. Aelyst does
 * not say what it counts; UTF-16 code units are never fewer than characters.
 */
export const commentText = (text: string): string => {
  const plain = text.replace(/\{(?=\{)/g, '{ ').replace(/\}(?=\})/g, '} ')
  if (plain.length <= maxLength) return plain
  const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })
  let kept = ''
  for (const { segment } of characters.segment(plain)) {
    if (kept.length + segment.length > maxLength - 1) break
    kept += segment
  }
  return `${kept}…`
}
