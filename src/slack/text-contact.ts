import type { ContactField, ContactFieldId, ProviderProblem } from '../providers/contract.ts'
import type { ContactFault } from '../routing/contact-values.ts'
import type { HandOffComment } from '../routing/leave-comment.ts'
import { foreign } from './mrkdwn.ts'
import { isPassing, problemText, whyText } from './text-problems.ts'

/** What Baton says about customers' contacts, and calls their fields. */

export const fieldLabels: Readonly<Record<ContactFieldId, string>> = {
  name: 'Name',
  note: 'Note',
  email: 'E-mail address',
  web: 'Web page',
  'crm-id': 'CRM id',
  'first-name': 'First name',
  'last-name': 'Last name',
  'opt-in-date': 'Opt-in date',
  stage: 'Stage',
  disposition: 'Disposition',
  conversation: 'Conversation',
}

/** Under a field; null where its label says enough. `hidden`: it may have a value that the form cannot show. */
export const fieldHint = (field: ContactFieldId, hidden: boolean): string | null => {
  if (hidden) return 'What it is now cannot be shown. Leave it empty to keep it.'
  if (field === 'note') return 'Staff read it; the customer does not.'
  return field === 'opt-in-date' ? 'When the customer agreed to be written to.' : null
}

/** `open` → `Open`; what a provider calls its own choices stays as it is. */
export const choiceLabel = (field: ContactFieldId, choice: string): string => {
  if (field !== 'conversation') return choice
  return choice === 'open' ? 'Open' : 'Closed'
}

/** At a field, as everything below up to the notices: Slack shows plain text there. */
export const contactFaultText = (
  fault: ContactFault,
  { maxLength, forbidden = '' }: Pick<ContactField, 'maxLength' | 'forbidden'>,
): string => {
  switch (fault) {
    case 'missing':
      return 'Please fill this in.'
    case 'too-long':
      return maxLength === undefined ? 'Please shorten this.' : `Please use at most ${maxLength} characters.`
    case 'forbidden-character':
      return forbidden.length === 1
        ? `Please leave out the character ${forbidden}.`
        : `Please leave out the characters ${[...forbidden].join(' and ')}.`
    case 'no-email':
      return 'Please write an e-mail address, such as ivan@example.com.'
    case 'no-web':
      return 'Please write the address of a web page, such as https://example.com.'
    case 'no-date':
      return 'Please choose a date.'
    case 'not-offered':
      return 'Please choose one of the values in the list.'
    default:
      return fault satisfies never
  }
}

/** What the provider refused, with the form still open. */
export const contactRefusedText = ({ problem, field }: Refused, provider: string): string => {
  if (field === null) return `This did not go through. ${whyNotSaved(problem, provider)}`
  if (problem === 'contact-exists')
    return `${provider} already has a contact with this value. Use another one.`
  if (problem === 'value-missing') return `${provider} needs this value. Fill it in, please.`
  if (problem === 'value-too-long') return `${provider} does not take a text of this length. Shorten it.`
  return `${provider} does not accept this value. Check it, please.`
}

/** Where it is not about a chat, other words than for an assignment. */
const problems: Readonly<Partial<Record<ProviderProblem, (provider: string) => string>>> = {
  'token-refused': (provider) =>
    `${provider} does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, change the contact in ${provider} itself.`,
  'chat-not-found': (provider) =>
    `${provider} does not know this customer. They may have been deleted there: look for them in ${provider}.`,
  'invalid-chat-key': (provider) =>
    `${provider} does not accept the number or id of this customer. Check it; groups have no contact.`,
  'refused-otherwise': (provider) =>
    `${provider} refused without a reason that Baton knows. Try once more; if it stays so, change the contact in ${provider} itself and tell an admin.`,
}

/** Why the provider does not have what was filled in about a customer, and what to do. */
export const whyNotSaved = (problem: ProviderProblem, provider: string): string =>
  isPassing(problem)
    ? `${whyText(problem, provider)}, and Baton has stopped trying. Fill in the form again later.`
    : (problems[problem]?.(provider) ?? problemText(problem, provider))

interface Refused {
  readonly problem: ProviderProblem
  /** That the provider objected to, where it says so. */
  readonly field: ContactFieldId | null
}

export type ContactNotice =
  | { readonly kind: 'saved'; readonly added: boolean }
  /** Kept here, and not yet there: why, as far as that is known. */
  | { readonly kind: 'delayed'; readonly problem: ProviderProblem | null }
  | ({ readonly kind: 'refused' } & Refused)

/** How saving a contact ended, or that it takes longer. `customer` is null where no chat stands for them yet. */
export const contactText = (
  notice: ContactNotice,
  { customer, provider }: { readonly customer: string | null; readonly provider: string },
): string => {
  const who = customer === null ? 'the customer' : foreign(customer)
  switch (notice.kind) {
    case 'saved':
      return notice.added
        ? `${customer === null ? 'The customer' : who} was added to ${provider}. To take the chat, send \`/claim\` with the number.`
        : `The contact of ${who} was saved in ${provider}.`
    case 'delayed': {
      const why =
        notice.problem === null ? `${provider} has not answered yet` : whyText(notice.problem, provider)
      return `What you filled in is kept, but ${why}. Baton keeps trying, and tells you how it ends.`
    }
    case 'refused': {
      const field = notice.field === null ? '' : ` (${fieldLabels[notice.field]})`
      return `What you filled in about ${who} was not saved${field}. ${whyNotSaved(notice.problem, provider)}`
    }
    default:
      return notice satisfies never
  }
}

export const contactSurfaceText = {
  notOffered:
    'No account of yours keeps contacts that Baton could change. Change them at the provider itself.',
  notFilled: 'The present values could not be read. What you leave empty stays as it is.',
  pressContinue: 'Choose whose contact to change, then press Continue.',
  badNumber: 'Please write a phone number with its country code, such as +7 900 123-45-67.',
} as const

/** Above the form for somebody new. `sure`: the provider has said that it does not know them. */
export const addingText = (provider: string, sure: boolean): string =>
  sure
    ? `${provider} does not know this customer. Fill in the form to add them.`
    : `${provider} has not said whether it knows this customer. Fill in the form to add them; what you leave empty stays as it is.`

/** Several accounts could get a customer whom none of them knows. */
export const whichAccountText = (accounts: readonly string[]): string =>
  `No account knows this customer. Say which one should: send \`/contact ${foreign(accounts[0] ?? 'account')}:\` and the number.`

/** At the provider, not in Slack: plain text for staff who open the chat there. */
export const handOffCommentText = ({ from, to, note }: HandOffComment): string =>
  `${from ?? 'Somebody'} handed this chat to ${to} in Slack: ${note}`
