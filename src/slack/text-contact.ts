import type { ContactFieldId, ProviderProblem } from '../providers/contract.ts'
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

/** Under a field; null where its label says enough. */
export const fieldHint = (field: ContactFieldId, filled: boolean): string | null => {
  switch (field) {
    case 'note':
      return 'Staff read it; the customer does not.'
    case 'opt-in-date':
      return 'When the customer agreed to be written to.'
    case 'stage':
    case 'disposition':
      return filled ? null : 'What it is now cannot be shown. Leave it empty to keep it.'
    default:
      return null
  }
}

/** `open` → `Open`; what a provider calls its own choices stays as it is. */
export const choiceLabel = (field: ContactFieldId, choice: string): string => {
  if (field !== 'conversation') return choice
  return choice === 'open' ? 'Open' : 'Closed'
}

export const contactFaultText = (fault: ContactFault, maxLength: number | null): string => {
  switch (fault) {
    case 'missing':
      return 'Please fill this in.'
    case 'too-long':
      return maxLength === null ? 'Please shorten this.' : `Please use at most ${maxLength} characters.`
    case 'forbidden-character':
      return 'Please leave out the character *.'
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

/** At the field that the provider objected to. */
export const contactFieldRefusedText = (problem: ProviderProblem, provider: string): string => {
  if (problem === 'contact-exists')
    return `${provider} already has a contact with this value. Use another one.`
  if (problem === 'value-missing') return `${provider} needs this value. Fill it in, please.`
  if (problem === 'value-too-long') return `${provider} does not take a text of this length. Shorten it.`
  return `${provider} does not accept this value. Check it, please.`
}

const savedAs = (customer: string, provider: string, added: boolean): string =>
  added ? `${customer} was added to ${provider}` : `The contact of ${customer} was saved in ${provider}`

export type ContactNotice =
  | { readonly kind: 'saved'; readonly added: boolean }
  /** Kept here, and not yet there: why, as far as that is known. */
  | { readonly kind: 'delayed'; readonly problem: ProviderProblem | null }
  | { readonly kind: 'refused'; readonly problem: ProviderProblem; readonly field: ContactFieldId | null }

/** How saving a contact ended, or that it takes longer. `customer` is null where no chat stands for them yet. */
export const contactText = (
  notice: ContactNotice,
  { customer, provider }: { readonly customer: string | null; readonly provider: string },
): string => {
  const who = customer === null ? 'The customer' : foreign(customer)
  switch (notice.kind) {
    case 'saved':
      return `${savedAs(who, provider, notice.added)}.`
    case 'delayed': {
      const why =
        notice.problem === null ? `${provider} has not answered yet` : whyText(notice.problem, provider)
      return `What you filled in is kept, but ${why}. Baton keeps trying, and tells you how it ends.`
    }
    case 'refused': {
      const field = notice.field === null ? '' : ` (${fieldLabels[notice.field]})`
      const what = `What you filled in about ${customer === null ? 'the customer' : foreign(customer)} was not saved${field}.`
      return isPassing(notice.problem)
        ? `${what} ${whyText(notice.problem, provider)}, and Baton has stopped trying. Send \`/contact\` again later.`
        : `${what} ${problemText(notice.problem, provider)}`
    }
    default:
      return notice satisfies never
  }
}

export const contactSurfaceText = {
  notOffered:
    'No account of yours keeps contacts that Baton could change. Change them at the provider itself.',
  notFilled: 'The present values could not be read in time. What you leave empty stays as it is.',
  pressContinue: 'Choose whose contact to change, then press Continue.',
  badNumber: 'Please write a phone number with its country code, such as +7 900 123-45-67.',
} as const

export const addingText = (provider: string): string =>
  `${provider} does not know this customer. Fill in the form to add them.`

/** Several accounts could get a customer whom none of them knows. */
export const whichAccountText = (accounts: readonly string[]): string =>
  `No account knows this customer. Say which one should: send \`/contact ${foreign(accounts[0] ?? 'account')}:\` and the number.`

/** At the provider, not in Slack: plain text for staff who open the chat there. */
export const handOffCommentText = ({ from, to, note }: HandOffComment): string =>
  `${from ?? 'Somebody'} handed this chat to ${to} in Slack: ${note}`
