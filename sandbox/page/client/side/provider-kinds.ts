import type { ProviderId, ShownChat } from '../../../provider/provider-screen.ts'
import type { Json } from '../block-kit/contract.ts'

/** One call of a provider's control API. */
export type Order = readonly [action: string, body: Json]

/** A customer as typed; `text` is empty where the provider tells of no messages. */
export interface TypedCustomer {
  readonly name: string
  readonly address: string
  readonly text: string
}

/** What can be done in a provider's own screens, and how its control API is asked for it. */
export interface ProviderKind {
  readonly lead: string
  readonly customer: {
    readonly title: string
    readonly addressLabel: string
    readonly hasText: boolean
    readonly button: string
    /** Null while something is missing or cannot be read. */
    readonly order: (typed: TypedCustomer, known: ReadonlyMap<string, ShownChat>) => Order | null
    readonly done: (who: string) => string
  }
  readonly assign: (key: string, userId: string | null) => Order
  readonly closedLabel: string
  /** What else a person can do with an open chat. */
  readonly acts: readonly {
    readonly label: string
    /** Of the chat with so-called. */
    readonly spoken: (customer: string) => string
    readonly order: (key: string) => Order
  }[]
}

const digitsOf = (number: string): string => number.replace(/\D/g, '')

/** E.164, or null for what is none. */
const phoneOf = (number: string): string | null => {
  const digits = digitsOf(number)
  return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : null
}

/** `{ firstName: 'Hana', lastName: 'Sato' }`; without what is not there. */
const namesOf = (name: string): Json => {
  const [firstName = '', ...others] = name.trim().split(/\s+/)
  return {
    ...(firstName === '' ? {} : { firstName }),
    ...(others.length === 0 ? {} : { lastName: others.join(' ') }),
  }
}

const close = {
  label: 'Close',
  spoken: (customer: string) => `Close the chat with ${customer}`,
}

export const providerKinds: Readonly<Record<ProviderId, ProviderKind>> = {
  wamm: {
    lead: 'The inbox where customers’ chats arrive. Baton looks for news every few seconds, and tells it who is responsible.',
    customer: {
      title: 'A customer writes',
      addressLabel: 'Number',
      hasText: true,
      button: 'Send as the Customer',
      order: ({ name, address, text }) => {
        const key = digitsOf(address)
        if (key === '' || text.trim() === '') return null
        return ['customer-writes', { key, text, ...(name.trim() === '' ? {} : { name: name.trim() }) }]
      },
      done: (who) => `${who} has written. Baton notices within a few seconds.`,
    },
    assign: (key, userId) => ['assign', { key, userId }],
    closedLabel: 'Closed',
    acts: [{ ...close, order: (key) => ['close', { key }] }],
  },

  saleschat: {
    lead: 'It tells nobody which chats there are, or who has one. Baton finds a contact by number, asks for an assignment, and SalesChat.pro carries it out a moment later. This pane shows what Baton cannot see.',
    customer: {
      title: 'A contact is added',
      addressLabel: 'Number',
      hasText: false,
      button: 'Add the Contact',
      order: ({ name, address }, known) => {
        const phone = phoneOf(address)
        if (phone === null) return null
        return ['add-contact', { id: `contact-${known.size + 1}`, phone, ...namesOf(name) }]
      },
      done: (who) => `${who} is there now. Claim the number in Slack.`,
    },
    assign: (id, userId) => ['assign', { id, userId }],
    closedLabel: 'Expired',
    acts: [
      {
        label: 'Answer',
        spoken: (customer) => `Answer as ${customer}`,
        order: (id) => ['customer-replies', { id }],
      },
      {
        label: 'Expire',
        spoken: (customer) => `Expire the contact ${customer}`,
        order: (id) => ['expire-contact', { id }],
      },
    ],
  },

  aelyst: {
    lead: 'Contacts with one conversation each. Baton looks for open ones every few seconds, tells it who is assigned, and leaves the note of a hand-off there as a comment.',
    customer: {
      title: 'A customer writes',
      addressLabel: 'Number or e-mail',
      hasText: true,
      button: 'Send as the Customer',
      order: ({ name, address, text }) => {
        const phone = phoneOf(address)
        const from = address.includes('@') ? { email: address.trim() } : phone === null ? null : { phone }
        if (from === null || text.trim() === '') return null
        return ['customer-writes', { ...from, text, ...namesOf(name) }]
      },
      done: (who) => `${who} has written. Baton notices within a few seconds.`,
    },
    assign: (id, userId) => ['assign', { id, userId }],
    closedLabel: 'Closed',
    acts: [{ ...close, order: (id) => ['close', { id }] }],
  },
}
