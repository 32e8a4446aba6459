import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContactFieldId, ProviderProblem } from '../../src/providers/contract.ts'
import type { ContactFault } from '../../src/routing/contact-values.ts'
import {
  accountId,
  eventId,
  instant,
  providerUserId,
  slackUserId,
  userGroupId,
} from '../../src/routing/ids.ts'
import type { Refusal } from '../../src/routing/intent.ts'
import type { Standing } from '../../src/routing/roles.ts'
import { mention } from '../../src/slack/mrkdwn.ts'
import {
  age,
  anAdmin,
  doneText,
  pendingText,
  refusalText,
  stateText,
  unansweredText,
  windowWarningText,
} from '../../src/slack/text.ts'
import {
  absenceNoticeText,
  absenceText,
  leftBehindText,
  moreLeftText,
  receiverAbsentText,
} from '../../src/slack/text-absence.ts'
import { sharingNotToldText } from '../../src/slack/text-channel.ts'
import {
  addingText,
  type ContactNotice,
  choiceLabel,
  contactFaultText,
  contactRefusedText,
  contactSurfaceText,
  contactText,
  fieldHint,
  fieldLabels,
  handOffCommentText,
  whichAccountText,
} from '../../src/slack/text-contact.ts'
import { directoryText, idHint, unlistedText, unreadText } from '../../src/slack/text-directory.ts'
import {
  adminsOnlyText,
  doctorText,
  failedCountText,
  findingText,
  mendedText,
  moreFailedText,
} from '../../src/slack/text-doctor.ts'
import { healthText, notReadText } from '../../src/slack/text-health.ts'
import {
  type Happening,
  historyLineText,
  historyText,
  nothingHappenedText,
} from '../../src/slack/text-history.ts'
import {
  asOfText,
  homeText,
  moreOffersText,
  moreOfGroupsText,
  moreText,
  notLinkedText,
  notLookedForText,
  onlyToldText,
  othersText,
  rowText,
  teamAwayText,
} from '../../src/slack/text-home.ts'
import {
  adminLinkText,
  linkedText,
  selfLinkText,
  undoLinkText,
  unlinkText,
} from '../../src/slack/text-linking.ts'
import { listText, nothingFoundText } from '../../src/slack/text-lists.ts'
import { noticeText } from '../../src/slack/text-notice.ts'
import {
  answeredText,
  askedText,
  askText,
  awayAnswerText,
  cannotAskText,
  type OfferEnd,
  offerText,
  youAreAwayText,
} from '../../src/slack/text-offer.ts'
import { delayText, notAskedText, problems, problemText } from '../../src/slack/text-problems.ts'
import { groupProblemText, numberShownText, standingText } from '../../src/slack/text-roles.ts'
import {
  claimCountText,
  claimedSeveralText,
  handedSeveralText,
  mistakenSeveralText,
  type SeveralDeed,
  severalBegunText,
  severalDoneText,
  severalHints,
  whyNotOneText,
} from '../../src/slack/text-several.ts'
import { stormText } from '../../src/slack/text-storm.ts'
import {
  notFoundText,
  notInChannelText,
  receiverMissingText,
  severalMatchText,
  surfaceText,
  type Tried,
  unknownCommandText,
  usageText,
  wentWrongText,
  whichOfYoursText,
} from '../../src/slack/text-surface.ts'
import { undoableText } from '../../src/slack/text-undo.ts'
import type { ChatFacts, PersonFacts } from '../../src/slack/views/chat-facts.ts'
import { ann, ben, boris, facts, now, owned, pressing } from './chat-facts-samples.ts'
import { hostileText } from './hostile-text.ts'

const account = accountId('wamm')
const user = providerUserId('100')
const since = instant(now - 3_600_000)

