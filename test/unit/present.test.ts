import { expect, it } from 'vitest'
import { type Chat, noMessages } from '../../src/routing/chat.ts'
import { instant, later } from '../../src/routing/ids.ts'
import { WINDOW_MS } from '../../src/routing/observe-message.ts'
import { createPresenter } from '../../src/slack/present.ts'
import { ANN, BO, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { manualClock } from '../fixtures/manual-clock.ts'

const store = {
  slackUsers: async () => new Map(),
  providerUsers: async () => [],
  absences: async () => new Map(),
}

const shownAt = (chat: Chat, at = NOW) =>
  createPresenter({
    store,
    accounts: new Map([[WAMM, fakeAccount('wamm')]]),
    clock: manualClock(at),
  }).chat(chat, null)

const asked = (over: Partial<Chat> = {}, text: string | null = null): Partial<Chat> => ({
  messages: { ...noMessages, unanswered: [NOW], lastInAt: NOW, preview: text },
  windowEndsAt: later(NOW, WINDOW_MS),
  ...over,
})

const leftAfter = async (ms: number, over: Partial<Chat> = {}) =>
  (await shownAt(waitingChat(asked(over)), later(NOW, ms))).answerWindow?.left

it("an account is called by its own name where the provider's does not say as much", async () => {
  const account = async (names: readonly string[], provider: string) => {
    const accounts = names.map((name) => fakeAccount(name, { label: provider }))
    const present = createPresenter({
      store,
      accounts: new Map(accounts.map((each) => [each.id, each])),
      clock: manualClock(NOW),
    })
    return (await present.chat(waitingChat(), null)).account
  }
  expect(await account(['wamm'], 'WAMM')).toBeNull()
  expect(await account(['wamm', 'wamm-vip'], 'WAMM')).toBeNull()
  expect(await account(['wamm', 'aelyst'], 'Aelyst')).toBe('wamm')
})

it('staff are warned two hours before WhatsApp takes no more answers, and once it does not', async () => {
  const warned = WINDOW_MS - 2 * 3_600_000
  expect(await leftAfter(warned - 1)).toBe('enough')
  expect(await leftAfter(warned)).toBe('little')
  expect(await leftAfter(WINDOW_MS - 1)).toBe('little')
  expect(await leftAfter(WINDOW_MS)).toBe('none')
})

it('nobody is warned where the customer has been answered, or the chat is closed', async () => {
  const answered = { ...noMessages, lastInAt: NOW, lastAnswerAt: NOW }
  expect(await leftAfter(0, { waitingSince: null, messages: answered })).toBeUndefined()
  expect(await leftAfter(0, { status: 'closed', waitingSince: null })).toBeUndefined()
  expect(await leftAfter(0, { windowEndsAt: null })).toBeUndefined()
})

it.each([
  ['a number', 'Call +7 900 123-45-67, please', 'Call +• ••• •••-••-67, please'],
  ['a number with something invisible in it', '79001\u200b234567', '•••••••••67'],
  ['nothing that can be seen', '\u200b \u2060', null],
])('of a message with %s everybody reads only what they may', async (_name, text, shown) => {
  const { preview } = await shownAt(ownedChat(ANN.providerUser, asked({}, text)))
  expect(preview).toBe(shown)
})

it('of a message that was answered nothing is quoted', async () => {
  const messages = { ...noMessages, lastInAt: NOW, lastAnswerAt: instant(NOW + 1), preview: 'Hello' }
  expect((await shownAt(waitingChat({ messages }))).preview).toBeNull()
})

it('the number is there in full for whoever has the chat, and for nobody else', async () => {
  const present = createPresenter({
    store: { ...store, slackUsers: async () => new Map([[ANN.providerUser, ANN.slackUser]]) },
    accounts: new Map([[WAMM, fakeAccount('wamm')]]),
    clock: manualClock(NOW),
  })
  const full = async (chat: Chat, reader: typeof ANN.slackUser | null) =>
    (await present.chat(chat, reader)).fullKey
  const mine = ownedChat(ANN.providerUser)
  expect((await full(mine, ANN.slackUser))?.replaceAll(' ', '')).toBe(mine.phone)
  for (const [chat, reader] of [
    [mine, BO.slackUser],
    [mine, null],
    [ownedChat(BO.providerUser), ANN.slackUser],
    [waitingChat(), ANN.slackUser],
    [ownedChat(ANN.providerUser, { owner: null }), null],
  ] as const) {
    expect(await full(chat, reader)).toBeNull()
  }
})
