import type { AuditEvent, EventFacts } from '../../src/routing/audit.ts'
import type { Holder } from '../../src/routing/chat.ts'

interface Names {
  readonly slackUser: (id: string) => string
  readonly wammUser: (id: string) => string
}

const clockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })

/** One line of the audit trail in words: when, who, what. */
export const auditLine = ({ at, actor, facts }: AuditEvent, names: Names): string => {
  const who = actor === null ? 'WAMM' : names.slackUser(actor)
  return `${clockTime.format(at)}  ${who} ${whatHappened(facts, names)}`
}

const whatHappened = (facts: EventFacts, names: Names): string => {
  const holder = (user: Holder): string => (user === null ? 'nobody' : names.wammUser(user))
  switch (facts.kind) {
    case 'arrived':
      return `shows the chat for the first time; ${holder(facts.holder)} is responsible`
    case 'claimed':
      return 'claims it'
    case 'handed-off':
      return `hands it off to ${holder(facts.to)}${facts.note === null ? '' : ', with a note'}`
    case 'released':
      return 'releases it'
    case 'offered':
      return `offers it to ${holder(facts.to)}${facts.note === null ? '' : ', with a note'}`
    case 'accepted':
      return 'accepts it'
    case 'declined':
      return `declines it${facts.reason === null ? '' : ', with a reason'}`
    case 'taken-back':
      return 'takes the offer back'
    case 'offer-ended':
      return `ends the offer: ${facts.why}`
    case 'away':
      return 'goes away'
    case 'back':
      return 'is back'
    case 'confirmed':
      return `confirms that ${holder(facts.holder)} is responsible${facts.late ? ', after a wait' : ''}`
    case 'delayed':
      return `cannot be told yet (${facts.reason}), so Baton keeps trying`
    case 'overruled':
      return `says that ${holder(facts.holder)} has it already`
    case 'failed':
      return `refuses the change: ${facts.reason}`
    case 'adopted':
      return `was changed in its own screens, from ${holder(facts.from)} to ${holder(facts.holder)}`
    case 'looked-up':
      return 'looks the customer up'
    case 'closed':
      return 'shows it no more: closed'
    case 'reopened':
      return `shows it again; ${holder(facts.holder)} is responsible`
    case 'erased':
      return 'has nothing left in Baton that names the customer'
    case 'undone':
      return `takes that back: ${facts.to === null ? 'nobody has it' : `${names.wammUser(facts.to)} has it`}`
    case 'contact-saved':
      return `${facts.added ? 'adds' : 'saves'} the customer's contact`
    case 'contact-refused':
      return `refuses the customer's contact: ${facts.reason}`
    case 'number-shown':
      return "is shown the customer's number"
    case 'channel-shared':
      return 'has a channel that another organisation reads'
    case 'channel-usable':
      return 'has a channel of its own again'
    case 'account-trouble':
      return `cannot be ${facts.way === 'read' ? 'read' : 'written to'}: ${facts.problem}`
    case 'account-recovered':
      return `can be ${facts.way === 'read' ? 'read' : 'written to'} again`
    case 'webhook-silent':
      return 'does not tell of new messages by itself'
    case 'webhook-heard':
      return 'tells of new messages by itself'
    case 'channel-shut':
      return 'has a channel in which Baton may not post'
    case 'channel-open':
      return 'has a channel in which Baton may post'
    case 'job-retried':
    case 'job-given-up':
      return `has ${facts.job} that failed ${facts.kind === 'job-retried' ? 'tried again' : 'forgotten'}`
    case 'linked':
      return `links ${names.slackUser(facts.slackUser)} to ${names.wammUser(facts.to)}`
    case 'unlinked':
      return `unlinks ${names.slackUser(facts.slackUser)} from ${names.wammUser(facts.from)}`
    case 'absent':
    case 'returned':
      return `shows that ${names.wammUser(facts.user)} ${facts.kind === 'absent' ? 'is gone' : 'is back'}`
    default:
      return facts satisfies never
  }
}
