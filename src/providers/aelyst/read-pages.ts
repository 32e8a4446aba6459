import { type Answer, type Failure, unreadable } from '../answer.ts'
import { page } from './answers.ts'

/** Aelyst's page of listcontacts prints "< 100", the SDK of respond.io 1 to 100. */
const pageSize = 99
/** 4,950 rows; as with 5,000 in respond.io's own integration, there is a last page. */
const mostPages = 50

export type Rows =
  | { readonly kind: 'rows'; readonly rows: readonly unknown[]; readonly complete: boolean }
  | Failure

/**
 * All pages of a list. The next one is asked for by the `cursorId` in the link to it: the links on Aelyst's own
 * pages lack the version, and the token goes nowhere but to the configured address. A link without a new cursor,
 * a full page without a word on what follows, and too many pages end the list as incomplete.
 */
export const readPages = async (ask: (query: string) => Promise<Answer>): Promise<Rows> => {
  const rows: unknown[] = []
  const cursors = new Set<string>()
  for (let cursor: string | undefined; cursors.size < mostPages; cursors.add(cursor)) {
    const answer = await ask(`limit=${pageSize}${cursor === undefined ? '' : `&cursorId=${cursor}`}`)
    if (answer.kind !== 'answer') return answer
    const read = page.safeParse(answer.body).data
    if (read === undefined) return unreadable('answered no list')
    rows.push(...read.items)
    const next = read.pagination?.next
    if (next === null || ((next === undefined || next === '') && read.items.length < pageSize))
      return { kind: 'rows', rows, complete: true }
    cursor = typeof next === 'string' ? /[?&]cursorId=(\w+)/.exec(next)?.[1] : undefined
    if (cursor === undefined || cursors.has(cursor)) break
  }
  return { kind: 'rows', rows, complete: false }
}
