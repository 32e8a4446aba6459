import { z } from 'zod'

/**
 * SalesChat's answers, read tolerantly. The source of all that is known is the page of contacts
 * (docs.saleschat.pro/api-documentation/contact) with the OpenAPI definition of each method. Unknown fields
 * are ignored.
 */

/** Undefined when it cannot be read, or when there is none: an assignment is accepted without a word. */
export const parseJson = (text: string): unknown => {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A text that nothing depends on: anything else counts as absent, and never breaks its row. */
const looseText = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim() || null)
  .nullish()
  .catch(null)

const id = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .refine((value) => value !== '')

/** In ms since 1970. The definition says both "epoch in seconds" and `date-time`, so either is read. */
const moment = z
  .union([z.string(), z.number()])
  .transform((value) => {
    const seconds = Number(value)
    const ms = Number.isNaN(seconds) ? Date.parse(String(value)) : seconds * 1000
    return Number.isNaN(ms) ? null : ms
  })
  .nullish()
  .catch(null)

/** GetContactRespDto and ContactRespDto */
export const contactRow = z.object({
  id,
  crm_id: looseText,
  first_name: looseText,
  last_name: looseText,
  create_date: moment,
  is_expired: z.boolean().nullish().catch(null),
})

export type ContactRow = z.infer<typeof contactRow>

/** Rows of getContactByPhoneV2; each is read on its own, so that one broken row does not lose the others. */
export const contactRows = z.array(z.unknown())

/** ErrorRespDto; `error_code` is the status × 10,000 and a number: 4090001. */
export const errorAnswer = z.object({
  error_code: z.int().nullish().catch(null),
  error_message: z.string().nullish().catch(null),
})
