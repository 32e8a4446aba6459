import type { ContactValues } from '../../providers/contract.ts'
import { type Account, providerLabel } from '../../routing/accounts.ts'
import type { ChatId, SlackUserId } from '../../routing/ids.ts'
import type { LookedUp } from '../../routing/look-up.ts'
import type { Answer, CommandHandler, SubmissionHandler } from '../surface.ts'
import { contactSurfaceText, whichAccountText } from '../text-contact.ts'
import { notAskedText } from '../text-problems.ts'
import { notFoundText, surfaceText, type Tried, usageText } from '../text-surface.ts'
import { parseChatRef } from '../values.ts'
import { chosenChat } from '../views/chosen-chat.ts'
import { contactForm, contactPicker, contactTitle } from '../views/contact-form.ts'
import { textMessage } from '../views/message.ts'
import { textModal } from '../views/modal.ts'
import type { ListenerContext } from './context.ts'
import { giveable } from './giveable.ts'
import { asReply, chosen } from './reading.ts'
import { severalMatch } from './several-match.ts'

/** `/contact`, `/contact <who>` */
export const contactCommand =
  (context: ListenerContext): CommandHandler =>
  async ({ text, user: by }): Promise<Answer> => {
    if ([...context.accounts.values()].every(({ adapter }) => adapter.contacts === undefined))
      return say(contactSurfaceText.notOffered)
    if (text === '') return contactPickerOf(context, by)
    if (/^(help|\?)$/i.test(text)) return say(usageText('contact'))

    const { who, chats: open } = await context.find.byWho(text, by, 'mine')
    // Whatever is not a name is looked up below, at the provider too.
    const chats = open.length === 0 && who.kind === 'name' ? await context.find.ever(who) : open
    const [chat, another] = chats
    if (another !== undefined) return severalMatch(context, text, chats, by)
    if (chat !== undefined) return contactFormOf(context, chat.id, by)
    const named = who.kind === 'nothing' ? null : who.account
    const phone = who.kind === 'phone' ? who.phone : null
    return formOfUnlisted(context, await context.lookUp(who, by), { by, phone, named, kind: who.kind, text })
  }

const say = (sentence: string): Answer => asReply(textMessage(sentence))

export async function contactPickerOf(context: ListenerContext, by: SlackUserId): Promise<Answer> {
  const chats = await giveable(context, by, { text: '', limit: 1 })
  const view =
    chats.length === 0
      ? textModal(contactTitle, surfaceText.noChats)
      : contactPicker(chosenChat({ kind: 'choose' }))
  return { kind: 'open', view }
}

interface Asked extends Tried {
  readonly by: SlackUserId
  readonly phone: string | null
  /** The account that the text named. */
  readonly named: Account['id'] | null
}

/** A customer whom no list of open chats has shown. */
async function formOfUnlisted(context: ListenerContext, looked: LookedUp, asked: Asked): Promise<Answer> {
  switch (looked.kind) {
    case 'key':
      return formOfKey(context, looked, asked)
    case 'known': {
      const [chat, another] = looked.chats
      if (chat !== undefined && another === undefined) return contactFormOf(context, chat.id, asked.by)
      return severalMatch(context, asked.text, looked.chats, asked.by)
    }
    case 'not-asked': {
      const provider = providerLabel(context.accounts, looked.account)
      return say(notAskedText(asked.text, looked.problem, provider))
    }
    case 'nobody':
      return formToAdd(context, asked, { sure: true })
    default:
      return looked satisfies never
  }
}

/** The words alone make the key: the store may have the chat, in no queue; if not, the provider is asked. */
async function formOfKey(
  context: ListenerContext,
  { account, key, phone }: LookedUp & { readonly kind: 'key' },
  asked: Asked,
): Promise<Answer> {
  const [known] = await context.store.findChats({
    state: 'any',
    account,
    exactly: { phones: [], keys: [key] },
    limit: 1,
  })
  if (known !== undefined) return contactFormOf(context, known.id, asked.by)
  const refusal = await context.desk.whyNotAddContact(asked.by, account)
  if (refusal !== null) return asReply(await context.answers.refusal(refusal, null, asked.by))
  const customer = { account, key, phone }
  const read = await context.contacts.read(customer)
  if (read.kind !== 'told') return formToAdd(context, asked, { sure: read.kind === 'unknown' })
  return contactFormOf(
    context,
    await context.contacts.meet(customer, read.values, asked.by),
    asked.by,
    read.values,
  )
}

/** A customer whom nobody knows can be added, where there is a number and it is clear to which account. */
async function formToAdd(
  context: ListenerContext,
  { by, phone, named, kind, text }: Asked,
  { sure }: { readonly sure: boolean },
): Promise<Answer> {
  const open = [...context.accounts.values()].flatMap(({ id, adapter }) => {
    const fields = adapter.contacts?.newFields
    return fields === undefined || (named !== null && named !== id) ? [] : [{ id, adapter, fields }]
  })
  const [account, another] = open
  if (phone === null || account === undefined) return say(notFoundText({ kind, text }))
  if (another !== undefined) return say(whichAccountText(open.map(({ id }) => id)))
  const refusal = await context.desk.whyNotAddContact(by, account.id)
  if (refusal !== null) return asReply(await context.answers.refusal(refusal, null, by))
  const view = contactForm({
    account: account.id,
    provider: account.adapter.label,
    customer: { phone, sure },
    fields: account.fields,
    values: null,
  })
  return { kind: 'open', view }
}

/** The form, or why the person does not get it. `told`: what the provider has just said. */
export async function contactFormOf(
  context: ListenerContext,
  id: ChatId,
  by: SlackUserId,
  told?: ContactValues,
): Promise<Answer> {
  const refusal = await context.desk.whyNotEditContact(by, id)
  const chat = await context.store.chat(id)
  if (refusal !== null || chat === null)
    return asReply(await context.answers.refusal(refusal ?? { kind: 'chat-unknown' }, chat, by))
  const account = context.accounts.get(chat.account)
  const contacts = account?.adapter.contacts
  if (account === undefined || contacts === undefined) return say(contactSurfaceText.notOffered)
  const read =
    told === undefined ? await context.contacts.read(chat) : { kind: 'told' as const, values: told }
  const view = contactForm({
    account: account.id,
    provider: account.adapter.label,
    customer: await context.present.chat(chat, by),
    fields: contacts.fields,
    values: read.kind === 'told' ? read.values : null,
  })
  return { kind: 'open', view }
}

export const contactPickerSubmitted =
  (context: ListenerContext): SubmissionHandler =>
  async (submission) => {
    const ref = parseChatRef(chosen(submission, 'chat', 'myChat'))
    if (ref === null) return { kind: 'errors', errors: { chat: surfaceText.chooseChat } }
    const answer = await contactFormOf(context, ref.chat, submission.user)
    switch (answer.kind) {
      case 'open':
      case 'update':
        return { kind: 'update', view: answer.view }
      case 'reply':
        return { kind: 'update', view: textModal(contactTitle, answer.text) }
      case 'nothing':
        return { kind: 'close' }
      default:
        return answer satisfies never
    }
  }
