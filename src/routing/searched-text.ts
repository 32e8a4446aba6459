/** So many letters in a row are what an index of texts knows. */
const INDEXED = 3
const GAP = '  '

/**
 * How texts are kept for searches: without accents, in lower case, with two spaces on each side of each word. So a part
 * of a word is found as it stands, and beginnings and ends of words are three letters in a row, too.
 */
export const searchedText = (...texts: readonly (string | null)[]): string => {
  const words = texts.flatMap((text) => searchedWords(text ?? ''))
  return words.length === 0 ? '' : `${GAP}${words.join(GAP)}${GAP}`
}

/**
 * What to look for to find this word in such a text; any of them will do. A word of one or two letters is found only
 * where a word begins or ends.
 */
export const soughtWord = (word: string): readonly string[] => {
  const letters = [...word]
  return letters.length >= INDEXED
    ? [word]
    : [[...GAP, ...letters].slice(-INDEXED).join(''), [...letters, ...GAP].slice(0, INDEXED).join('')]
}

/** The same for a word that ends like this. */
export const soughtEnd = (end: string): string => `${end}${GAP}`

/** One spelling for what people take for the same word. */
export const searchedWords = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\p{Cs}]/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => word !== '')
