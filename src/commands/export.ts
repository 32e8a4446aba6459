import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { AccountId, Instant } from '../routing/ids.ts'
import { instant } from '../routing/ids.ts'
import { openSqliteTrail } from '../store/sqlite/open-sqlite-trail.ts'
import { readStaff } from '../store/sqlite/read-staff.ts'
import type { Trail, TrailEvent } from '../store/trail.ts'
import type { Command } from './command.ts'
import { csvLine } from './csv.ts'
import { columns, createExportRows, type ExportRows, type Row } from './export-rows.ts'

const USAGE =
  'Use: npm run -s export -- [--kind events|holdings] [--format csv|jsonl] [--since 2026-11-01] [--account NAME] [--numbers]'

/** The audit trail, for spreadsheets and other programs. Reads beside a running Baton, and changes nothing. */
export const exportCommand: Command = async (args, { config, out }) => {
  const read = readArguments(
    args,
    config.accounts.map(({ id }) => id),
  )
  if (read.kind === 'wrong') return { kind: 'refused', sentence: `${read.problem}. ${USAGE}` }
  const { options } = read
  const trail = openSqliteTrail(config.databasePath)
  try {
    const rows = createExportRows({ staff: readStaff(config.databasePath), numbers: options.numbers })
    await writeAll(textOf(options, trail, rows), out)
  } finally {
    trail.close()
  }
  return { kind: 'done' }
}

interface Options {
  readonly kind: 'events' | 'holdings'
  readonly format: 'csv' | 'jsonl'
  readonly since: Instant | null
  readonly account: AccountId | null
  readonly numbers: boolean
}

const day = z.iso.date().transform((date) => Date.parse(date))
const moment = z.iso.datetime({ offset: true }).transform((date) => Date.parse(date))

const argumentsSchema = (accounts: readonly AccountId[]) =>
  z.object({
    kind: z.enum(['events', 'holdings'], 'must be events or holdings').default('events'),
    format: z.enum(['csv', 'jsonl'], 'must be csv or jsonl').default('csv'),
    since: z
      .union(
        [day, moment],
        'must be a day (2026-11-01, in UTC) or a time with its zone (2026-11-01T09:00:00Z)',
      )
      .transform(instant)
      .optional(),
    account: z
      .string()
      .transform((name) => accounts.find((id) => id === name))
      .refine((id) => id !== undefined, `must be ${accounts.join(' or ')}`)
      .optional(),
    numbers: z.boolean().default(false),
  })

function readArguments(
  args: readonly string[],
  accounts: readonly AccountId[],
):
  | { readonly kind: 'read'; readonly options: Options }
  | { readonly kind: 'wrong'; readonly problem: string } {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args: [...args],
      options: { kind: text, format: text, since: text, account: text, numbers: { type: 'boolean' } },
    })
    const read = argumentsSchema(accounts).safeParse(values)
    if (read.success) {
      const { since = null, account = null, ...others } = read.data
      return { kind: 'read', options: { since, account, ...others } }
    }
    const [issue] = read.error.issues
    return { kind: 'wrong', problem: `--${issue?.path.join('.')} ${issue?.message}` }
  } catch {
    // What is not known, or has no value where it needs one.
    return { kind: 'wrong', problem: 'That cannot be read' }
  }
}

async function* textOf(options: Options, trail: Trail, rows: ExportRows): AsyncIterable<string> {
  const { kind, format } = options
  if (format === 'csv') yield csvLine(columns[kind])
  for await (const page of pagesOf(options, trail, rows)) {
    yield page
      .map((row) => (format === 'csv' ? csvLine(Object.values(row)) : `${JSON.stringify(row)}\n`))
      .join('')
  }
}

async function* pagesOf(
  { kind, account, since }: Options,
  trail: Trail,
  rows: ExportRows,
): AsyncIterable<readonly Row[]> {
  if (kind === 'events') {
    for await (const page of trail.events({ account, since })) yield page.map(rows.ofEvent)
    return
  }
  for await (const chats of wholeChats(trail.eventsByChat({ account })))
    yield chats.flatMap((events) => rows.ofHoldings(events, since))
}

/** Regroups pages, in which the events of a chat stand together, so that each chat is in one piece. */
async function* wholeChats(
  pages: AsyncIterable<readonly TrailEvent[]>,
): AsyncIterable<readonly (readonly TrailEvent[])[]> {
  let open: TrailEvent[] = []
  for await (const page of pages) {
    const whole: TrailEvent[][] = []
    for (const line of page) {
      if (open[0] !== undefined && open[0].event.chat !== line.event.chat) {
        whole.push(open)
        open = []
      }
      open.push(line)
    }
    yield whole
  }
  yield [open]
}

/** Whoever reads may stop before the end, as `| head` does. */
async function writeAll(text: AsyncIterable<string>, out: Writable): Promise<void> {
  try {
    await pipeline(Readable.from(text), out, { end: false })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
  }
}
