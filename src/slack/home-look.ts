import { z } from 'zod'
import { accountId } from '../routing/ids.ts'

/** What somebody has chosen to see in their Home tab. */
export type HomeLook = z.output<typeof schema>

/** From how many minutes of waiting on a chat is shown; 0: from the first on. */
export const WAITS = [0, 15, 60, 240, 1_440] as const

/** Nobody turns more pages than that: who looks for one customer asks for them by name. */
export const MOST_PAGES = 20

const page = z.int().min(0).lt(MOST_PAGES)

const schema = z.strictObject({
  /** Null: chats of every account. */
  account: z
    .string()
    .regex(/^[a-z0-9-]{1,20}$/)
    .transform(accountId)
    .nullable(),
  waitsMinutes: z.literal(WAITS),
  show: z.enum(['everything', 'mine']),
  /** Pages of the two lists, 0 for the first. */
  mine: page,
  waiting: page,
})

export const firstLook: HomeLook = {
  account: null,
  waitsMinutes: 0,
  show: 'everything',
  mine: 0,
  waiting: 0,
}

/** A list without names, so that it always fits into the 75 characters of an option. */
export const encodeLook = ({ account, waitsMinutes, show, mine, waiting }: HomeLook): string =>
  JSON.stringify([account, waitsMinutes, show, mine, waiting])

/** Null for what another version has written, or nobody. */
export const parseLook = (text: unknown): HomeLook | null => {
  if (typeof text !== 'string' || text.length > 150) return null
  try {
    const [account, waitsMinutes, show, mine, waiting] = z.array(z.unknown()).parse(JSON.parse(text))
    return schema.safeParse({ account, waitsMinutes, show, mine, waiting }).data ?? null
  } catch {
    return null
  }
}
