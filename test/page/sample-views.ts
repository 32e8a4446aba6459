import type { BlocksProps, Json } from '../../sandbox/page/client/block-kit/contract.ts'
import { accountId, eventId, providerUserId, slackUserId } from '../../src/routing/ids.ts'
import type { Refusal } from '../../src/routing/intent.ts'
import type { OfferEnd } from '../../src/slack/text-offer.ts'
import {
  claimedSeveralText,
  handedSeveralText,
  severalDoneText,
  whyNotOneText,
} from '../../src/slack/text-several.ts'
import { cardMessage } from '../../src/slack/views/card.ts'
import { chosenChat } from '../../src/slack/views/chosen-chat.ts'
import { claimPicker } from '../../src/slack/views/claim-picker.ts'
import { contactPicker } from '../../src/slack/views/contact-form.ts'
import { directoryReport } from '../../src/slack/views/directory-report.ts'
import { handOffForm } from '../../src/slack/views/hand-off-form.ts'
import { helpMessage } from '../../src/slack/views/help.ts'
import { historyModal } from '../../src/slack/views/history.ts'
import { linkForm } from '../../src/slack/views/link-form.ts'
import { textMessage } from '../../src/slack/views/message.ts'
import { answerModal, textModal } from '../../src/slack/views/modal.ts'
import { noticeMessage } from '../../src/slack/views/notice.ts'
import { declineForm, offerMessage, offerOverMessage } from '../../src/slack/views/offer.ts'
import { pointerMessage } from '../../src/slack/views/pointer.ts'
import { releaseForm } from '../../src/slack/views/release-form.ts'
import { chatListReply, doneReply, refusalReply } from '../../src/slack/views/reply.ts'
import { claimedSeveral, handedSeveral, severalForm, severalReport } from '../../src/slack/views/several.ts'
import { whoAmI } from '../../src/slack/views/whoami.ts'
import {
  ann,
  ben,
  boris,
  closed,
  delayed,
  fullKey,
  leftBehind,
  now,
  owned,
  pending,
  takenInProvider,
  troubled,
  facts as waiting,
} from '../unit/chat-facts-samples.ts'
import { contactFormOf } from '../unit/contact-form-samples.ts'

export interface SampleView {
  readonly name: string
  readonly surface: BlocksProps['surface']
  readonly blocks: readonly Json[]
}

const states = { waiting, owned, leftBehind, closed, pending, delayed, takenInProvider, troubled }
const account = accountId('wamm')
const nobody = slackUserId('U0NOBODY')
const [by, since] = [providerUserId('1'), owned.ownerSince]

const refusals: readonly Refusal[] = [
  { kind: 'not-linked', account },
  { kind: 'held', owner: by, since },
  { kind: 'already-yours', since },
  { kind: 'not-yours', owner: by, since },
  { kind: 'waiting' },
  { kind: 'stale', owner: null, since: null },
  { kind: 'closed' },
  { kind: 'chat-unknown' },
  { kind: 'nothing-waiting' },
  { kind: 'has-it-already', owner: by },
  { kind: 'receiver-not-linked', to: nobody, account },
  { kind: 'receiver-away', to: nobody, until: since },
  { kind: 'offered-already', to: nobody, since: now },
  { kind: 'not-asked', to: nobody },
  { kind: 'offer-over', owner: null, since: null },
]

const of = (
  surface: BlocksProps['surface'],
  name: string,
  { blocks }: { readonly blocks: readonly object[] },
): SampleView => ({ name, surface, blocks: blocks.map((block) => ({ ...block })) })

const message = of.bind(null, 'message')
const modal = of.bind(null, 'modal')

const about = { provider: 'WAMM', admins: [ann], leads: [ann] }
const meanings = ['SalesChat cannot take a chat from anybody.']
const problem = 'The chat with *Ivan Petrov* has moved on since you saw it.'
const done = { kind: 'handed-off', to: { kind: 'slack', user: ben }, onReply: false, away: null } as const

const offer = { event: eventId(41), to: ben, by: ann, at: now }
const offerEnds: readonly OfferEnd[] = [
  { kind: 'accepted', vain: null },
  { kind: 'declined', reason: 'At lunch' },
  { kind: 'taken-back', by: ann },
  { kind: 'ended', why: 'unanswered' },
  { kind: 'moved-on' },
]

const deed = eventId(41)

