import { z } from 'zod'
import type { AelystContact } from './aelyst-state.ts'

/** The body of listcontacts, as far as the sandbox knows filters. */
export const listBody = z.object({
  search: z.string(),
  timezone: z.string(),
  filter: z.object({
    $and: z.array(
      z.object({
        category: z.literal('contactField'),
        field: z.enum(['assigneeUserId', 'status']),
        operator: z.literal('isEqualTo'),
        value: z.string().nullable(),
      }),
    ),
  }),
})

export const fits = (contact: AelystContact, { filter }: z.infer<typeof listBody>): boolean =>
  filter.$and.every(({ field, value }) =>
    field === 'status' ? contact.status === value : contact.holder === value,
  )
