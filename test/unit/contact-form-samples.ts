import type { ContactField } from '../../src/providers/contract.ts'
import { accountId } from '../../src/routing/ids.ts'
import { type ContactForm, contactForm } from '../../src/slack/views/contact-form.ts'
import { owned } from './chat-facts-samples.ts'

/** One of each kind. */
export const contactFields = [
  { id: 'name', kind: 'line', required: true, maxLength: 250 },
  { id: 'note', kind: 'lines', required: false },
  { id: 'email', kind: 'email', required: false, maxLength: 150 },
  { id: 'web', kind: 'web', required: false, maxLength: 150 },
  { id: 'opt-in-date', kind: 'date', required: false },
  { id: 'stage', kind: 'choice', required: false, choices: ['Lead', '<!channel> *x*', 'x'.repeat(75)] },
  { id: 'conversation', kind: 'choice', required: false, choices: ['open', 'closed'] },
] as const satisfies readonly ContactField[]

/** Of a customer about whom the provider tells nothing; tests say only what differs. */
export const contactFormOf = (over: Partial<ContactForm>) =>
  contactForm({
    account: accountId('wamm'),
    provider: 'WAMM',
    customer: owned,
    fields: contactFields,
    values: {},
    ...over,
  })
