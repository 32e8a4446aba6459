import { type Answer, type Failure, unreadable } from '../answer.ts'
import { page } from './answers.ts'

/** Aelyst's page of listcontacts prints "< 100", the SDK of respond.io 1 to 100. */
const pageSize = 99
/** 4,950 rows; as with 5,000 in respond.io's own integration, there is a last page. */
const mostPages = 50

export type Rows =
  | { readonly kind: 'rows'; readonly rows: readonly unknown[]; readonly complete: boolean }
  | Failure

/** `next`: the cursor of the next page, null after the last; `lost` where what follows cannot be asked for. */
export type Page =
  | { readonly kind: 'page'; readonly rows: readonly unknown[]; readonly next: string | null | 'lost' }
  | Failure

type Ask = (query: string) => Promise<Answer>

/**
 * One page of a list. The next one is asked for by the `cursorId` in the link to it: the links on Aelyst's own
 * pages lack the version, and the token goes nowhere but to the configured address. What follows is lost where a
 * link has no new cursor, or a full page says nothing of it.
 */
export const readPage = async (ask: Ask, cursor: string | null): Promise<Page> => {
  const answer = await ask(`limit=${pageSize}${cursor === null ? '' : `&cursorId=${cursor}`}`)
  if (answer.kind !== 'answer') return answer
  const read = page.safeParse(answer.body).data
  if (read === undefined) return unreadable('answered no list')
  const { items: rows } = read
  const next = read.pagination?.next
  if (next === null || ((next === undefined || next === '') && rows.length < pageSize))
    return { kind: 'page', rows, next: null }
  const named = typeof next === 'string' ? /[?&]cursorId=(\w+)/.exec(next)?.[1] : undefined
  return { kind: 'page', rows, next: named === undefined || named === cursor ? 'lost' : named }
}

/** All pages of a list; one that cannot be read to its end, and too many of them, make it incomplete. */
export const readPages = async (ask: Ask): Promise<Rows> => {
  const rows: unknown[] = []
  const cursors = new Set<string | null>()
  for (let cursor: string | null = null; cursors.size < mostPages && !cursors.has(cursor); ) {
    const read: Page = await readPage(ask, cursor)
    if (read.kind !== 'page') return read
    rows.push(...read.rows)
    if (read.next === null) return { kind: 'rows', rows, complete: true }
    if (read.next === 'lost') break
    cursors.add(cursor)
    cursor = read.next
  }
  return { kind: 'rows', rows, complete: false }
}
