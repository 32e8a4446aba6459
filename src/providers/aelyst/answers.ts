import { z } from 'zod'
import type { Holder } from '../../routing/chat.ts'
import { providerUserId } from '../../routing/ids.ts'

/**
 * Aelyst's answers, read tolerantly: ids are integers on its own pages (getcontact, listspaces) and strings in
 * clients of respond.io, whose model it shares; what is unknown is ignored.
 */

/** `{"code":404,"message":"Contact not found"}` */
export const errorBody = z.object({
  code: z.union([z.number(), z.string()]).transform(Number).optional(),
  message: z.string().catch(''),
})

const id = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .refine((value) => /^[1-9]\d*$/.test(value))
/** A text that nothing depends on: anything else counts as absent, and never breaks its row. */
export const looseText = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim() || null)
  .nullish()
  .catch(null)

/**
 * Nobody is null, missing, `{}` or an object of nulls. Anything else that is not a user is not read as
 * "nobody": that would free a chat which somebody has.
 */
const holder = z
  .union([
    z.object({ id }).transform((user): Holder => providerUserId(user.id)),
    z.record(z.string(), z.null()).transform((): Holder => null),
  ])
  .nullish()
  .transform((value): Holder => value ?? null)

export type Contact = z.infer<typeof contact>

/** getcontact, and a row of listcontacts. `status` is `open`, `closed` or `blocked`, in other clients `close`. */
export const contact = z.object({
  id,
  firstName: looseText,
  lastName: looseText,
  phone: looseText,
  email: looseText,
  status: looseText,
  assignee: holder,
})

/** A row of listspaces (`GET /space/user`). */
export const userRow = z.object({ id, firstName: looseText, lastName: looseText, email: looseText })

/** A page of a list; each row is read on its own, so that one broken row does not lose the others. */
export const page = z.object({
  items: z.array(z.unknown()),
  pagination: z.object({ next: z.unknown() }).nullish().catch(null),
})

/** What every change of a contact answers. */
export const actionAnswer = z.object({ contactId: id })
