import type { types } from '@slack/bolt'
import type { ContactField, ContactFieldId, ContactValues } from '../../providers/contract.ts'
import { faultsIn } from '../../routing/contact-values.ts'
import type { AccountId } from '../../routing/ids.ts'
import { actionIds, blockIds, callbackIds, contactFieldId } from '../ids.ts'
import { clamp, plain } from '../mrkdwn.ts'
import { stateText } from '../text.ts'
import { addingText, choiceLabel, contactSurfaceText, fieldHint, fieldLabels } from '../text-contact.ts'
import { encodeContactForm } from '../values.ts'
import { customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { context, section } from './message.ts'
import { input, label } from './modal.ts'

export interface ContactForm {
  readonly account: AccountId
  /** `WAMM` */
  readonly provider: string
  readonly customer: ChatFacts | NewCustomer
  readonly fields: readonly ContactField[]
  /** Null when the provider did not say in time. */
  readonly values: ContactValues | null
}

/** Somebody who is to be added, by the number as it was asked for. */
interface NewCustomer {
  readonly phone: string
  /** The provider has said that it does not know them. */
  readonly sure: boolean
}

export const contactTitle = 'Contact'

/** What the provider keeps of a customer, to be changed, or filled in for the first time. */
export const contactForm = ({
  account,
  provider,
  customer,
  fields,
  values,
}: ContactForm): types.ModalView => {
  const initial = (field: ContactField): string | null => initialText(field, values)
  const filled = fields.filter((field) => initial(field) !== null).map(({ id }) => id)
  const isNew = 'phone' in customer
  const blocks: types.KnownBlock[] = [
    ...(isNew
      ? [section(addingText(provider, customer.sure)), phoneInput(customer.phone)]
      : [section(`${customerLine(customer, 'full')}\n${stateText(customer)}`)]),
    ...(values === null && !isNew ? [context(contactSurfaceText.notFilled)] : []),
    ...fields.map((field) => fieldInput(field, initial(field), values !== null)),
  ]
  return {
    type: 'modal',
    callback_id: callbackIds.contactForm,
    private_metadata: encodeContactForm({ account, chat: isNew ? null : customer.id, filled }),
    title: label(contactTitle),
    submit: label(isNew ? 'Add' : 'Save'),
    close: label('Cancel'),
    blocks,
  }
}

/** `/contact` alone: whose. */
export const contactPicker = (menu: types.KnownBlock): types.ModalView => ({
  type: 'modal',
  callback_id: callbackIds.contactPicker,
  title: label(contactTitle),
  submit: label('Continue'),
  close: label('Cancel'),
  blocks: [menu, context(contactSurfaceText.pressContinue)],
})

/** Slack's limit for texts in forms. */
const maxInputLength = 3000

const longest = ({ maxLength = maxInputLength }: ContactField): number => Math.min(maxLength, maxInputLength)

/** What the field starts with. Null: not known, or not to be shown in a form; leaving it empty then keeps it. */
const initialText = (field: ContactField, values: ContactValues | null): string | null => {
  const value = values?.[field.id]?.trim()
  if (value === undefined || value.length > longest(field)) return null
  const isTyped = field.kind !== 'date' && field.kind !== 'choice'
  if (value === '' || isTyped) return value
  return faultsIn([{ ...field, required: true }], { [field.id]: value })[field.id] === undefined
    ? value
    : null
}

/** `told`: the provider has answered, though perhaps not about this field. */
const fieldInput = (field: ContactField, initial: string | null, told: boolean): types.InputBlock =>
  input({
    blockId: contactFieldId(field.id),
    label: fieldLabels[field.id],
    hint: fieldHint(field.id, told && initial === null && !field.required),
    required: field.required,
    element: element(field, initial === '' ? null : initial),
  })

const element = (field: ContactField, initial: string | null): types.InputBlock['element'] => {
  const action = { action_id: contactFieldId(field.id) }
  switch (field.kind) {
    case 'line':
    case 'lines':
    case 'web':
    case 'email':
      return {
        type: 'plain_text_input',
        ...action,
        multiline: field.kind === 'lines',
        max_length: longest(field),
        ...(initial === null ? {} : { initial_value: initial }),
      }
    case 'date':
      return { type: 'datepicker', ...action, ...(initial === null ? {} : { initial_date: initial }) }
    case 'choice': {
      const options = (field.choices ?? []).map((choice) => option(field.id, choice))
      const chosen = options.find(({ value }) => value === initial)
      return {
        type: 'static_select',
        ...action,
        options,
        ...(chosen === undefined ? {} : { initial_option: chosen }),
      }
    }
    default:
      return field.kind satisfies never
  }
}

const option = (field: ContactFieldId, choice: string): types.PlainTextOption => ({
  text: plain(choiceLabel(field, choice), 75),
  value: choice,
})

const phoneInput = (phone: string): types.InputBlock =>
  input({
    blockId: blockIds.phone,
    label: 'Phone number',
    hint: null,
    required: true,
    element: {
      type: 'plain_text_input',
      action_id: actionIds.phone,
      max_length: 60,
      initial_value: clamp(phone, 60),
    },
  })
