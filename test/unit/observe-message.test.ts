import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SeenMessage } from '../../src/providers/contract.ts'
import { type Chat, chatState, noMessages } from '../../src/routing/chat.ts'
import { chatId, chatKey, instant } from '../../src/routing/ids.ts'
import { closed } from '../../src/routing/observe.ts'
import { observeMessage } from '../../src/routing/observe-message.ts'
import { ANN, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'

const context = {
  account: WAMM,
  key: chatKey('79001234567'),
  newChatId: chatId('new'),
  now: NOW,
  currentPoll: 3,
  preview: false,
}

const message = (over: Partial<SeenMessage> = {}): SeenMessage => ({
  direction: 'in',
  at: instant(NOW - 1_000),
  byStaff: false,
  name: null,
  phone: null,
  text: 'Hello?',
  messenger: null,
  ...over,
})
const answer = (at: number): SeenMessage => message({ direction: 'out', byStaff: true, at: instant(at) })
const from = (at: number): SeenMessage => message({ at: instant(at) })

const told = (chat: Chat | null, ...messages: readonly SeenMessage[]): Chat => {
  const last = messages.reduce<Chat | null>(
    (known, each) => observeMessage(known, each, context)?.chat ?? known,
    chat,
  )
  if (last === null) throw new Error('no chat came of it')
  return last
}

describe('a message of a customer', () => {
  it('brings a chat that nobody knew, waiting since the message', () => {
    const seen = observeMessage(null, message({ name: 'Ivan', phone: '+79001234567' }), context)
    expect(seen?.facts).toEqual({ kind: 'arrived', holder: null })
    expect(seen?.chat).toMatchObject({
      id: 'new',
      status: 'open',
      name: 'Ivan',
      waitingSince: NOW - 1_000,
      messages: { unanswered: [NOW - 1_000] },
    })
  })

  it('leaves a chat where it is in the queue: it waits since the first one that nobody answered', () => {
    const chat = told(null, from(NOW - 3_000), from(NOW - 2_000), from(NOW - 1_000))
    expect(chat).toMatchObject({
      waitingSince: NOW - 3_000,
      messages: { unanswered: [NOW - 3_000, NOW - 2_000, NOW - 1_000] },
    })
  })

  it('opens a closed chat again, but not when it was written before the chat was closed', () => {
    const closed = waitingChat({ status: 'closed', waitingSince: null, lastOwner: ANN.providerUser })
    const again = observeMessage(closed, message(), context)
    expect(again?.facts).toEqual({ kind: 'reopened', holder: null })
    expect(again?.chat).toMatchObject({ status: 'open', owner: null, lastOwner: '100' })
    const late = observeMessage(closed, from(NOW - 700_000), context)
    expect(late?.facts).toBeNull()
    expect(late?.chat.status).toBe('closed')
  })

  it('that is told after the chat was closed, and was written before, changes nothing but its age', () => {
    const open = waitingChat({ messages: { ...noMessages, lastInAt: instant(NOW - 9_000) } })
    const after = closed(open, { at: instant(NOW - 5_000), now: NOW })
    const late = observeMessage(after, from(NOW - 6_000), context)
    expect(late).toEqual({ chat: { ...after, lastMessageAt: NOW - 6_000 }, facts: null })
    expect(told(after, from(NOW - 4_000)).waitingSince).toBe(NOW - 4_000)
    expect(told(after, from(NOW - 4_000), from(NOW - 6_000)).messages.unanswered).toEqual([NOW - 4_000])
  })

  it('opens a closed chat again though a bot has written since', () => {
    const after = closed(waitingChat(), { at: instant(NOW - 5_000), now: NOW })
    const bot = message({ direction: 'out', at: instant(NOW - 1_000) })
    expect(chatState(told(after, bot, from(NOW - 3_000)))).toBe('waiting')
  })

  it('is counted up to a hundred, and since the first', () => {
    const many = Array.from({ length: 120 }, (_, index) => from(NOW - 1_000 + index))
    const { unanswered } = told(null, ...many).messages
    expect(unanswered).toHaveLength(100)
    expect([unanswered[0], unanswered.at(-1)]).toEqual([NOW - 1_000, NOW - 881])
  })

  it('does not make an owned chat wait', () => {
    expect(told(ownedChat(), message())).toMatchObject({
      waitingSince: null,
      messages: { unanswered: [NOW - 1_000] },
    })
  })

  it('leaves a chat that a poll has found its place in the queue', () => {
    const found = waitingChat({ waitingSince: instant(NOW - 9_000) })
    expect(told(found, from(NOW - 3_000)).waitingSince).toBe(NOW - 9_000)
    expect(told(found, answer(NOW - 2_000), from(NOW - 1_000)).waitingSince).toBe(NOW - 1_000)
  })

  it('is kept in part only where the account wants that', () => {
    expect(told(null, message()).messages.preview).toBeNull()
    const seen = observeMessage(null, message({ text: '🙂'.repeat(400) }), { ...context, preview: true })
    expect([...(seen?.chat.messages.preview ?? '')]).toHaveLength(300)
  })

  it('opens WhatsApp’s window for 24 hours, and no other messenger’s', () => {
    const end = NOW - 1_000 + 24 * 3_600_000
    expect(told(null, message({ messenger: 'whatsapp' })).windowEndsAt).toBe(end)
    expect(told(null, message({ messenger: 'other' })).windowEndsAt).toBeNull()
    expect(told(null, message()).windowEndsAt).toBeNull()
    expect(
      told(told(null, message({ messenger: 'whatsapp', at: instant(NOW - 9_000) })), message()).windowEndsAt,
    ).toBe(end)
  })

  it('from a clock that is ahead of ours was written now', () => {
    expect(told(null, from(NOW + 3_600_000)).messages.lastInAt).toBe(NOW)
  })
})

describe('an answer of the staff', () => {
  it('takes a chat that nobody has out of the queue, until the customer writes again', () => {
    const answered = told(null, from(NOW - 3_000), answer(NOW - 2_000))
    expect(chatState(answered)).toBe('answered')
    expect(answered.messages).toMatchObject({ unanswered: [] })
    const again = told(answered, from(NOW - 1_000))
    expect(chatState(again)).toBe('waiting')
    expect(again.waitingSince).toBe(NOW - 1_000)
  })

  it('does not answer what was written after it, however late it is told', () => {
    const chat = told(null, from(NOW - 4_000), from(NOW - 1_000), from(NOW - 2_000), answer(NOW - 3_000))
    expect(chat).toMatchObject({
      waitingSince: NOW - 2_000,
      messages: { unanswered: [NOW - 2_000, NOW - 1_000] },
    })
  })

  it('of the same second answers what was told before it, and nothing after', () => {
    const second = NOW - 2_000
    expect(chatState(told(null, from(second), answer(second)))).toBe('answered')
    expect(chatState(told(null, from(second), answer(second), from(second)))).toBe('waiting')
  })

  it('is none when a bot or a campaign wrote it', () => {
    const chat = told(null, from(NOW - 3_000), message({ direction: 'out', at: instant(NOW - 2_000) }))
    expect(chat).toMatchObject({
      waitingSince: NOW - 3_000,
      messages: { unanswered: [NOW - 3_000], lastAnswerAt: null },
    })
  })

  it('of a chat that nobody knew brings no chat', () => {
    expect(observeMessage(null, answer(NOW - 1_000), context)).toBeNull()
  })
})

it('whatever the order in which two customers’ messages and an answer are told, the same chats wait', () => {
  const messagesTold = [from(NOW - 5_000), answer(NOW - 4_000), from(NOW - 3_000)]
  fc.assert(
    fc.property(fc.shuffledSubarray(messagesTold, { minLength: 3 }), (messages) => {
      const chat = told(
        null,
        ...messages.filter(({ direction }) => direction === 'in').slice(0, 1),
        ...messages,
      )
      expect(chatState(chat)).toBe('waiting')
      expect(chat.messages.lastAnswerAt).toBe(NOW - 4_000)
      expect(chat.waitingSince).toBe(NOW - 3_000)
    }),
  )
})
