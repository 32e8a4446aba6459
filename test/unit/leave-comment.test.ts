import { expect, it } from 'vitest'
import type { Outcome, ProviderAdapter } from '../../src/providers/contract.ts'
import { noEffects } from '../../src/routing/absence.ts'
import type { EventFacts } from '../../src/routing/audit.ts'
import { type EventId, eventId } from '../../src/routing/ids.ts'
import { createCommenting } from '../../src/routing/leave-comment.ts'
import { ANN, BO, NOW, ownedChat, WAMM } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { linkByHand } from '../fixtures/link-by-hand.ts'
import { temporaryStore } from '../fixtures/temporary-store.ts'

const handedOff: EventFacts = {
  kind: 'handed-off',
  from: ANN.providerUser,
  to: BO.providerUser,
  receiver: BO.slackUser,
  note: 'two chairs',
}
const done: Outcome<null> = { kind: 'done', value: null }

/** Ann, who is linked, or somebody who is not, has handed off a chat of a provider that keeps notes. */
async function scene({
  answer = done,
  facts = handedOff,
  linked = true,
  can,
}: {
  readonly answer?: Outcome<null>
  readonly facts?: EventFacts
  readonly linked?: boolean
  readonly can?: Partial<ProviderAdapter>
} = {}) {
  const store = temporaryStore()
  const comments: (readonly [string, string])[] = []
  const comment: ProviderAdapter['comment'] = async (key, text) => {
    comments.push([key, text])
    return answer
  }
  const account = fakeAccount('wamm', can ?? { comment })
  const chat = ownedChat(BO.providerUser)
  const event = await store.change({ account: WAMM, key: chat.key }, [], ({ eventId }) => ({
    result: eventId,
    chat,
    event: { at: NOW, account: WAMM, chat: chat.id, actor: ANN.slackUser, via: 'slack', facts },
  }))
  const user = { email: null, active: true }
  await store.saveProviderUsers(WAMM, () => ({
    ...noEffects,
    users: [
      { ...user, id: ANN.providerUser, name: 'Ann Abel' },
      { ...user, id: BO.providerUser, name: 'Bo Bauer' },
    ],
  }))
  if (linked) await linkByHand(store, ANN)
  const leave = createCommenting({
    store,
    accounts: new Map([[WAMM, account]]),
    sentence: ({ from, to, note }) => `${from} → ${to}: ${note}`,
  })
  return { store, chat, comments, leave: (id: EventId = event) => leave({ event: id }) }
}

it('leaves the note of a hand-off at its chat, with who handed it to whom', async () => {
  const { comments, leave } = await scene()
  expect(await leave()).toEqual({ kind: 'done' })
  expect(comments).toEqual([['79001234567', 'Ann Abel → Bo Bauer: two chairs']])
})

it('does without the name of somebody who is not linked', async () => {
  const { comments, leave } = await scene({ linked: false })
  await leave()
  expect(comments).toEqual([['79001234567', 'null → Bo Bauer: two chairs']])
})

it.each([
  ['without a note', { facts: { ...handedOff, note: null } }],
  ['that is none', { facts: { kind: 'closed' } as const }],
  ['of a provider that keeps no notes', { can: {} }],
])('has nothing to do for a hand-off %s', async (_name, options) => {
  const { comments, leave } = await scene(options)
  expect(await leave()).toEqual({ kind: 'done' })
  expect(comments).toEqual([])
})

it('has nothing to do for an event that is not there', async () => {
  const { leave } = await scene()
  expect(await leave(eventId(999))).toEqual({ kind: 'done' })
})

it.each([
  [
    { kind: 'refused', problem: 'chat-not-found', detail: '' },
    { kind: 'failed', reason: 'chat-not-found' },
  ],
  [
    { kind: 'retry', problem: 'timed-out', detail: '', sent: true },
    { kind: 'retry', reason: 'timed-out' },
  ],
  [
    { kind: 'retry', problem: 'paced', detail: '', sent: false, afterMs: 700 },
    { kind: 'later', reason: 'paced', afterMs: 700 },
  ],
] as const)('ends as the provider answers: %o', async (answer, outcome) => {
  const { leave } = await scene({ answer })
  expect(await leave()).toEqual(outcome)
})

it('leaves the note of an offer once that is accepted, with who had made it', async () => {
  const facts = { kind: 'offered', to: BO.providerUser, receiver: BO.slackUser, note: 'two chairs' } as const
  const { store, chat, comments, leave } = await scene({ facts })
  await leave()
  expect(comments).toEqual([])
  const offer = (await store.history(chat.id))[0]?.id ?? eventId(0)
  const accepted = await store.change({ chat: chat.id }, [], ({ eventId }) => ({
    result: eventId,
    event: {
      at: NOW,
      account: WAMM,
      chat: chat.id,
      actor: BO.slackUser,
      via: 'slack',
      facts: { kind: 'accepted', offer, from: ANN.providerUser, to: BO.providerUser },
    },
  }))
  expect(await leave(accepted)).toEqual({ kind: 'done' })
  expect(comments).toEqual([['79001234567', 'Ann Abel → Bo Bauer: two chairs']])
})
