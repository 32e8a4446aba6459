import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Breach,
  validateMessage,
  validateOptions,
  validateView,
} from '../../sandbox/slack/block-kit/validate.ts'
import type { ContactFieldId, ContactValues } from '../../src/providers/contract.ts'
import { accountId, eventId, providerUserId, userGroupId } from '../../src/routing/ids.ts'
import { blockIds } from '../../src/slack/ids.ts'
import { absenceNoticeText } from '../../src/slack/text-absence.ts'
import { accountReportText, unlistedText, unreadText } from '../../src/slack/text-directory.ts'
import { notReadText } from '../../src/slack/text-health.ts'
import type { Happening, HistoryLine } from '../../src/slack/text-history.ts'
import type { Notice } from '../../src/slack/text-notice.ts'
import type { OfferEnd } from '../../src/slack/text-offer.ts'
import {
  claimedSeveralText,
  handedSeveralText,
  mistakenSeveralText,
  severalDoneText,
  whyNotOneText,
} from '../../src/slack/text-several.ts'
import { parseChatRef, parseContactForm, parseForm } from '../../src/slack/values.ts'
import { cardMessage } from '../../src/slack/views/card.ts'
import type { ChatFacts, PersonFacts } from '../../src/slack/views/chat-facts.ts'
import { chatOptions } from '../../src/slack/views/chat-options.ts'
import { chosenChat } from '../../src/slack/views/chosen-chat.ts'
import { claimPicker } from '../../src/slack/views/claim-picker.ts'
import { contactPicker } from '../../src/slack/views/contact-form.ts'
import { directoryReport } from '../../src/slack/views/directory-report.ts'
import { handOffForm } from '../../src/slack/views/hand-off-form.ts'
import { helpMessage } from '../../src/slack/views/help.ts'
import { historyMessage, historyModal } from '../../src/slack/views/history.ts'
import { linkForm } from '../../src/slack/views/link-form.ts'
import type { MessageView } from '../../src/slack/views/message.ts'
import { textMessage } from '../../src/slack/views/message.ts'
import { textModal } from '../../src/slack/views/modal.ts'
import { noticeMessage } from '../../src/slack/views/notice.ts'
import { numberMessage } from '../../src/slack/views/number.ts'
import { declineForm, offerMessage, offerOverMessage } from '../../src/slack/views/offer.ts'
import { receiverOptions } from '../../src/slack/views/receiver-options.ts'
import { releaseForm } from '../../src/slack/views/release-form.ts'
import { chatListReply, doneReply, refusalReply } from '../../src/slack/views/reply.ts'
import { claimedSeveral, handedSeveral, severalForm, severalReport } from '../../src/slack/views/several.ts'
import { stormMessage } from '../../src/slack/views/storm.ts'
import { whoAmI } from '../../src/slack/views/whoami.ts'
import { anyFacts } from './any-chat-facts.ts'
import { buttonsOf, labelsOf } from './buttons-of.ts'
import {
  ann,
  ben,
  closed,
  facts,
  fullKey,
  now,
  owned,
  pending,
  facts as waiting,
} from './chat-facts-samples.ts'
import { contactFields, contactFormOf } from './contact-form-samples.ts'
import { hostileText } from './hostile-text.ts'

const notices = (facts: ChatFacts, text: string): readonly Notice[] => [
  { kind: 'handed-to-you', from: facts.owner, note: text },
  { kind: 'handed-to-you', from: null, note: null },
  { kind: 'delayed', deed: 'release', reason: text },
  { kind: 'failed', deed: 'hand-off', reason: text },
  { kind: 'confirmed', wanted: 'you', how: 'confirmed' },
  { kind: 'overtaken', deed: 'claim', since: 'hand-off', by: facts.owner },
  { kind: 'overtaken', deed: 'release', since: 'closed', by: null },
  ...(['nobody', facts.owner ?? 'nobody'] as const).flatMap((holder): readonly Notice[] => [
    { kind: 'confirmed', wanted: holder, how: 'confirmed' },
    { kind: 'overruled', deed: 'claim', holder },
  ]),
]

