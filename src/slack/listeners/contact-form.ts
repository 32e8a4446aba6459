import type { ContactField, ContactValues } from '../../providers/contract.ts'
import type { Account } from '../../routing/accounts.ts'
import { faultsIn } from '../../routing/contact-values.ts'
import type { ChatId } from '../../routing/ids.ts'
import { parsePhone } from '../../routing/phone.ts'
import { blockIds, contactFieldId } from '../ids.ts'
import type { SubmissionAnswer, SubmissionHandler, SubmissionRequest } from '../surface.ts'
import { contactFaultText, contactRefusedText, contactSurfaceText, contactText } from '../text-contact.ts'
import { type ContactFormMetadata, parseContactForm } from '../values.ts'
import { contactTitle } from '../views/contact-form.ts'
import { answerModal, textModal } from '../views/modal.ts'
import type { ListenerContext } from './context.ts'
import { chosen, unreadableForm } from './reading.ts'

/** The form of somebody known, or of somebody to be added. */
export const contactFormSubmitted =
  (context: ListenerContext): SubmissionHandler =>
  async (submission): Promise<SubmissionAnswer> => {
    const { user: by } = submission
    const form = parseContactForm(submission.privateMetadata)
    const account = form === null ? undefined : context.accounts.get(form.account)
    const fields = account?.adapter.contacts?.[form?.chat === null ? 'newFields' : 'fields']
    if (form === null || account === undefined || fields === undefined) return unreadableForm

    const typed =
      form.chat === null
        ? parsePhone(chosen(submission, 'phone', 'phone') ?? '', context.defaultCountry)
        : null
    if (form.chat === null && typed === null)
      return { kind: 'errors', errors: { [blockIds.phone]: contactSurfaceText.badNumber } }
    const id = form.chat ?? (typed === null ? null : await chatOfNumber(context, account, typed))
    const chat = id === null ? null : await context.store.chat(id)
    if (chat !== null && chat.account !== account.id) return unreadableForm
    const refusal =
      id === null
        ? await context.desk.whyNotAddContact(by, account.id)
        : await context.desk.whyNotEditContact(by, id)
    if (refusal !== null) {
      const why = await context.answers.refusal(refusal, chat, by)
      return { kind: 'update', view: answerModal(contactTitle, why) }
    }
    const values = entered(submission, fields, form)
    const faults = faultTexts(fields, values)
    if (Object.keys(faults).length > 0) return { kind: 'errors', errors: faults }

    const phone = chat?.phone ?? typed
    const end = await context.contacts.save({ account: account.id, chat: id, phone, by, values })
    const { label: provider } = account.adapter
    if (end.kind === 'refused') {
      const named = fields.find(({ id }) => id === end.field)
      const sentence = contactRefusedText({ problem: end.problem, field: named?.id ?? null }, provider)
      // At the first field where it is about none: what was typed stays on the screen.
      const errors = [named ?? fields[0]].flatMap((at) => (at ? [[contactFieldId(at.id), sentence]] : []))
      return { kind: 'errors', errors: Object.fromEntries(errors) }
    }
    const saved = end.kind === 'saved' ? await context.store.chat(end.chat) : chat
    const customer = saved === null ? null : (await context.present.chat(saved, by)).customer
    return { kind: 'update', view: textModal(contactTitle, contactText(end, { customer, provider })) }
  }

/** Whoever is to be added may have a chat all the same, and a colleague may have it. */
async function chatOfNumber(
  { store }: ListenerContext,
  { id: account, adapter }: Account,
  phone: string,
): Promise<ChatId | null> {
  const key = adapter.keyOfPhone?.(phone)
  const exactly = key === undefined ? { phones: [phone], keys: [] } : { phones: [], keys: [key] }
  const [chat] = await store.findChats({ state: 'any', account, exactly, limit: 1 })
  return chat?.id ?? null
}

/**
 * An empty field clears what the form showed in it. Where the form could show nothing, and in a menu, which no
 * provider can clear, it stays as it is.
 */
const entered = (
  { values }: SubmissionRequest,
  fields: readonly ContactField[],
  { filled }: ContactFormMetadata,
): ContactValues =>
  Object.fromEntries(
    fields.flatMap(({ id, kind }) => {
      const [entered = ''] = values[contactFieldId(id)]?.[contactFieldId(id)] ?? []
      const text = entered.trim()
      return text === '' && (kind === 'choice' || !filled.includes(id)) ? [] : [[id, text]]
    }),
  )

const faultTexts = (
  fields: readonly ContactField[],
  values: ContactValues,
): Readonly<Record<string, string>> => {
  const faults = faultsIn(fields, values)
  return Object.fromEntries(
    fields.flatMap((field) => {
      const fault = faults[field.id]
      return fault === undefined ? [] : [[contactFieldId(field.id), contactFaultText(fault, field)]]
    }),
  )
}
