/** Puts the demo into a terminal: plain words, nothing told by colour, lines short enough for any window. */
export interface Printer {
  heading(text: string): void
  say(text: string): void
  /** What somebody sees or hears, under a label and beside a bar. */
  shown(label: string, lines: readonly string[]): void
  /** The same for one line of several that belong together: it joins the block above if that has the label. */
  noted(label: string, line: string): void
  /** As it is, never broken: for copying. */
  verbatim(line: string): void
}

const WIDEST = 100
const INDENT = '  '

export const createPrinter = (deps: {
  readonly write: (text: string) => void
  /** Width of the terminal; undefined or 0 where it is not known. */
  readonly columns: number | undefined
  readonly style: (style: 'bold' | 'dim', text: string) => string
}): Printer => {
  const { style } = deps
  const columns = Math.min(deps.columns || WIDEST, WIDEST)
  const print = (line: string): void => deps.write(`${line}\n`)
  const wrapped = (text: string, used: number): readonly string[] =>
    text.split('\n').flatMap((line) => wrap(withoutControls(line), Math.max(20, columns - used)))

  /** Label of the block of notes that the terminal ends with. */
  let openLabel: string | null = null

  const beginBlock = (label: string): void => {
    print('')
    for (const line of wrapped(label, INDENT.length)) print(`${INDENT}${style('dim', line)}`)
  }
  const inBlock = (text: string): void => {
    for (const line of wrapped(text, INDENT.length + 2)) print(`${INDENT}${style('dim', '│')} ${line}`)
  }

  return {
    heading(text) {
      openLabel = null
      print('')
      for (const line of wrapped(text, 0)) print(style('bold', line))
    },
    say(text) {
      openLabel = null
      for (const line of wrapped(text, INDENT.length)) print(`${INDENT}${line}`.trimEnd())
    },
    shown(label, lines) {
      openLabel = null
      beginBlock(label)
      for (const line of lines) inBlock(line)
    },
    noted(label, line) {
      if (label !== openLabel) beginBlock(label)
      openLabel = label
      inBlock(line)
    },
    verbatim(line) {
      openLabel = null
      print(line)
    },
  }
}

/** Between words, but never inside one: a number or a name stays whole. */
const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && [...line].length + 1 + [...word].length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** What customers and colleagues write must not steer the terminal. */
const withoutControls = (text: string): string => text.replace(/\p{Cc}/gu, '')