const stale = [notReadText('WAMM', now), notReadText('Aelyst (vip)', now)]
/** Every line that the thread of a card can have. */
const history = (facts: ChatFacts, text: string): readonly HistoryLine[] => {
  const someone: readonly (PersonFacts | null)[] = [facts.owner, { kind: 'group', name: text }, null]
  const whats: readonly Happening[] = [
    { kind: 'claimed' },
    { kind: 'released' },
    { kind: 'declined' },
    { kind: 'taken-back' },
    { kind: 'offer-ended', why: 'unanswered' },
    { kind: 'closed' },
    { kind: 'failed', deed: 'claim', reason: text },
    { kind: 'confirmed', deed: 'claim', how: 'confirmed' },
    { kind: 'erased', afterDays: 90 },
    { kind: 'contact-saved', added: false, fields: ['name', text] },
    ...someone.flatMap((holder): readonly Happening[] => [
      { kind: 'handed-off', to: holder, onReply: true },
      { kind: 'arrived', holder },
      { kind: 'offered', to: holder },
      { kind: 'accepted', from: holder },
      { kind: 'overruled', deed: 'release', holder },
      { kind: 'adopted', holder },
      { kind: 'reopened', holder },
    ]),
  ]
  return whats.map((what) => ({ what, at: now, via: 'slack', by: facts.owner, quote: text }))
}

/** As many lines at once as a thread tells. */
const histories = (facts: ChatFacts, text: string): readonly MessageView[] => {
  const lines = history(facts, text)
  const parts = Array.from({ length: Math.ceil(lines.length / 8) }, (_, part) =>
    lines.slice(part * 8, part * 8 + 8),
  )
  return parts.map((part) => historyMessage(part, facts.provider))
}

/** Everything that a channel, or people who do not own the chat, can read. */
const forEverybody = (facts: ChatFacts, text: string): readonly MessageView[] => [
  cardMessage(facts),
  ...histories(facts, text),
  chatListReply(text, [facts]),
  refusalReply({ kind: 'stale', owner: null, since: null }, facts, {
    provider: facts.provider,
    admins: [ann],
    leads: [],
  }),
  ...(['cards-follow', 'chats-come', 'over'] as const).map((state) =>
    stormMessage({ account: accountId('wamm'), provider: facts.provider, waiting: 40, now: state }),
  ),
  refusalReply({ kind: 'nothing-waiting' }, null, { provider: facts.provider, admins: [], leads: [] }),
  doneReply({ kind: 'released' }, facts, eventId(41)),
  doneReply({ kind: 'undone' }, facts, null),
  doneReply({ kind: 'offered', to: ben, until: now }, facts, null),
  doneReply({ kind: 'declined' }, facts, null),
  doneReply({ kind: 'taken-back' }, facts, null),
  doneReply(
    { kind: 'handed-off', to: { kind: 'slack', user: ben }, onReply: false, away: null },
    facts,
    null,
  ),
  doneReply(
    { kind: 'handed-off', to: { kind: 'provider', name: text }, onReply: false, away: null },
    facts,
    null,
  ),
  doneReply(
    { kind: 'handed-off', to: { kind: 'group', name: text }, onReply: true, away: null },
    facts,
    null,
  ),
]

const offerEnds = (facts: ChatFacts, text: string): readonly OfferEnd[] => [
  { kind: 'accepted', vain: null },
  { kind: 'accepted', vain: { kind: 'failed', reason: text } },
  { kind: 'accepted', vain: { kind: 'overruled', holder: facts.owner } },
  { kind: 'declined', reason: text },
  { kind: 'declined', reason: null },
  { kind: 'taken-back', by: ann },
  { kind: 'replaced', by: null, to: ben },
  { kind: 'closed' },
  { kind: 'moved-on' },
  ...(['unanswered', 'away', 'gone'] as const).map((why) => ({ kind: 'ended', why }) as const),
]

/** To whoever was asked, and to whoever asked. */
const aboutOffers = (facts: ChatFacts, text: string): readonly MessageView[] => [
  ...[null, ...offerEnds(facts, text)].map((end) =>
    offerMessage({ offer: eventId(41), from: ann, note: text, until: now, end }, facts),
  ),
  ...offerEnds(facts, text).map((end) => offerOverMessage(ben, end, facts)),
]