const refusals: { readonly [K in Refusal['kind']]: Extract<Refusal, { kind: K }> } = {
  'not-linked': { kind: 'not-linked', account },
  held: { kind: 'held', owner: user, since },
  'already-yours': { kind: 'already-yours', since },
  'not-yours': { kind: 'not-yours', owner: user, since },
  waiting: { kind: 'waiting' },
  stale: { kind: 'stale', owner: user, since },
  closed: { kind: 'closed' },
  'chat-unknown': { kind: 'chat-unknown' },
  'nothing-waiting': { kind: 'nothing-waiting' },
  'has-it-already': { kind: 'has-it-already', owner: user },
  role: { kind: 'role', needed: 'lead' },
  'not-known': { kind: 'not-known' },
  'receiver-outside': { kind: 'receiver-outside', to: ben },
  'receiver-not-linked': { kind: 'receiver-not-linked', to: ben, account },
  blocked: { kind: 'blocked', account },
  'receiver-absent': { kind: 'receiver-absent', absence: 'slack', account },
  'receiver-away': { kind: 'receiver-away', to: ben, until: since },
  'offered-already': { kind: 'offered-already', to: ben, since },
  'not-asked': { kind: 'not-asked', to: ben },
  'offer-over': { kind: 'offer-over', owner: user, since },
  'not-your-decision': { kind: 'not-your-decision' },
  'undo-late': { kind: 'undo-late', deed: 'claimed' },
}

const group = userGroupId('S0SUPPORT')
const standings: readonly Standing[] = [
  { role: 'outsider' },
  { role: 'agent' },
  { role: 'lead', because: 'named' },
  { role: 'lead', because: group },
  { role: 'admin', because: 'named' },
  { role: 'admin', because: 'workspace-admin' },
]

const everyProblem = problems as readonly ProviderProblem[]
const reasons = [...everyProblem, 'https://wamm.chat/api2/SECRET', 'phone_fail']

const link = { provider: 'WAMM', admins: [slackUserId('U0ADA')], leads: [slackUserId('U0LEA')] }
const slackAnn: PersonFacts = { kind: 'slack', user: ann }
const owners: readonly (PersonFacts | null)[] = [slackAnn, { kind: 'provider', name: boris }, null]

const contactNotices: readonly ContactNotice[] = [
  ...[true, false].map((added) => ({ kind: 'saved', added }) as const),
  { kind: 'delayed', problem: null },
  ...everyProblem.flatMap((problem): readonly ContactNotice[] => [
    { kind: 'delayed', problem },
    { kind: 'refused', problem, field: null },
    { kind: 'refused', problem, field: 'crm-id' },
  ]),
]

const undoableKinds = ['claimed', 'handed-off', 'released'] as const
const severalDeeds: readonly SeveralDeed[] = [
  { kind: 'release' },
  { kind: 'hand-off', to: mention(ben) },
  { kind: 'undo' },
]

const vias = ['slack', 'provider', 'rule'] as const

/** A line of history begins with its time. */
const withoutTime = (line: string): string => line.replace(/^<!date[^>]*> · /, '')

const offerEndedWhys = ['unanswered', 'away', 'gone'] as const
const offerEnds = (owner: PersonFacts | null): readonly OfferEnd[] => [
  { kind: 'accepted', vain: null },
  { kind: 'accepted', vain: { kind: 'overruled', holder: owner } },
  ...reasons.map((reason) => ({ kind: 'accepted', vain: { kind: 'failed', reason } }) as const),
  { kind: 'declined', reason: null },
  { kind: 'taken-back', by: ann },
  { kind: 'replaced', by: null, to: ann },
  { kind: 'closed' },
  { kind: 'moved-on' },
  ...offerEndedWhys.map((why) => ({ kind: 'ended', why }) as const),
]

