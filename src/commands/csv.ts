export type Cell = string | number | null

/**
 * A line of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front
 * (owasp.org, CSV injection): customers choose their names. So does what looks as if it had one, and `parseCsv`
 * takes one away again.
 */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

const csvCell = (cell: Cell): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const harmless = /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export interface CsvRecord {
  /** Number of the line on which it begins; the first is 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * The records of a CSV text; empty lines are left out. Semicolons stand for commas where the first line has no
 * comma, as spreadsheets of many countries write it. Null: a quotation that is not closed.
 */
export function parseCsv(text: string): readonly CsvRecord[] | null {
  const [first = ''] = text.split(/\r?\n/, 1)
  const separator = !first.includes(',') && first.includes(';') ? ';' : ','
  const records: CsvRecord[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let line = 1
  let begin = 1

  const endRecord = (): void => {
    cells.push(harmful(cell))
    if (cells.length > 1 || cells[0] !== '') records.push({ line: begin, cells })
    cells = []
    cell = ''
    begin = line
  }

  // Behind the mark with which spreadsheets begin a UTF-8 file.
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\n') line += 1
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text.charAt(at + 1) === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (character === '"' && cell === '') isQuoted = true
    else if (character === separator) {
      cells.push(harmful(cell))
      cell = ''
    } else if (character === '\n') endRecord()
    else if (character !== '\r' || text.charAt(at + 1) !== '\n') cell += character
  }
  if (isQuoted) return null
  endRecord()
  return records
}

const harmful = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)