const decisions = Array.from({ length: 100 }, (_, index) => eventId(9_000_000_000 + index))

/** To whoever acts on several chats, and to whoever gets them. */
const aboutSeveral = (facts: ChatFacts, text: string): readonly MessageView[] => {
  const many = Array.from({ length: 11 }, () => facts)
  const notDone = many.map((each) => ({ facts: each, why: whyNotOneText('closed', each) }))
  return [
    ...(['release', 'undo'] as const).map((kind) =>
      severalReport({
        sentence: severalDoneText({ kind }, 100, 200),
        done: many,
        undo: kind === 'undo' ? [] : decisions,
        notDone,
      }),
    ),
    claimedSeveral(claimedSeveralText(10, 10), many, decisions),
    handedSeveral(handedSeveralText('<@U0ANN>', 100, text), many, text),
    textMessage(mistakenSeveralText('<@U0ANN>', 2)),
  ]
}

const forOnePerson = (facts: ChatFacts, text: string): readonly MessageView[] => [
  doneReply({ kind: 'claimed' }, facts, eventId(41)),
  ...notices(facts, text).map((notice) => noticeMessage(notice, facts)),
  ...aboutOffers(facts, text),
  ...aboutSeveral(facts, text),
  textMessage(text),
  directoryReport([reportOf(text, 2_000), unreadText({ problem: text }, text), unlistedText(text)]),
  textMessage(absenceNoticeText(facts.owner, 'slack', { provider: text, chats: 3, more: true })),
  numberMessage(facts, '+7 900 123-45-67'),
  helpMessage({ provider: facts.provider, found: facts.provider, admins: [ann] }),
  whoAmI({
    user: ann,
    standing: { role: 'lead', because: userGroupId('S0SUPPORT') },
    admins: [ben],
    accounts: [
      {
        id: 'sales',
        label: text,
        isFound: false,
        linkedTo: null,
        chats: 0,
        blocked: false,
        how: null,
        since: null,
      },
      {
        id: 'wamm',
        label: 'WAMM',
        isFound: true,
        linkedTo: text,
        chats: 1,
        blocked: true,
        how: 'moved',
        since: now,
      },
    ],
    away: { since: now, until: null },
    stale,
  }),
]

const everyField = (value: string): ContactValues =>
  Object.fromEntries(contactFields.map(({ id }) => [id, value]))

const contactForms = (facts: ChatFacts, text: string) => [
  contactPicker(chosenChat({ kind: 'choose' })),
  ...[null, {}, everyField(text)].flatMap((values) => [
    contactFormOf({ customer: facts, values }),
    ...[true, false].map((sure) => contactFormOf({ customer: { phone: text, sure }, values })),
  ]),
]

const modals = (facts: ChatFacts, text: string) => [
  severalForm([text]),
  declineForm({ chat: facts.id, offer: eventId(41) }),
  textModal('Claim a chat', text),
  historyModal({ chat: facts, provider: facts.provider, lines: [], newer: null, older: null }),
  historyModal({
    chat: facts,
    provider: facts.provider,
    lines: history(facts, text).slice(0, 3),
    newer: eventId(9),
    older: eventId(2),
  }),
  ...[null, text].flatMap((problem) => [
    claimPicker({ waiting: 3, left: 0, channel: 'C1', problem, stale }),
    claimPicker({ waiting: 0, left: 0, channel: null, problem, stale }),
    claimPicker({ waiting: 2, left: 1, channel: null, problem, stale }),
  ]),
  ...([{ kind: 'fixed', facts }, { kind: 'choose' }, { kind: 'none' }] as const).flatMap((chat) => [
    handOffForm({ chat, hasReceivers: true, channel: null, onReply: ['SalesChat'], comments: ['Aelyst'] }),
    handOffForm({ chat, hasReceivers: false, channel: 'C1', onReply: [], comments: [] }),
    releaseForm({ chat, channel: 'C1', meanings: [text] }),
  ]),
]

