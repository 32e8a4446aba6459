import { describe, expect, it } from 'vitest'
import type { Chat, Undoable } from '../../src/routing/chat.ts'
import { type Decision, type DecisionContext, decide } from '../../src/routing/decide.ts'
import { decideOffer } from '../../src/routing/decide-offer.ts'
import { eventId, groupHolder, instant, providerUserId, type SlackUserId } from '../../src/routing/ids.ts'
import type { Actor, Intent, OfferIntent, Refusal } from '../../src/routing/intent.ts'
import {
  whyNotAddContact,
  whyNotAs,
  whyNotEditContact,
  whyNotGiveAway,
  whyNotShowNumber,
  whyNotUndo,
  whyOutside,
} from '../../src/routing/permissions.ts'
import { ANN, BO, CY, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'

/** Who asks; all but the unlinked are linked to the user whose chat is "mine". */
const people: Readonly<Record<string, Actor>> = {
  outsider: { ...ANN, role: 'outsider' },
  unlinked: { ...ANN, providerUser: null, role: 'agent' },
  agent: { ...ANN, role: 'agent' },
  lead: { ...ANN, role: 'lead' },
  admin: { ...ANN, role: 'admin' },
}

/** Deactivated in Slack, or blocked at the provider. */
const ABSENT = providerUserId('199')

const OFFER = eventId(5)
const offer = (by: SlackUserId, to: SlackUserId) => ({ event: OFFER, by, to, at: NOW, noted: false })

const DEED = eventId(6)
const undoable = (kind: Undoable['kind'], { slackUser, providerUser }: typeof ANN): Chat => {
  const { status, owner, ownerSince, ownerVia, waitingSince, problem } = waitingChat()
  const before = { status, owner, ownerSince, ownerVia, waitingSince, problem }
  const undo = { event: DEED, kind, by: slackUser, at: NOW, receiver: null, before }
  return ownedChat(providerUser, { undo })
}

const chats: Readonly<Record<string, Chat | null>> = {
  mine: ownedChat(),
  "another's": ownedChat(CY.providerUser),
  "an absent one's": ownedChat(ABSENT),
  'offered to me': ownedChat(CY.providerUser, { offer: offer(CY.slackUser, ANN.slackUser) }),
  'offered by me': ownedChat(ANN.providerUser, { offer: offer(ANN.slackUser, CY.slackUser) }),
  'offered to others': ownedChat(CY.providerUser, { offer: offer(CY.slackUser, BO.slackUser) }),
  "a group's": ownedChat(groupHolder('sales')),
  waiting: waitingChat(),
  answered: waitingChat({ waitingSince: null }),
  unlisted: waitingChat({ status: 'unlisted', waitingSince: null }),
  closed: waitingChat({ status: 'closed', waitingSince: null }),
  'claimed by me': undoable('claimed', ANN),
  "claimed by me, another's since": ownedChat(CY.providerUser),
  'claimed by me, offered since': {
    ...undoable('claimed', ANN),
    offer: { ...offer(ANN.slackUser, CY.slackUser), event: eventId(DEED + 1) },
  },
  'claimed by another': undoable('claimed', CY),
  'handed off by me': { ...undoable('handed-off', ANN), owner: CY.providerUser },
  'released by me': { ...undoable('released', ANN), owner: null },
  unknown: null,
}

const context: DecisionContext = {
  now: NOW,
  eventId: eventId(1),
  absenceOf: (user) => (user === ABSENT ? 'slack' : null),
}
const whyNot = (decision: Decision): Refusal | null => (decision.kind === 'refusal' ? decision.refusal : null)
const refusalOf = (chat: Chat | null, intent: Intent): Refusal | null => whyNot(decide(chat, intent, context))
const refusalOfOffer = (chat: Chat | null, intent: OfferIntent): Refusal | null =>
  whyNot(decideOffer(chat, intent, context))

/** Each row of the tables below, as the code decides it. */
const actions: Readonly<Record<string, (chat: Chat | null, by: Actor) => Refusal | null>> = {
  claim: (chat, by) => refusalOf(chat, { kind: 'claim', by }),
  'hand off': (chat, by) =>
    refusalOf(chat, {
      kind: 'hand-off',
      by,
      to: { kind: 'agent', ...BO },
      note: null,
      onReply: false,
      seen: null,
    }),
  'hand off, to an outsider': (chat, by) =>
    refusalOf(chat, {
      kind: 'hand-off',
      by,
      to: { kind: 'outsider', slackUser: BO.slackUser },
      note: null,
      onReply: false,
      seen: null,
    }),
  release: (chat, by) => refusalOf(chat, { kind: 'release', by, reason: null, seen: null }),
  offer: (chat, by) =>
    refusalOfOffer(chat, {
      kind: 'offer',
      by,
      to: { ...BO, isOutside: false },
      away: null,
      note: null,
      seen: null,
    }),
  accept: (chat, by) => refusalOfOffer(chat, { kind: 'accept', by, offer: OFFER }),
  decline: (chat, by) => refusalOfOffer(chat, { kind: 'decline', by, offer: OFFER, reason: null }),
  'take back': (chat, by) => refusalOfOffer(chat, { kind: 'take-back', by, offer: OFFER }),
  undo: (chat, by) => whyNotUndo(chat, by, DEED, NOW),
  'undo, after 31 s': (chat, by) => whyNotUndo(chat, by, DEED, instant(NOW + 31_000)),
  'open the hand-off form': (chat, by) => whyNotGiveAway(chat, by, null),
  'read and edit the contact': whyNotEditContact,
  'show the number': whyNotShowNumber,
  'add a contact': (_chat, by) => whyNotAddContact(WAMM, by),
  'lists, menus, history': (_chat, by) => whyOutside(by),
  'link oneself': (_chat, by) => whyOutside(by),
  'link or unlink others': (_chat, by) => whyNotAs('admin', by),
}

/**
 * A cell is `yes`, or why not: the kind of the refusal, and of `role` the role that it takes. A new action is a row of
 * its own in `actions` and in one of the tables; the last test says which are missing.
 */
const aboutChats = `
action                     chat        outsider    unlinked     agent        lead              admin

claim                      mine        role:agent  not-linked   already-yours already-yours    already-yours
claim                      another's   role:agent  not-linked   held         held              held
claim                      an_absent_one's role:agent not-linked yes         yes               yes
claim                      a_group's   role:agent  not-linked   yes          yes               yes
claim                      waiting     role:agent  not-linked   yes          yes               yes
claim                      answered    role:agent  not-linked   yes          yes               yes
claim                      unlisted    role:agent  not-linked   yes          yes               yes
claim                      closed      role:agent  closed       closed       closed            closed
claim                      unknown     role:agent  chat-unknown chat-unknown chat-unknown      chat-unknown

hand_off                   mine        role:agent  not-yours    yes          yes               yes
hand_off                   another's   role:agent  not-yours    not-yours    yes               yes
hand_off                   an_absent_one's role:agent not-yours not-yours    yes               yes
hand_off                   a_group's   role:agent  not-yours    not-yours    yes               yes
hand_off                   waiting     role:agent  waiting      waiting      waiting           waiting
hand_off                   answered    role:agent  waiting      waiting      waiting           waiting
hand_off                   unlisted    role:agent  waiting      waiting      waiting           waiting
hand_off                   closed      role:agent  closed       closed       closed            closed
hand_off                   unknown     role:agent  chat-unknown chat-unknown chat-unknown      chat-unknown

hand_off,_to_an_outsider   mine        role:agent  not-yours    receiver-outside receiver-outside receiver-outside
hand_off,_to_an_outsider   another's   role:agent  not-yours    not-yours    receiver-outside  receiver-outside

release                    mine        role:agent  not-yours    yes          yes               yes
release                    another's   role:agent  not-yours    not-yours    yes               yes
release                    a_group's   role:agent  not-yours    not-yours    yes               yes
release                    waiting     role:agent  waiting      waiting      waiting           waiting
release                    answered    role:agent  waiting      waiting      waiting           waiting
release                    unlisted    role:agent  waiting      waiting      waiting           waiting
release                    closed      role:agent  closed       closed       closed            closed
release                    unknown     role:agent  chat-unknown chat-unknown chat-unknown      chat-unknown

offer                      mine        role:agent  not-yours    yes          yes               yes
offer                      another's   role:agent  not-yours    not-yours    yes               yes
offer                      a_group's   role:agent  not-yours    not-yours    yes               yes
offer                      waiting     role:agent  waiting      waiting      waiting           waiting
offer                      closed      role:agent  closed       closed       closed            closed
offer                      unknown     role:agent  chat-unknown chat-unknown chat-unknown      chat-unknown

accept                     offered_to_me     role:agent not-linked yes       yes               yes
accept                     offered_by_me     role:agent not-asked not-asked  not-asked         not-asked
accept                     offered_to_others role:agent not-asked not-asked  not-asked         not-asked
accept                     mine        role:agent  offer-over   already-yours already-yours    already-yours
accept                     another's   role:agent  offer-over   offer-over   offer-over        offer-over
accept                     waiting     role:agent  offer-over   offer-over   offer-over        offer-over
accept                     closed      role:agent  closed       closed       closed            closed

decline                    offered_to_me     role:agent yes     yes          yes               yes
decline                    offered_by_me     role:agent not-asked not-asked  not-asked         not-asked
decline                    offered_to_others role:agent not-asked not-asked  not-asked         not-asked
decline                    another's   role:agent  offer-over   offer-over   offer-over        offer-over

take_back                  offered_to_me     role:agent not-yours not-yours  yes               yes
take_back                  offered_by_me     role:agent yes     yes          yes               yes
take_back                  offered_to_others role:agent not-yours not-yours  yes               yes
take_back                  another's   role:agent  offer-over   offer-over   offer-over        offer-over

undo                       claimed_by_me    role:agent yes       yes          yes               yes
undo                       handed_off_by_me role:agent yes       yes          yes               yes
undo                       released_by_me   role:agent yes       yes          yes               yes
undo                       claimed_by_another role:agent not-your-decision not-your-decision not-your-decision not-your-decision
undo                       claimed_by_me,_another's_since role:agent stale stale stale          stale
undo                       claimed_by_me,_offered_since   role:agent stale stale stale          stale
undo                       mine        role:agent  stale        stale        stale             stale
undo                       closed      role:agent  closed       closed       closed            closed
undo                       unknown     role:agent  chat-unknown chat-unknown chat-unknown      chat-unknown
undo,_after_31_s           claimed_by_me    role:agent undo-late undo-late   undo-late         undo-late
undo,_after_31_s           handed_off_by_me role:agent undo-late undo-late   undo-late         undo-late
undo,_after_31_s           released_by_me   role:agent undo-late undo-late   undo-late         undo-late

open_the_hand-off_form     mine        role:agent  not-yours    yes          yes               yes
open_the_hand-off_form     another's   role:agent  not-yours    not-yours    yes               yes
open_the_hand-off_form     a_group's   role:agent  not-yours    not-yours    yes               yes
open_the_hand-off_form     waiting     role:agent  waiting      waiting      waiting           waiting
open_the_hand-off_form     closed      role:agent  closed       closed       closed            closed

read_and_edit_the_contact  mine        role:agent  not-linked   yes          yes               yes
read_and_edit_the_contact  another's   role:agent  not-linked   not-yours    yes               yes
read_and_edit_the_contact  a_group's   role:agent  not-linked   not-yours    yes               yes
read_and_edit_the_contact  waiting     role:agent  not-linked   waiting      yes               yes
read_and_edit_the_contact  answered    role:agent  not-linked   waiting      yes               yes
read_and_edit_the_contact  unlisted    role:agent  not-linked   yes          yes               yes
read_and_edit_the_contact  closed      role:agent  not-linked   yes          yes               yes
read_and_edit_the_contact  unknown     role:agent  chat-unknown chat-unknown chat-unknown      chat-unknown

show_the_number            mine        role:agent  not-yours    yes          yes               yes
show_the_number            another's   role:agent  not-yours    not-yours    yes               yes
show_the_number            an_absent_one's role:agent not-yours not-yours    yes               yes
show_the_number            a_group's   role:agent  not-yours    not-yours    yes               yes
show_the_number            waiting     role:agent  role:lead    role:lead    yes               yes
show_the_number            answered    role:agent  role:lead    role:lead    yes               yes
show_the_number            unlisted    role:agent  role:lead    role:lead    yes               yes
show_the_number            closed      role:agent  role:lead    role:lead    yes               yes
show_the_number            unknown     role:agent  chat-unknown chat-unknown chat-unknown      chat-unknown
`

const aboutNoChat = `
action                     outsider    unlinked    agent       lead        admin

add_a_contact              role:agent  not-linked  yes         yes         yes
lists,_menus,_history      role:agent  yes         yes         yes         yes
link_oneself               role:agent  yes         yes         yes         yes
link_or_unlink_others      role:admin  role:admin  role:admin  role:admin  yes
`

const cell = (refusal: Refusal | null): string => {
  if (refusal === null) return 'yes'
  return refusal.kind === 'role' ? `role:${refusal.needed}` : refusal.kind
}

const rows = (table: string): readonly (readonly string[])[] =>
  table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s+/).map((word) => word.replaceAll('_', ' ')))
    .filter((words) => words.length > 1)