const messages: readonly SampleView[] = [
  ...Object.entries(states).flatMap(([state, facts]) => [
    message(`card, ${state}`, cardMessage(facts)),
    message(`claimed, ${state}`, doneReply({ kind: 'claimed' }, { ...facts, fullKey }, deed)),
  ]),
  message('handed off', doneReply(done, owned, deed)),
  message(
    'handed off to a group',
    doneReply({ ...done, to: { kind: 'group', name: 'Sales' }, onReply: true }, owned, deed),
  ),
  message(
    'handed off outside Slack',
    doneReply({ ...done, to: { kind: 'provider', name: boris } }, owned, deed),
  ),
  message('offered', doneReply({ kind: 'offered', to: ben, until: now }, { ...owned, offer }, null)),
  message('declined', doneReply({ kind: 'declined' }, owned, null)),
  message('taken back', doneReply({ kind: 'taken-back' }, owned, null)),
  message('card, offered', cardMessage({ ...owned, offer })),
  ...[null, ...offerEnds].map((end) =>
    message(
      `asked, ${end?.kind ?? 'open'}`,
      offerMessage({ offer: offer.event, from: ann, note: 'Order *7*', until: now, end }, owned),
    ),
  ),
  ...offerEnds.map((end) => message(`offer over, ${end.kind}`, offerOverMessage(ben, end, owned))),
  message('released', doneReply({ kind: 'released' }, waiting, deed)),
  ...refusals.map((refusal) => message(`refused, ${refusal.kind}`, refusalReply(refusal, owned, about))),
  message('undone', doneReply({ kind: 'undone' }, waiting, null)),
  message(
    'report on several chats',
    severalReport({
      sentence: severalDoneText({ kind: 'hand-off', to: '<@U0BEN>' }, 2, 3),
      done: [owned, owned],
      undo: [deed, eventId(42)],
      notDone: [{ facts: waiting, why: whyNotOneText('waiting', waiting) }],
    }),
  ),
  message('several claimed', claimedSeveral(claimedSeveralText(2, 3), [owned, owned], [deed, eventId(42)])),
  message(
    'several handed to you',
    handedSeveral(handedSeveralText('<@U0ANN>', 2, 'WAMM'), [owned, owned], 'Order *7*'),
  ),
  message('list of chats', chatListReply('12 chats match.', [waiting, ...Array(11).fill(owned)])),
  message('handed to you', {
    ...noticeMessage({ kind: 'handed-to-you', from: null, note: 'Order *7*\n<!channel>' }, owned),
  }),
  message('confirmed', noticeMessage({ kind: 'confirmed', wanted: 'nobody', how: 'confirmed' }, owned)),
  message('delayed', noticeMessage({ kind: 'delayed', deed: 'claim', reason: 'timed-out' }, owned)),
  message('overruled', noticeMessage({ kind: 'overruled', deed: 'claim', holder: 'nobody' }, waiting)),
  message('failed', noticeMessage({ kind: 'failed', deed: 'claim', reason: 'token-refused' }, waiting)),
  message('text', textMessage('Only a text.')),
  message('help', helpMessage({ provider: 'WAMM', found: 'WAMM', admins: [ann, ben] })),
  message(
    'report',
    directoryReport(['*WAMM*, of 3 people in Slack:\n• 2 linked now', 'Slack did not answer.']),
  ),
  message('pointer', pointerMessage('https://acme.slack.com/archives/C1/p1')),
  message('pointer without a link', pointerMessage(null)),
  message(
    'who am I',
    whoAmI({
      user: ann,
      standing: { role: 'lead', because: 'named' },
      admins: [ben],
      accounts: [
        {
          id: 'sales',
          label: 'Sales',
          isFound: true,
          linkedTo: null,
          chats: 0,
          blocked: false,
          how: null,
          since: null,
        },
        {
          id: 'support',
          label: 'Support',
          isFound: true,
          linkedTo: 'Ann',
          chats: 2,
          blocked: false,
          how: 'email',
          since,
        },
      ],
      away: null,
      stale: [],
    }),
  ),
]

const chats = [{ kind: 'fixed', facts: owned }, { kind: 'choose' }, { kind: 'none' }] as const

const someone = { kind: 'provider', name: 'Ben' } as const
const line = { at: now, via: 'slack', by: { kind: 'provider', name: 'Ann' }, quote: null } as const

const modals: readonly SampleView[] = [
  modal(
    'link form',
    linkForm({
      accounts: [
        { id: account, name: 'WAMM', lists: true },
        { id: accountId('saleschat'), name: 'SalesChat', lists: false },
      ],
      problem: null,
    }),
  ),
  modal('decline', declineForm({ chat: owned.id, offer: offer.event })),
  modal('text modal', textModal('Claim a chat', 'Nothing to do.')),
  modal('contact picker', contactPicker(chosenChat({ kind: 'choose' }))),
  modal(
    'contact',
    contactFormOf({ values: { name: 'Ivan', 'opt-in-date': '2026-02-28', conversation: 'open' } }),
  ),
  modal('contact, not read', contactFormOf({ values: null })),
  modal('contact of somebody new', contactFormOf({ customer: { phone: fullKey, sure: true }, values: null })),
  modal(
    'history',
    historyModal({
      chat: owned,
      provider: 'WAMM',
      lines: [
        {
          ...line,
          what: { kind: 'handed-off', to: someone, onReply: false },
          quote: 'Order *7*\n<!channel>',
        },
        { ...line, via: 'provider', what: { kind: 'confirmed', deed: 'claim', how: 'confirmed' } },
        { ...line, what: { kind: 'claimed' } },
      ],
      newer: eventId(9),
      older: eventId(2),
    }),
  ),
  modal('several chats', severalForm([])),
  modal('answer', answerModal('Claim a chat', doneReply({ kind: 'claimed' }, owned, deed))),
  ...[null, problem].flatMap((trouble) => {
    const how = trouble === null ? '' : ', with a problem'
    return [0, 1, 3].map((count) =>
      modal(
        `claim of ${count}${how}`,
        claimPicker({ waiting: count, left: 0, channel: null, problem: trouble, stale: [] }),
      ),
    )
  }),
  ...chats.flatMap((chat) => [
    ...[true, false].map((hasReceivers) =>
      modal(
        `hand-off, ${chat.kind}${hasReceivers ? '' : ', to nobody'}`,
        handOffForm({
          chat,
          hasReceivers,
          channel: null,
          onReply: hasReceivers ? ['SalesChat'] : [],
          comments: hasReceivers ? ['Aelyst'] : [],
        }),
      ),
    ),
    modal(`release, ${chat.kind}`, releaseForm({ chat, channel: null, meanings })),
  ]),
]

/** Every view that Baton shows, in every state. */
export const batonsViews: readonly SampleView[] = [...messages, ...modals]