const reportOf = (text: string, people: number) =>
  accountReportText({
    name: text,
    people,
    linked: 1,
    before: 2,
    noMatch: Array.from({ length: people }, () => ann),
    several: [ann],
    inactive: [ann, ben],
    taken: [],
    undone: [ann],
    noEmail: [ben],
    missed: [ann],
    left: Array.from({ length: people }, () => text),
  })

const linkForms = (text: string) =>
  [[true], [false], [true, false]].flatMap((lists) =>
    [null, text].map((problem) =>
      linkForm({
        accounts: lists.map((each, index) => ({ id: accountId(`a${index}`), name: text, lists: each })),
        problem,
      }),
    ),
  )

const optionLists = (facts: ChatFacts, text: string) => [
  {
    options: chatOptions(
      Array.from({ length: 120 }, () => facts),
      now,
    ),
  },
  {
    options: receiverOptions(
      Array.from({ length: 120 }, () => ({
        account: accountId('wamm'),
        user: providerUserId('1'),
        name: text,
        away: true,
        accountLabel: text,
      })),
    ),
  },
]

const noBreach: readonly Breach[] = []

describe('every view', () => {
  it('is what Slack accepts, whatever people are called and write', () => {
    fc.assert(
      fc.property(anyFacts, hostileText, (facts, text) => {
        for (const view of [...forEverybody(facts, text), ...forOnePerson(facts, text)]) {
          expect(validateMessage(view)).toEqual(noBreach)
        }
        for (const view of [...modals(facts, text), ...contactForms(facts, text), ...linkForms(text)]) {
          expect(validateView(view)).toEqual(noBreach)
        }
        for (const answer of optionLists(facts, text)) expect(validateOptions(answer)).toEqual(noBreach)
      }),
      { numRuns: 150 },
    )
  })

  it('pings, links and formats nothing because of a name', () => {
    expect(cardMessage({ ...facts, customer: '<!channel> *x*' }).text).toContain('*&lt;!channel&gt; ∗x∗*')
    fc.assert(
      fc.property(anyFacts, hostileText, (facts, note) => {
        const shown = [
          cardMessage(facts),
          chatListReply('Several match.', [facts]),
          ...histories(facts, note),
          ...notices(facts, note).map((notice) => noticeMessage(notice, facts)),
          ...aboutOffers(facts, note),
        ]
        // A note is rich text, in which nothing is markup.
        const withoutNote = JSON.stringify(shown, (key, value) => (key === 'elements' ? undefined : value))
        expect(withoutNote).not.toMatch(/<!(?!date\^|subteam\^S0SUPPORT>)|<(?![@!])/)
        expect(withoutNote.replaceAll(/\*[^*]*\*/g, '')).not.toMatch(/[*~]/)
      }),
    )
  })

  it('stays within a message when a thread tells eight long notes at once', () => {
    const line: HistoryLine = {
      what: { kind: 'handed-off', to: { kind: 'provider', name: '&'.repeat(4000) }, onReply: false },
      at: now,
      via: 'slack',
      by: { kind: 'provider', name: '<'.repeat(4000) },
      quote: 'x'.repeat(3000),
    }
    const lines = (length: number) => Array.from({ length }, () => line)
    expect(validateMessage(historyMessage(lines(8), 'WAMM'))).toEqual(noBreach)
    const page = { chat: owned, provider: 'WAMM', newer: eventId(9), older: eventId(2) }
    expect(validateView(historyModal({ ...page, lines: lines(20) }))).toEqual(noBreach)
  })

  it('stays within a message when ten long names are listed', () => {
    const many = Array.from({ length: 12 }, (_, version) => ({
      ...owned,
      version,
      customer: '&'.repeat(4000),
      account: '<'.repeat(4000),
      owner: { kind: 'provider', name: '>'.repeat(4000) } as const,
    }))
    const reply = chatListReply('12 chats match.', many)
    expect(validateMessage(reply)).toEqual(noBreach)
    expect(JSON.stringify(reply)).toContain('And 2 more.')
  })

  it('shows the number in full only to the person who has the chat, and never in a fallback', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const text = 'note'
        const everybody = [...forEverybody(facts, text), modals(facts, text), optionLists(facts, text)]
        expect(JSON.stringify(everybody)).not.toContain(fullKey)
        for (const view of forOnePerson(facts, text)) {
          expect(view.text).not.toContain(fullKey)
          for (const block of view.blocks) expect(block.block_id ?? '').not.toContain(fullKey)
          for (const button of buttonsOf(view)) expect(JSON.stringify(button)).not.toContain(fullKey)
        }
      }),
    )
    const notice = noticeMessage({ kind: 'handed-to-you', from: null, note: null }, { ...owned, fullKey })
    expect(JSON.stringify(notice.blocks)).toContain(fullKey)
  })

  it('names a customer without a name once, by the number that the reader may see', () => {
    const nameless = { ...owned, customer: owned.maskedKey, fullKey }
    const [, line] = doneReply({ kind: 'claimed' }, nameless, null).blocks
    expect(line).toMatchObject({ elements: [{ text: `*${fullKey}* · WAMM` }] })
  })

  it('says nothing of a number that is hidden as a whole', () => {
    const hidden = { ...waiting, maskedKey: '••••' }
    expect(cardMessage(hidden).text).toContain('*Ivan Petrov* · WAMM\n')
    expect(chatOptions([hidden], now)[0]?.description?.text).toBe('WAMM')
    expect(cardMessage({ ...hidden, customer: '••••' }).text).toContain('*••••* · WAMM\n')
  })

  it('has at most one primary button', () => {
    for (const each of [waiting, owned, closed, pending]) {
      for (const view of [cardMessage(each), doneReply({ kind: 'claimed' }, each, null)]) {
        expect(JSON.stringify(view).split('"primary"').length - 1).toBeLessThanOrEqual(1)
      }
    }
  })
})

