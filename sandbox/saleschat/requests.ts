import { z } from 'zod'

/** What the OpenAPI definitions on SalesChat's page of contacts let a request be. */

const crmId = z.string().max(128)
const name = z
  .string()
  .max(128)
  .regex(/^(?!.*\*).*$/)

/** "Only one of them is required, if both are provided, user_id will be used". */
export const assignChatroomReq = z
  .object({
    user_id: z.string().optional(),
    group_id: z.string().optional(),
    remote_waba_id: z.string().optional(),
    remote_phone_id: z.string().optional(),
    assign_on_handover: z.boolean().default(false),
  })
  .transform((body, context) => {
    if (body.user_id !== undefined) return { ...body, to: { user: body.user_id } }
    if (body.group_id !== undefined) return { ...body, to: { group: body.group_id } }
    context.addIssue('user_id or group_id is required')
    return z.NEVER
  })

export const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/)

/** As E.164: the definition says an object of Google's libphonenumber, the page's example is a text. */
const phoneNumber = z.union([
  e164,
  z
    .object({
      countryCode: z.int().positive(),
      nationalNumber: z.int().nonnegative(),
      italianLeadingZero: z.boolean().default(false),
      numberOfLeadingZeros: z.int().default(1),
    })
    .transform((phone) => {
      const zeros = phone.italianLeadingZero ? phone.numberOfLeadingZeros : 0
      return `+${phone.countryCode}${'0'.repeat(zeros)}${phone.nationalNumber}`
    })
    .pipe(e164),
])

export const contactReq = z.object({
  crm_id: crmId,
  phone_number: phoneNumber,
  opt_in_date: z.iso.datetime({ offset: true }),
  first_name: name.optional(),
  last_name: name.optional(),
})

export const updateContactReq = z.object({
  crm_id: crmId,
  first_name: name.optional(),
  last_name: name.optional(),
})

export const updateContactDispositionReq = z.object({
  stage: z.string(),
  disposition: z.string().optional(),
  additionalFields: z.record(z.string(), z.object({})).optional(),
})