const names = ['outsider', 'unlinked', 'agent', 'lead', 'admin']

const decided = (action: string, chat: Chat | null): readonly string[] =>
  names.map((name) => {
    const by = people[name]
    const rule = actions[action]
    if (by === undefined || rule === undefined) throw new Error(`no ${name}, or no ${action}`)
    return cell(rule(chat, by))
  })

describe('who may do what', () => {
  it.each(rows(aboutChats))('%s, chat: %s', (action = '', relation = '', ...expected) => {
    const chat = chats[relation]
    if (chat === undefined) throw new Error(`no chat is ${relation}`)
    expect(decided(action, chat)).toEqual(expected)
  })

  it.each(rows(aboutNoChat))('%s', (action = '', ...expected) => {
    expect(decided(action, null)).toEqual(expected)
  })

  it('is said of every action', () => {
    const told = new Set([...rows(aboutChats), ...rows(aboutNoChat)].map(([action]) => action))
    expect([...told].sort()).toEqual(Object.keys(actions).sort())
  })

  it('takes nobody for the owner of a chat because neither has a name at the provider', () => {
    const unlinked: Actor = { ...ANN, providerUser: null, role: 'agent' }
    expect(whyNotShowNumber(waitingChat({ owner: null }), unlinked)).toEqual({ kind: 'role', needed: 'lead' })
    expect(whyNotGiveAway(ownedChat(providerUserId('')), unlinked, null)).toMatchObject({ kind: 'not-yours' })
  })
})