describe('a menu of chats', () => {
  it('says how long each has waited or been taken', () => {
    const named = (each: ChatFacts) => chatOptions([each], now)[0]?.text.text
    expect(named(waiting)).toBe('Ivan Petrov · waits 14 min')
    expect(named(owned)).toBe('Ivan Petrov · taken 3 h ago')
    expect(named({ ...waiting, customer: 'x'.repeat(200) })).toMatch(/^x+… · waits 14 min$/)
  })

  it('keeps the order and stops at 100', () => {
    const many = Array.from({ length: 101 }, (_, version) => ({ ...waiting, version }))
    const versions = chatOptions(many, now).map(({ value }) => parseChatRef(value)?.version)
    expect(versions).toEqual(Array.from({ length: 100 }, (_, version) => version))
  })
})

describe('a form', () => {
  const form = { hasReceivers: true, channel: 'C1', onReply: [], comments: [] }

  it('remembers the chat that it was opened from, and asks for one otherwise', () => {
    const fixed = handOffForm({ ...form, chat: { kind: 'fixed', facts: owned } })
    expect(parseForm(fixed.private_metadata)).toEqual({
      chat: { chat: owned.id, version: owned.version },
      channel: 'C1',
    })
    expect(fixed.blocks.map((block) => block.block_id)).not.toContain(blockIds.chat)
    const open = handOffForm({ ...form, chat: { kind: 'choose' } })
    expect(parseForm(open.private_metadata)).toEqual({ chat: null, channel: 'C1' })
    expect(open.blocks.map((block) => block.block_id)).toContain(blockIds.chat)
  })

  it('keeps its fields when it shows what went wrong', () => {
    const idsOf = (problem: string | null) =>
      claimPicker({ waiting: 1, left: 0, channel: null, problem, stale: [] }).blocks.flatMap(
        ({ block_id: id }) => id ?? [],
      )
    expect(idsOf('The chat has moved on.')).toEqual(idsOf(null))
    const moved = claimPicker({ waiting: 1, left: 0, channel: null, problem: 'Moved on.', stale: [] })
    expect(JSON.stringify(moved)).toContain('Moved on.')
  })

  it('teaches when there is nothing to choose', () => {
    const none = handOffForm({ ...form, chat: { kind: 'none' } })
    expect(none.submit).toBeUndefined()
    expect(JSON.stringify(none)).toContain('`/claim next` takes the longest-waiting one')
    expect(JSON.stringify(handOffForm({ ...form, hasReceivers: false, chat: { kind: 'choose' } }))).toContain(
      'users of the inbox',
    )
    expect(
      JSON.stringify(claimPicker({ waiting: 0, left: 0, channel: null, problem: null, stale: [] })),
    ).toContain('No chat is waiting')
  })
})

