import { z } from 'zod'

/** What a private list shows. */
export type ListLook = z.output<typeof schema>

/** Nobody turns more pages than that: who looks for one customer asks for them by name. */
export const MOST_LIST_PAGES = 20
/** The longest that is searched for. */
export const MOST_SOUGHT = 200

const pageSchema = z.int().min(0).lt(MOST_LIST_PAGES)

const schema = z.discriminatedUnion('list', [
  /** The first of my chats, and of those that wait. */
  z.strictObject({ list: z.literal('start'), page: z.literal(0) }),
  z.strictObject({ list: z.enum(['mine', 'waiting', 'all']), page: pageSchema }),
  z.strictObject({ list: z.literal('find'), page: pageSchema, text: z.string().max(MOST_SOUGHT) }),
])

/** For buttons of messages that nobody but the person sees who has typed `text`. */
export const encodeList = (look: ListLook): string => JSON.stringify(look)

/** Null for what another version has written, or nobody. */
export const parseList = (text: unknown): ListLook | null => {
  if (typeof text !== 'string' || text.length > 2_000) return null
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