/** Every sentence that can be said with these foreign words in it. */
const everySentence = (word: string): readonly string[] => {
  const about = (more: Partial<ChatFacts>): ChatFacts => ({ ...facts, customer: word, ...more })
  const named: PersonFacts = { kind: 'provider', name: word }
  const who = [...owners, named]
  return [
    ...who.flatMap((owner) =>
      [word, null].flatMap((customer) =>
        Object.values(refusals).map((refusal) => refusalText(refusal, { ...link, owner, customer })),
      ),
    ),
    ...(['agent', 'admin'] as const).map((needed) =>
      refusalText({ kind: 'role', needed }, { ...link, owner: null, customer: word }),
    ),
    ...standings.map((standing) => standingText(standing, link.admins)),
    numberShownText(word),
    ...['gone', 'missing_scope'].map((code) => groupProblemText(group, code)),
    sharingNotToldText('C0TEAM', 'missing_scope'),
    doneText({ kind: 'claimed' }, about({})),
    doneText({ kind: 'asked-for' }, about({})),
    doneText({ kind: 'handed-off', to: slackAnn, onReply: false, away: null }, about({})),
    doneText({ kind: 'handed-off', to: named, onReply: false, away: null }, about({})),
    doneText({ kind: 'released' }, about({})),
    ...who.flatMap((owner) =>
      [null, 'nobody' as const].map((wanted) => doneText({ kind: 'undone' }, about({ owner, wanted }))),
    ),
    ...undoableKinds.map((deed) =>
      refusalText({ kind: 'undo-late', deed }, { ...link, owner: null, customer: word }),
    ),
    ...undoableKinds.map((kind) => undoableText(kind, about({}), since)),
    ...[named, null].map((from) => noticeText({ kind: 'handed-by-mistake', from }, about({}))),
    ...severalDeeds.flatMap((deed) => [
      severalBegunText(deed.kind, 2),
      ...[0, 1, 3].map((done) => severalDoneText(deed, done, 3)),
      severalDoneText(deed, 0, 1),
      severalDoneText(deed, 1, 1),
    ]),
    ...['closed', 'has-it-already', 'receiver-absent', 'undo-late'].map((why) =>
      whyNotOneText(why, about({})),
    ),
    handedSeveralText(mention(ann), 3, word),
    mistakenSeveralText(mention(ann), 1),
    mistakenSeveralText(mention(ann), 3),
    claimedSeveralText(3, 3),
    claimedSeveralText(1, 5),
    claimCountText(word),
    severalHints.receiver,
    severalHints.note,
    severalHints.chooseChats,
    severalHints.chooseDeed,
    severalHints.again,
    ...(['slack', 'provider'] as const).flatMap((absence) => [
      ...who.map((owner) => absenceText({ owner, ownerAbsence: absence, provider: 'WAMM' }) ?? ''),
      ...who.map((owner) => absenceNoticeText(owner, absence, { provider: 'WAMM', chats: 2, more: false })),
      receiverAbsentText(absence, 'WAMM'),
    ]),
    unreadText({ problem: 'timed-out' }, 'WAMM'),
    unreadText({ problem: '' }, null),
    unlistedText('WAMM'),
    idHint(['WAMM', 'SalesChat']),
    directoryText.begun,
    directoryText.rest,
    linkedText('file', since) ?? '',
    undoLinkText(['wamm']),
    undoLinkText(['wamm', 'aelyst']),
    doneText({ kind: 'handed-off', to: slackAnn, onReply: true, away: { since, until: since } }, about({})),
    doneText({ kind: 'offered', to: ben, until: since }, about({})),
    doneText({ kind: 'declined' }, about({})),
    doneText({ kind: 'taken-back' }, about({})),
    offerText(about({ offer: { event: eventId(1), to: ben, by: ann, at: since } })) ?? '',
    ...[ann, null].flatMap((from) => [
      askText({ from, until: since }, about({})),
      ...who.flatMap((owner) =>
        offerEnds(owner).flatMap((end) => [
          askedText(from, end, about({ state: 'owned', owner })),
          answeredText(ben, end, about({ state: 'owned', owner })),
        ]),
      ),
    ]),
    ...Object.values(cannotAskText),
    ...Object.values(awayAnswerText).map((text) =>
      typeof text === 'string' ? text : text({ since, until: null }),
    ),
    youAreAwayText({ since, until: since }),
    ...reasons.flatMap((reason) => [
      delayText(reason, 'WAMM'),
      problemText(reason, 'WAMM'),
      noticeText({ kind: 'delayed', deed: 'hand-off', reason }, about({})),
      noticeText({ kind: 'failed', deed: 'claim', reason }, about({})),
      selfLinkText({ kind: 'provider-failed', reason }, link),
      adminLinkText({ kind: 'provider-failed', reason }, link),
      pendingText(about({ wanted: named, delayed: reason })) ?? '',
    ]),
    ...who.flatMap((owner) =>
      (['slack', 'provider'] as const).map((ownerVia) =>
        stateText(about({ state: 'owned', owner, ownerVia, ownerSince: since })),
      ),
    ),
    nothingHappenedText,
    stateText(about({ state: 'waiting' })),
    stateText(about({ state: 'waiting', ownerVia: 'provider', ownerSince: since })),
    stateText(about({ state: 'closed' })),
    ...[named, null].flatMap((by) => {
      const happenings: readonly Happening[] = [
        { kind: 'claimed' },
        ...[true, false].map((onReply) => ({ kind: 'handed-off', to: by, onReply }) as const),
        { kind: 'released' },
        { kind: 'offered', to: by },
        { kind: 'accepted', from: by },
        { kind: 'declined' },
        { kind: 'taken-back' },
        ...[by, null].map((to) => ({ kind: 'undone', deed: 'claim', to }) as const),
        ...offerEndedWhys.map((why) => ({ kind: 'offer-ended', why }) as const),
        { kind: 'adopted', holder: by },
        { kind: 'overruled', deed: 'hand-off', holder: by },
        { kind: 'closed' },
        { kind: 'reopened', holder: by },
        { kind: 'arrived', holder: by },
        { kind: 'looked-up' },
        { kind: 'number-shown' },
        { kind: 'erased', afterDays: 1 },
        { kind: 'erased', afterDays: 90 },
        ...(['confirmed', 'accepted', 'here-only'] as const).map(
          (how) => ({ kind: 'confirmed', deed: 'hand-off', how }) as const,
        ),
        ...reasons.map((reason) => ({ kind: 'delayed', deed: 'release', reason }) as const),
        { kind: 'contact-saved', added: true, fields: [] },
        { kind: 'contact-saved', added: false, fields: ['name', 'crm-id', word] },
        { kind: 'contact-refused', problem: 'value-invalid', field: 'stage' },
        ...everyProblem.map((problem) => ({ kind: 'contact-refused', problem, field: null }) as const),
        ...reasons.map((reason) => ({ kind: 'failed', deed: 'claim', reason }) as const),
      ]
      return happenings.flatMap((what) => {
        const line = { what, at: since, by, quote: null }
        return [
          withoutTime(historyText({ ...line, via: 'slack' }, 'WAMM')),
          ...vias.map((via) => withoutTime(historyLineText({ ...line, via }, 'WAMM'))),
        ]
      })
    }),
    ...(['enough', 'little', 'none'] as const).flatMap((left) => {
      const pressed = about({ unanswered: 2, answerWindow: { endsAt: since, left } })
      return [unansweredText(pressed), windowWarningText(pressed)].filter((text) => text !== null)
    }),
    pendingText(about({ wanted: 'nobody' })) ?? '',
    noticeText({ kind: 'handed-to-you', from: named, note: word }, about({})),
    noticeText({ kind: 'handed-to-you', from: null, note: null }, about({})),
    noticeText({ kind: 'confirmed', wanted: 'you', how: 'confirmed' }, about({})),
    noticeText({ kind: 'overtaken', deed: 'claim', since: 'closed', by: null }, about({})),
    ...(['claim', 'hand-off', 'release'] as const).map((since) =>
      noticeText({ kind: 'overtaken', deed: 'release', since, by: named }, about({})),
    ),
    ...([named, 'nobody'] as const).flatMap((holder) => [
      noticeText({ kind: 'confirmed', wanted: holder, how: 'confirmed' }, about({})),
      noticeText({ kind: 'overruled', deed: 'release', holder }, about({})),
    ]),
    selfLinkText({ kind: 'looking-up' }, link),
    selfLinkText({ kind: 'linked', name: word }, link),
    selfLinkText({ kind: 'linked-already', name: word }, link),
    selfLinkText({ kind: 'no-email' }, link),
    selfLinkText({ kind: 'nobody', email: word }, link),
    selfLinkText({ kind: 'several', email: word }, link),
    selfLinkText({ kind: 'blocked', name: word }, link),
    selfLinkText({ kind: 'taken', name: word, by: ben }, link),
    selfLinkText({ kind: 'undone' }, link),
    selfLinkText({ kind: 'not-eligible' }, { ...link, admins: [] }),
    adminLinkText({ kind: 'linked', person: ben, name: word }, link),
    adminLinkText({ kind: 'admins-only' }, link),
    adminLinkText({ kind: 'usage' }, link),
    adminLinkText({ kind: 'person-unknown', tried: word }, link),
    adminLinkText({ kind: 'person-not-eligible', person: ben }, link),
    adminLinkText({ kind: 'user-unknown', tried: word }, link),
    adminLinkText({ kind: 'user-blocked', name: word }, link),
    adminLinkText({ kind: 'taken', name: word, by: ben }, link),
    unlinkText({ kind: 'unlinked', person: ben, name: word }, link),
    unlinkText({ kind: 'unlinked', person: 'you', name: word }, link),
    unlinkText({ kind: 'was-not-linked', person: ben }, link),
    unlinkText({ kind: 'admins-only' }, link),
    ...Object.values(surfaceText),
    wentWrongText('7f3a-19'),
    unknownCommandText('/baton', word),
    usageText('claim'),
    usageText('handoff'),
    ...(['phone', 'key', 'id', 'email', 'name', 'nothing'] as const).map((kind: Tried['kind']) =>
      notFoundText({ kind, text: word }),
    ),
    severalMatchText(word, 3),
    whichOfYoursText(3),
    notInChannelText('C0TEAM'),
    receiverMissingText,
    usageText('contact'),
    usageText('chats'),
    notFoundText({ kind: 'name', text: word }, 'all'),
    ...contactNotices.flatMap((notice) =>
      [word, null].map((customer) => contactText(notice, { customer, provider: 'WAMM' })),
    ),
    ...everyProblem.map((problem) => notAskedText(word, problem, 'WAMM')),
    ...Object.values(contactSurfaceText),
    ...[true, false].map((sure) => addingText('WAMM', sure)),
    whichAccountText(['wamm', word]),
    ...everyProblem.flatMap((problem) =>
      (['read', 'write'] as const).map((way) =>
        healthText({ kind: 'account-trouble', way, problem, since }, 'WAMM', accountId('wamm')),
      ),
    ),
    healthText({ kind: 'account-recovered', way: 'read' }, 'WAMM (sales)', accountId('sales')),
    healthText({ kind: 'account-recovered', way: 'write' }, 'WAMM', accountId('wamm')),
    healthText({ kind: 'webhook-silent', since }, 'WAMM (sales)', accountId('sales')),
    healthText({ kind: 'webhook-heard' }, 'WAMM', accountId('wamm')),
    healthText({ kind: 'channel-shut', channel: 'C0TEAM' }, 'WAMM (sales)', accountId('sales')),
    healthText({ kind: 'channel-open' }, 'WAMM', accountId('wamm')),
    healthText({ kind: 'channel-shared', channel: 'C0TEAM' }, 'WAMM (sales)', accountId('sales')),
    healthText({ kind: 'channel-usable', channel: 'C0TEAM' }, 'WAMM', accountId('wamm')),
    notReadText('WAMM', since),
    ...Object.values(doctorText),
    adminsOnlyText('<@U0ANN>'),
    ...[1, 3].map(failedCountText),
    moreFailedText(1_000),
    mendedText('retry'),
    mendedText('give-up'),
    stormText({ provider: 'WAMM (sales)', waiting: 40, now: 'cards-follow' }),
    stormText({ provider: 'WAMM (sales)', waiting: 40, now: 'chats-come' }),
    stormText({ provider: 'WAMM', waiting: 0, now: 'over' }),
    ...Object.values(homeText),
    ...Object.values(listText),
    nothingFoundText(word),
    notLinkedText('WAMM'),
    notLookedForText(['SalesChat'], null),
    notLookedForText(['SalesChat', 'WAMM'], [slackUserId('U0DORA')]),
    onlyToldText(['SalesChat']),
    asOfText([{ name: 'WAMM', at: since }]),
    asOfText([{ name: 'WAMM', at: null }]),
    onlyToldText(['SalesChat', 'Sales']),
    ...[1, 2].flatMap((left) => [leftBehindText(left), moreLeftText(left)]),
    othersText({ people: 3, chats: 12 }),
    moreText(2),
    moreOfGroupsText(2),
    moreOffersText(2),
    teamAwayText({ people: [{ user: slackUserId('U0ANN'), since, until: since }], count: 3 }),
    rowText(pressing, 'any'),
    rowText({ ...owned, unanswered: 2, unansweredSince: since }, 'mine'),
    rowText({ ...owned, wanted: slackAnn, problem: 'timed-out' }, 'any'),
  ]
}