describe('the contact form', () => {
  const inputs = (form: ReturnType<typeof contactFormOf>) =>
    new Map(form.blocks.flatMap((block) => ('element' in block ? [[block.block_id, block]] : [])))
  const field = (form: ReturnType<typeof contactFormOf>, id: ContactFieldId) =>
    inputs(form).get(`contact_${id}`)
  const filled = (form: ReturnType<typeof contactFormOf>) => parseContactForm(form.private_metadata)?.filled

  it('starts with what the provider has, of every kind of field', () => {
    const form = contactFormOf({
      values: {
        name: ' Ivan ',
        note: 'first\nsecond',
        email: 'not an address',
        web: '',
        'opt-in-date': '2026-02-28',
        stage: 'Lead',
        conversation: 'open',
      },
    })
    expect(field(form, 'name')?.element).toMatchObject({ initial_value: 'Ivan', max_length: 250 })
    expect(field(form, 'note')?.element).toMatchObject({ initial_value: 'first\nsecond', multiline: true })
    expect(field(form, 'email')?.element).toMatchObject({ initial_value: 'not an address' })
    expect(field(form, 'web')?.element).not.toHaveProperty('initial_value')
    expect(field(form, 'opt-in-date')?.element).toMatchObject({ initial_date: '2026-02-28' })
    expect(field(form, 'stage')?.element).toMatchObject({ initial_option: { value: 'Lead' } })
    expect(field(form, 'conversation')?.element).toMatchObject({
      initial_option: { value: 'open', text: { text: 'Open' } },
    })
    expect(filled(form)).toEqual(contactFields.map(({ id }) => id))
    expect(JSON.stringify(form)).not.toContain('Leave it empty to keep it')
  })

  it('does not show what a form cannot show, and says at the field that leaving it empty keeps it', () => {
    const form = contactFormOf({
      values: {
        name: 'Ivan',
        note: 'x'.repeat(3001),
        email: 'x'.repeat(151),
        'opt-in-date': '2026-02-30',
        stage: 'Gone',
      },
    })
    for (const id of ['note', 'email', 'web', 'opt-in-date', 'stage', 'conversation'] as const) {
      expect(JSON.stringify(field(form, id)?.element)).not.toContain('initial')
      expect(field(form, id)?.hint?.text).toBe('What it is now cannot be shown. Leave it empty to keep it.')
    }
    expect(filled(form)).toEqual(['name'])
  })

  it('says once that nothing could be read, and remembers that nothing was shown', () => {
    const form = contactFormOf({ values: null })
    expect(JSON.stringify(form)).toContain('The present values could not be read.')
    expect(JSON.stringify(form)).not.toContain('cannot be shown')
    expect(filled(form)).toEqual([])
  })

  it('of somebody new asks for the number, and knows no chat', () => {
    const form = contactFormOf({ customer: { phone: '+79001234567', sure: true }, values: null })
    expect(inputs(form).get(blockIds.phone)?.element).toMatchObject({ initial_value: '+79001234567' })
    expect(parseContactForm(form.private_metadata)).toEqual({ account: 'wamm', chat: null, filled: [] })
    expect(form.private_metadata).not.toContain('79001234567')
    expect(form.submit?.text).toBe('Add')
    expect(JSON.stringify(form)).not.toMatch(/could not be read|cannot be shown/)
  })

  it('shows the number in full only to whoever has the chat', () => {
    expect(JSON.stringify(contactFormOf({}))).toContain(owned.maskedKey)
    expect(JSON.stringify(contactFormOf({ customer: { ...owned, fullKey } }).blocks)).toContain(fullKey)
  })
})

