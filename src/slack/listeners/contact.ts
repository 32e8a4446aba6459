import type { ContactField, ContactFieldId, ContactValues } from '../../providers/contract.ts'
import type { Account } from '../../routing/accounts.ts'
import { faultsIn } from '../../routing/contact-values.ts'
import type { ChatId, SlackUserId } from '../../routing/ids.ts'
import { parsePhone } from '../../routing/phone.ts'
import type { Who } from '../../routing/who.ts'
import { contactFieldId } from '../ids.ts'
import type {
  ActionHandler,
  Answer,
  CommandHandler,
  SubmissionAnswer,
  SubmissionHandler,
  SubmissionRequest,
} from '../surface.ts'
import {
  contactFaultText,
  contactFieldRefusedText,
  contactSurfaceText,
  contactText,
  whichAccountText,
} from '../text-contact.ts'
import { notAskedText } from '../text-problems.ts'
import { notFoundText, surfaceText, usageText } from '../text-surface.ts'
import { type ContactFormMetadata, parseChatRef, parseContactForm, parseMenuEntry } from '../values.ts'
import { chosenChat } from '../views/chosen-chat.ts'
import { contactForm, contactPicker, contactTitle } from '../views/contact-form.ts'
import { textMessage } from '../views/message.ts'
import { answerModal, textModal } from '../views/modal.ts'
import type { ListenerContext } from './context.ts'
import { giveable } from './giveable.ts'
import { asReply, chosen, unreadableForm } from './reading.ts'
import { severalMatch } from './several-match.ts'

/** `/contact`, `/contact <who>` */
export const contactCommand =
  (context: ListenerContext): CommandHandler =>
  async ({ text, user: by }): Promise<Answer> => {
    const keeping = [...context.accounts.values()].filter(({ adapter }) => adapter.contacts !== undefined)
    if (keeping.length === 0) return say(contactSurfaceText.notOffered)
    if (text === '') return picker(context, by)
    if (/^(help|\?)$/i.test(text)) return say(usageText('contact'))

    const { who, chats } = await context.find.byWho(text, by, 'mine')
    const [chat, another] = chats
    if (another !== undefined) return severalMatch(context, text, chats, by)
    if (chat !== undefined) return formOf(context, chat.id, by)
    const looked = await context.lookUp(who)
    switch (looked.kind) {
      case 'known': {
        const [known, other] = looked.chats
        if (known !== undefined && other === undefined) return formOf(context, known.id, by)
        return severalMatch(context, text, looked.chats, by)
      }
      case 'not-asked': {
        const provider = context.accounts.get(looked.account)?.adapter.label ?? looked.account
        return say(notAskedText(text, looked.problem, provider))
      }
      case 'key':
      case 'nobody':
        return formToAdd(context, keeping, who, { by, text })
      default:
        return looked satisfies never
    }
  }

const say = (sentence: string): Answer => asReply(textMessage(sentence))

async function picker(context: ListenerContext, by: SlackUserId): Promise<Answer> {
  const chats = await giveable(context, by, { text: '', limit: 1 })
  const view =
    chats.length === 0
      ? textModal(contactTitle, surfaceText.noChats)
      : contactPicker(chosenChat({ kind: 'choose' }))
  return { kind: 'open', view }
}

/** A customer whom nobody knows can be added where it is clear to which account. */
async function formToAdd(
  context: ListenerContext,
  keeping: readonly Account[],
  who: Who,
  { by, text }: { readonly by: SlackUserId; readonly text: string },
): Promise<Answer> {
  if (who.kind !== 'phone') return say(notFoundText({ kind: who.kind, text }))
  const open = keeping.filter(
    ({ id, adapter }) => adapter.contacts?.newFields && (who.account === null || who.account === id),
  )
  const [account, another] = open
  if (another !== undefined) return say(whichAccountText(open.map(({ id }) => id)))
  const contacts = account?.adapter.contacts
  if (account === undefined || contacts?.newFields === undefined)
    return say(notFoundText({ kind: who.kind, text }))
  const refusal = await context.desk.whyNotAddContact(by, account.id)
  if (refusal !== null) return asReply(await context.answers.refusal(refusal, null, by))
  // Where the number itself is the key, the provider may know it all the same.
  const key = account.adapter.keyOfPhone?.(who.phone) ?? null
  const values =
    key === null ? {} : await context.contacts.read({ account: account.id, key, phone: who.phone })
  const view = contactForm({
    account: account.id,
    provider: account.adapter.label,
    customer: { phone: who.phone },
    fields: contacts.newFields,
    values,
  })
  return { kind: 'open', view }
}