/** As people read it: Slack's markup for people, channels and dates replaced. */
const read = (sentence: string): string =>
  sentence
    .replace(/<(?:[@#]|!subteam\^)\w+>/g, '@somebody')
    .replace(/<!date\^[^|]+\|[^>]+>/g, 'today 10:42')
    .replace(/&(?:amp|lt|gt);/g, '.')

describe('every sentence', () => {
  it.each([...new Set(everySentence('Ivan Petrov'))])('%s', (sentence) => {
    const words = read(sentence)
    expect(words).toMatch(/^[A-Z@/\d]/)
    expect(words).toMatch(/[.?]$/)
    expect(words.length).toBeLessThanOrEqual(300)
    expect(words).not.toContain('!')
    expect(words).not.toMatch(/undefined|null|NaN|\[object|https?:|SECRET|_fail/)
    for (const code of reasons) if (code.includes('-')) expect(words).not.toContain(code)
  })

  it('escapes whatever others wrote, and stays short', () => {
    fc.assert(
      fc.property(hostileText, (word) => {
        for (const sentence of everySentence(word)) {
          expect(sentence).not.toMatch(/<!(?!date\^|subteam\^S0SUPPORT>)|<(?![@#!])|&(?!amp;|lt;|gt;)/)
          expect(sentence.replaceAll(/`(?:\/|npm )[^`]*`/g, '')).not.toMatch(/[*~`]/)
          expect(sentence).not.toMatch(/[\n\u202e\u200b]/)
          // Two names of 60 characters, each at most five times as long when escaped.
          expect(read(sentence).length).toBeLessThanOrEqual(600)
          expect(sentence.length).toBeLessThanOrEqual(1200)
        }
      }),
      { numRuns: 40 },
    )
  })
})

it('says who has a refused chat and since when', () => {
  const said = refusalText(refusals.held, { ...link, owner: slackAnn, customer: 'Ivan' })
  expect(said).toContain('<@U0ANN>')
  expect(said).toContain(`<!date^${since / 1000}^`)
})

it('tells whoever may not give away the chat of a group that they can claim it', () => {
  const owner = { kind: 'group', name: 'Sales' } as const
  const context = { provider: 'SalesChat', customer: 'Ivan', owner, admins: [], leads: [ben] }
  expect(refusalText({ kind: 'not-yours', owner: user, since: null }, context)).toBe(
    'The group Sales has the chat with Ivan. Claim it first, or ask a lead: <@U0BEN>.',
  )
})

it('names the admins to ask, or says who else can help', () => {
  expect(anAdmin([])).toBe('a workspace admin')
  expect(anAdmin([ann])).toBe('<@U0ANN>')
  expect(anAdmin([ann, ben])).toBe('<@U0ANN> or <@U0BEN>')
  expect(anAdmin([ann, ben, ann, ben])).toBe('<@U0ANN>, <@U0BEN> or <@U0ANN>')
})

it.each([
  [-5, 'less than a minute'],
  [59, 'less than a minute'],
  [60, '1 min'],
  [3599, '59 min'],
  [3600, '1 h'],
  [47 * 3600, '47 h'],
  [48 * 3600, '2 days'],
])('calls %i seconds "%s"', (seconds, words) => {
  expect(age(instant(now - seconds * 1000), now)).toBe(words)
})

it('names the decision that a late message is about', () => {
  const about = { customer: 'Ivan', provider: 'WAMM' }
  expect(noticeText({ kind: 'delayed', deed: 'release', reason: 'unreachable' }, about)).toMatch(
    /^Your release of the chat with Ivan is kept, but WAMM cannot be reached\./,
  )
  expect(noticeText({ kind: 'failed', deed: 'hand-off', reason: 'user-not-active' }, about)).toMatch(
    /^Your hand-off of the chat with Ivan did not go through\./,
  )
  expect(noticeText({ kind: 'overruled', deed: 'claim', holder: slackAnn }, about)).toMatch(
    /^Your claim of the chat with Ivan came too late: it was taken in WAMM by <@U0ANN> first\./,
  )
  expect(noticeText({ kind: 'confirmed', wanted: 'you', how: 'confirmed' }, about)).toBe(
    'WAMM has confirmed: the chat with Ivan is yours now.',
  )
})

describe('what stands at a field of a form, where Slack shows plain text,', () => {
  const faults: Readonly<Record<ContactFault, true>> = {
    missing: true,
    'too-long': true,
    'forbidden-character': true,
    'no-email': true,
    'no-web': true,
    'no-date': true,
    'not-offered': true,
  }
  const fields = Object.keys(fieldLabels) as readonly ContactFieldId[]
  const ofAssignments: readonly ProviderProblem[] = [
    'user-not-found',
    'user-not-active',
    'conversation-closed',
  ]
  const limits = { maxLength: 150, forbidden: '*%' }
  const sentences = [
    ...(Object.keys(faults) as readonly ContactFault[]).flatMap((fault) => [
      contactFaultText(fault, limits),
      contactFaultText(fault, { forbidden: '#' }),
    ]),
    ...everyProblem
      .filter((problem) => !ofAssignments.includes(problem))
      .flatMap((problem) =>
        [null, 'name' as const].map((field) => contactRefusedText({ problem, field }, 'WAMM')),
      ),
    ...fields.flatMap((field) => [fieldHint(field, false), fieldHint(field, true)]),
  ].filter((sentence) => sentence !== null)

  it.each([...new Set(sentences)])('%s', (sentence) => {
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(sentence.length).toBeLessThanOrEqual(300)
    expect(sentence).not.toMatch(/`|&\w+;|<|assign/)
    for (const code of [...everyProblem, ...Object.keys(faults)])
      if (code.includes('-')) expect(sentence).not.toContain(code)
  })

  it('names the limit and the character that may not be there', () => {
    expect(contactFaultText('too-long', limits)).toBe('Please use at most 150 characters.')
    expect(contactFaultText('forbidden-character', limits)).toBe('Please leave out the characters * and %.')
    expect(contactFaultText('forbidden-character', { forbidden: '*' })).toBe(
      'Please leave out the character *.',
    )
  })
})

it('keeps what a provider calls its choices, but for the two that Baton names itself', () => {
  expect(choiceLabel('stage', 'closed')).toBe('closed')
  expect(choiceLabel('conversation', 'closed')).toBe('Closed')
})

it('says what the doctor has found: code stays code, and nothing else is formatted', () => {
  const says = 'Send `/invite @Baton` there, at https://<your address>, *now*. `npm run doctor` says more.'
  expect(findingText({ check: '_wamm_, links', result: 'warning', says })).toBe(
    'Warning · ˍwammˍ, links: Send `/invite @Baton` there, at https://&lt;your address&gt;, ∗now∗. `npm run doctor` says more.',
  )
})

it('writes the note of a hand-off for staff at the provider, as plain text', () => {
  const comment = { to: 'Ben <Bauer>', note: '*two* chairs & a table' }
  expect(handOffCommentText({ ...comment, from: 'Ann' })).toBe(
    'Ann handed this chat to Ben <Bauer> in Slack: *two* chairs & a table',
  )
  expect(handOffCommentText({ ...comment, from: null })).toMatch(/^Somebody handed/)
})