it('tells the receiver of a hand-off who, whom and what, with the note letter by letter', () => {
  const note = 'Order *ORD_123_X* <!channel>\nsecond line'
  const { text, blocks } = noticeMessage(
    { kind: 'handed-to-you', from: { kind: 'slack', user: ann }, note },
    { ...owned, fullKey },
  )
  expect(text).toBe(
    '<@U0ANN> handed the chat with Ivan Petrov to you. Answer the customer in WAMM.\nA note is with it.',
  )
  expect(blocks[1]).toMatchObject({
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: note }] }],
  })
  expect(labelsOf({ text, blocks })).toEqual(['Hand Off', 'Release', 'Contact', 'Show Number', 'History'])
})

it('cuts a note that is longer than a note can be', () => {
  const { blocks } = noticeMessage({ kind: 'handed-to-you', from: null, note: 'x'.repeat(4000) }, owned)
  expect(blocks[1]).toMatchObject({ elements: [{ elements: [{ text: `${'x'.repeat(999)}…` }] }] })
})

describe('an offer', () => {
  const offer = { event: eventId(41), to: ben, by: ann, at: now }
  const question = { offer: eventId(41), from: ann, note: 'Order *7* <!channel>', until: now }

  it('is on the card, with who asked whom and since when, and can be taken back there', () => {
    const card = cardMessage({ ...owned, offer })
    expect(card.text).toContain('Offered to <@U0BEN> by <@U0ANN> (<!date^')
    expect(labelsOf(card)).toEqual([
      'Take Back Offer',
      'Hand Off',
      'Release',
      'Contact',
      'Show Number',
      'History',
    ])
    expect(labelsOf(cardMessage(owned))).not.toContain('Take Back Offer')
  })

  it('gives the buttons of a card ids of their own', () => {
    const ids = [null, offer].map((each) => cardMessage({ ...owned, offer: each }).blocks.at(-1)?.block_id)
    expect(new Set(ids).size).toBe(2)
  })

  it('asks with the note and two buttons, and says afterwards how it ended instead', () => {
    const asks = offerMessage({ ...question, end: null }, owned)
    expect(labelsOf(asks)).toEqual(['Accept', 'Decline'])
    expect(JSON.stringify(asks.blocks)).toContain('Order *7* <!channel>')
    const ended = offerMessage({ ...question, end: { kind: 'taken-back', by: ann } }, owned)
    expect(labelsOf(ended)).toEqual([])
    expect(JSON.stringify(ended)).not.toContain('Order')
  })

  it('that was accepted shows the number, the note and what to do with the chat', () => {
    const accepted = offerMessage(
      { ...question, end: { kind: 'accepted', vain: null } },
      { ...owned, fullKey },
    )
    expect(JSON.stringify(accepted.blocks)).toContain(fullKey)
    expect(JSON.stringify(accepted.blocks)).toContain('Order')
    expect(accepted.text).not.toContain(fullKey)
    expect(labelsOf(accepted)).toEqual(['Hand Off', 'Release', 'Contact', 'Show Number', 'History'])
  })

  it('that came to nothing leaves the chat to whoever asked, with the buttons for it', () => {
    const declined = offerOverMessage(ben, { kind: 'declined', reason: 'At lunch' }, owned)
    expect(declined.text).toContain('<@U0BEN> declined, so the chat with Ivan Petrov stays where it is.')
    expect(declined.text).not.toContain('At lunch')
    expect(JSON.stringify(declined.blocks)).toContain('At lunch')
    expect(labelsOf(declined)).toEqual(['Hand Off', 'Release', 'Contact', 'Show Number', 'History'])
    expect(labelsOf(offerOverMessage(ben, { kind: 'accepted', vain: null }, owned))).toEqual([])
  })
})

it('lists whoever is away last, and marks them even behind a long name', () => {
  const person = (name: string, away: boolean) => ({
    account: accountId('wamm'),
    user: providerUserId('1'),
    name,
    away,
    accountLabel: null,
  })
  const options = receiverOptions([person('x'.repeat(100), true), person('Ben', false), person('Cy', true)])
  expect(options.map(({ text }) => text.text)).toEqual(['Ben', `${'x'.repeat(67)}… (away)`, 'Cy (away)'])
})
