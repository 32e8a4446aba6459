import { z } from 'zod'
import type { Holder } from '../../routing/chat.ts'
import { providerUserId } from '../../routing/ids.ts'
import { parseJson } from '../answer.ts'

/**
 * WAMM's answers, read tolerantly: its own pages show the same id as a number here and a string there, an
 * empty string for "nobody", and a trailing comma (reference: user_chats, contact_get, user_list pages).
 * Unknown fields are ignored.
 */

/** JSON as WAMM prints it; undefined when it cannot be read. */
export const parseWammJson = (text: string): unknown =>
  parseJson(text) ?? parseJson(withoutTrailingCommas(text))

/** Steps over strings whole, so that a comma inside one stays. */
const withoutTrailingCommas = (text: string): string =>
  text.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|,(?=\s*[\]}])/gs, (_match, string?: string) => string ?? '')

/** `err` is 0 on success and a text on failure. */
export const envelope = z.object({ err: z.union([z.number(), z.string()]) })

const id = z.union([z.string(), z.number()]).transform((value) => String(value).trim())
export const presentId = id.refine((value) => value !== '')
/** A text that nothing depends on: anything else counts as absent, and never breaks its row. */
export const looseText = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim() || null)
  .nullable()
  .catch(null)
const flag = z.union([z.number(), z.string(), z.boolean()]).transform((value) => Number(value) !== 0)

const nobody: ReadonlySet<string> = new Set(['', '0', 'none', 'null'])

/** A holder of any other type is not read as "nobody": that would free a chat which somebody has. */
const holder = id
  .nullish()
  .transform(
    (value): Holder => (value == null || nobody.has(value.toLowerCase()) ? null : providerUserId(value)),
  )

/** `data` of lists; each row is read on its own, so that one broken row does not lose the others. */
export const listAnswer = z.object({ data: z.array(z.unknown()) })

/** user_chats */
export const chatRow = z.object({
  phone: presentId,
  phone_real: looseText.optional(),
  chat_name: looseText.optional(),
  user_id: holder,
  date_msg: looseText.optional(),
  tip: looseText.optional(),
})

/** contact_get */
export const contactAnswer = z.object({
  data: z.object({
    phone: presentId,
    phone_real: looseText.optional(),
    name: looseText.optional(),
    user_id: holder,
    tip: looseText.optional(),
  }),
})

const told = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined)

/** contact_get, as a form shows it: an empty text is an empty field, anything but a text is not told. */
export const contactFieldsAnswer = z.object({
  data: z.object({ name: told, notes: told, email: told, web: told }),
})

/** contact_to: `{"err":0,"result":"insert"}` */
export const savedAnswer = z.object({ result: z.enum(['insert', 'update']) })

/** user_list */
export const userRow = z.object({
  user_id: presentId,
  name: looseText.optional(),
  email: looseText.optional(),
  lock: flag.nullish(),
  deleted: flag.nullish(),
})

/** channel_list */
export const channelRow = z.object({ state: z.string() })

/** contact_to_user: `{"err":0,"result":"success"}` */
export const actionAnswer = z.object({ result: z.literal('success') })