/** The form, or why the person does not get it. */
async function formOf(context: ListenerContext, id: ChatId, by: SlackUserId): Promise<Answer> {
  const refusal = await context.desk.whyNotEditContact(by, id)
  const chat = await context.store.chat(id)
  if (refusal !== null || chat === null)
    return asReply(await context.answers.refusal(refusal ?? { kind: 'chat-unknown' }, chat, by))
  const account = context.accounts.get(chat.account)
  const contacts = account?.adapter.contacts
  if (account === undefined || contacts === undefined) return say(contactSurfaceText.notOffered)
  const { key, phone } = chat
  const values = await context.contacts.read({ account: account.id, key, phone })
  const view = contactForm({
    account: account.id,
    provider: account.adapter.label,
    customer: await context.present.chat(chat, by),
    fields: contacts.fields,
    values,
  })
  return { kind: 'open', view }
}

/** An entry of a chat's menu. */
export const chatMenuChosen =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user }) => {
    const [entry, chat] = parseMenuEntry(value) ?? []
    if (entry === undefined || chat === undefined) return say(surfaceText.unknownControl)
    return formOf(context, chat, user)
  }

export const contactPickerSubmitted =
  (context: ListenerContext): SubmissionHandler =>
  async (submission) => {
    const ref = parseChatRef(chosen(submission, 'chat', 'myChat'))
    if (ref === null) return { kind: 'errors', errors: { chat: surfaceText.chooseChat } }
    const answer = await formOf(context, ref.chat, submission.user)
    switch (answer.kind) {
      case 'open':
        return { kind: 'update', view: answer.view }
      case 'reply':
        return { kind: 'update', view: textModal(contactTitle, answer.text) }
      case 'nothing':
        return { kind: 'close' }
      default:
        return answer satisfies never
    }
  }

export const contactFormSubmitted =
  (context: ListenerContext): SubmissionHandler =>
  async (submission): Promise<SubmissionAnswer> => {
    const { user: by } = submission
    const form = parseContactForm(submission.privateMetadata)
    const account = form === null ? undefined : context.accounts.get(form.account)
    const contacts = account?.adapter.contacts
    if (form === null || account === undefined || contacts === undefined) return unreadableForm
    const fields = form.chat === null ? contacts.newFields : contacts.fields
    if (fields === undefined) return unreadableForm

    const refusal =
      form.chat === null
        ? await context.desk.whyNotAddContact(by, form.account)
        : await context.desk.whyNotEditContact(by, form.chat)
    const chat = form.chat === null ? null : await context.store.chat(form.chat)
    if (refusal !== null)
      return {
        kind: 'update',
        view: answerModal(contactTitle, await context.answers.refusal(refusal, chat, by)),
      }

    const phone =
      chat?.phone ?? parsePhone(chosen(submission, 'phone', 'phone') ?? '', context.defaultCountry)
    if (chat === null && phone === null)
      return { kind: 'errors', errors: { phone: contactSurfaceText.badNumber } }
    const values = entered(submission, fields, form)
    const errors = faultTexts(fields, values)
    if (Object.keys(errors).length > 0) return { kind: 'errors', errors }

    const end = await context.contacts.save({ account: form.account, chat: form.chat, phone, by, values })
    const { label: provider } = account.adapter
    if (end.kind === 'refused') return refused(end, fields, provider)
    const customer = chat === null ? null : (await context.present.chat(chat, by)).customer
    return { kind: 'update', view: textModal(contactTitle, contactText(end, { customer, provider })) }
  }

/** An empty field clears what the form showed in it; where it could show nothing, it stays as it is. */
const entered = (
  { values }: SubmissionRequest,
  fields: readonly ContactField[],
  { filled }: ContactFormMetadata,
): ContactValues =>
  Object.fromEntries(
    fields.flatMap(({ id }) => {
      const [text = ''] = values[contactFieldId(id)]?.[contactFieldId(id)] ?? []
      return text.trim() === '' && !filled.includes(id) ? [] : [[id, text.trim()]]
    }),
  )

const faultTexts = (
  fields: readonly ContactField[],
  values: ContactValues,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(faultsIn(fields, values)).map(([id, fault]) => {
      const field = fields.find((each) => each.id === id)
      return [`contact_${id}`, contactFaultText(fault, field?.maxLength ?? null)]
    }),
  )

/** At the field that the provider names, or at the first: what was typed stays. */
const refused = (
  {
    problem,
    field,
  }: {
    readonly problem: Parameters<typeof contactFieldRefusedText>[0]
    readonly field: ContactFieldId | null
  },
  fields: readonly ContactField[],
  provider: string,
): SubmissionAnswer => {
  const at = fields.find(({ id }) => id === field)
  if (at !== undefined)
    return { kind: 'errors', errors: { [contactFieldId(at.id)]: contactFieldRefusedText(problem, provider) } }
  const [first] = fields
  const sentence = contactText({ kind: 'refused', problem, field: null }, { customer: null, provider })
  return { kind: 'errors', errors: { [first === undefined ? '' : contactFieldId(first.id)]: sentence } }
}
