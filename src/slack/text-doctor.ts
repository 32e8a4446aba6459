import type { Finding } from '../doctor/finding.ts'
import type { JobKindName } from '../jobs/catalogue.ts'
import { escaped, foreign } from './mrkdwn.ts'

/** What Baton says about how it does itself, and about jobs that it gave up. */
export const doctorText = {
  press:
    "Baton's doctor tries out whether a click reaches Baton. Please press the button within a minute; nothing else happens.",
  pressArrived: 'The click reached Baton. There is nothing left to do.',
  pressMissing:
    'No click reached Baton in a minute. `npm run doctor` says what that means; this message can be ignored.',
  pressTaken: 'Baton got your click. There is nothing left to do.',
  cut: "There is more than fits here, less urgent than this: `npm run doctor` on Baton's machine says all of it.",
  noFailedJobs: 'No job is given up. There is nothing to do.',
  jobGone: 'That job is not among the failed ones any more, so nothing was changed.',
  failedJobs:
    'Baton tried these many times and gave up. Press Retry once the cause is gone, or Give Up where it does not matter any more. Both are kept in the audit trail.',
} as const

export const adminsOnlyText = (who: string): string =>
  `Only admins can do that. Nothing was changed. Ask ${who}.`

const marks = {
  ok: 'OK',
  warning: 'Warning',
  unknown: '*Not known*',
  wrong: '*Wrong*',
  skipped: 'Not looked at',
} as const

/** The words are Baton's own but for names in its settings; what is code to a terminal is code here. */
export const findingText = ({ check, result, says }: Finding): string =>
  `${marks[result]} · ${foreign(check)}: ${says
    .split('`')
    .map((part, index) => (index % 2 === 1 ? `\`${part}\`` : spaced(part)))
    .join('')}`

/** `escaped` takes the spaces at the ends away. */
const spaced = (text: string): string =>
  `${/^\s/.test(text) ? ' ' : ''}${escaped(text)}${/\s$/.test(text) && text.trim() !== '' ? ' ' : ''}`

/** What a job was to do, by its kind. */
const deeds: Readonly<Record<JobKindName, string>> = {
  assign: 'Bring an assignment to the provider',
  card: 'Bring a card up to date',
  storm: 'Tell the channel of many chats at once',
  pointer: 'Turn an old card into a pointer',
  thread: "Tell in a card's thread what happened",
  notice: 'Write a private message',
  introduce: 'Find in Slack who got a chat at the provider',
  window: 'Show on a card that the time for answers ends',
  look: 'Ask the provider about a chat',
  reopened: 'Tell somebody that their customer has written again',
  contact: 'Bring a change of a contact to the provider',
  comment: 'Leave a note at the provider',
  enrol: 'Link somebody, and do what they asked for',
  directory: 'Read who is in Slack and at the providers',
  'directory-report': 'Tell an admin what became of linking everybody',
  person: 'Ask Slack who somebody is now',
  relink: 'Link people to their new users at a provider',
  'second-look': 'Ask a provider for its users again',
  absence: 'Show that somebody cannot work, or can again',
  'absence-notice': 'Tell a lead of the chats of somebody absent',
  offer: 'Show somebody an offer, and how it stands',
  'offer-over': 'Tell whoever made an offer how it ended',
  'offer-expiry': 'End an offer that nobody answered',
  'return-offers': 'End the offers to somebody who cannot answer',
  several: 'Release, hand off or undo several chats, and report it',
  'handed-several': 'Tell somebody that they got several chats',
  'mistaken-several': 'Tell somebody that they got several chats by mistake',
  mend: 'Try a failed job again, or forget it',
}

const isKnown = (kind: string): kind is JobKindName => Object.hasOwn(deeds, kind)

/** Also for a terminal. */
export const deedText = (kind: string): string =>
  isKnown(kind) ? deeds[kind] : 'Something that this version of Baton does not know'

export const failedJobText = (job: {
  readonly kind: string
  readonly reason: string | null
  readonly attempts: number
  /** Whose chat it is about; masked where it is a number. */
  readonly customer: string | null
}): string => {
  const about = job.customer === null ? '' : `, for ${foreign(job.customer)}`
  const tries = job.attempts === 1 ? '1 try' : `${job.attempts} tries`
  return `*${deedText(job.kind)}*${about}\nGiven up after ${tries}: ${foreign(job.reason ?? 'no reason is known')}`
}

export const failedCountText = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'job was' : 'jobs were'} given up after many tries. Look which, then try them again or forget them.`

export const moreFailedText = (more: number): string =>
  `And ${more.toLocaleString('en')} more: they show here as these are dealt with. \`npm run -s jobs retry all\` on Baton's machine tries all of them again.`

export const mendedText = (what: 'retry' | 'give-up'): string =>
  what === 'retry' ? 'Baton tries it again now.' : 'It is forgotten.'
