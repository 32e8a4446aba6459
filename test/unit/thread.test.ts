import { expect, it } from 'vitest'
import { createLogger } from '../../src/log.ts'
import { noEffects } from '../../src/routing/absence.ts'
import type { NewEvent } from '../../src/routing/audit.ts'
import type { SlackUserId } from '../../src/routing/ids.ts'
import { createHistoryLines } from '../../src/slack/history-lines.ts'
import type { Posted } from '../../src/slack/poster.ts'
import { createPresenter } from '../../src/slack/present.ts'
import { createThread } from '../../src/slack/thread.ts'
import { ANN, BO, CY, NOW, ownedChat, WAMM } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { linkByHand } from '../fixtures/link-by-hand.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryStore } from '../fixtures/temporary-store.ts'

const DONE: Posted = { kind: 'done', channel: 'C1', ts: '2.0' }

/** A chat with a card, and a Slack that gives these answers, then takes everything. */
async function scene(...answers: Posted[]) {
  const store = temporaryStore()
  const clock = manualClock()
  const chat = ownedChat()
  const told: string[] = []
  const accounts = new Map([[WAMM, fakeAccount('wamm')]])
  const tell = createThread({
    store,
    accounts,
    lineOf: createHistoryLines({ store, present: createPresenter({ store, accounts, clock }) }),
    poster: {
      post: async (_to, { text }) => {
        const answer = answers.shift() ?? DONE
        if (answer.kind === 'done') told.push(text.replaceAll(/<!date[^>]*> · /g, ''))
        return answer
      },
    },
    logger: createLogger({ level: 'silent', secrets: [] }),
  })
  const happens = (actor: SlackUserId | null, facts: NewEvent['facts']) =>
    store.change({ account: WAMM, key: chat.key }, [], () => ({
      result: null,
      chat,
      event: { at: NOW, account: WAMM, chat: chat.id, actor, via: 'slack', facts },
    }))
  await happens(null, { kind: 'arrived', holder: null })
  await store.saveCard({ chat: chat.id, channel: 'C1', ts: '1.0', shows: 'x', waitingVersion: null })
  return { store, happens, told, tell: () => tell({ chat: chat.id }) }
}

const claimed = (to = ANN.providerUser) => ({ kind: 'claimed', to }) as const

it('names whoever acted as the provider does, else as Slack does, and says "somebody" of the unknown', async () => {
  const { store, happens, told, tell } = await scene()
  const user = { id: ANN.providerUser, name: 'Ann Abel', email: null, active: true }
  await store.saveProviderUsers(WAMM, () => ({ ...noEffects, users: [user] }))
  await linkByHand(store, ANN)
  const bo = {
    user: BO.slackUser,
    name: 'Bo *B*',
    email: null,
    workspaceAdmin: false,
    eligible: true,
    deactivated: false,
  }
  await store.saveProfiles([bo], () => noEffects)
  for (const { slackUser } of [ANN, BO, CY]) await happens(slackUser, claimed())
  expect(await tell()).toEqual({ kind: 'done' })
  expect(told).toEqual(['Ann Abel claimed the chat.\nBo ∗B∗ claimed the chat.\nSomebody claimed the chat.'])
})

it('tells much in several messages, in order, and passes over what concerns nobody', async () => {
  const { happens, told, tell } = await scene()
  for (let one = 0; one < 20; one++)
    await happens(null, { kind: one < 18 ? 'arrived' : 'closed', holder: null })
  const ends = [await tell(), await tell(), await tell()]
  expect(ends.map(({ kind }) => kind)).toEqual(['later', 'later', 'done'])
  expect(told).toEqual(['Closed in wamm.\nClosed in wamm.'])
})

it('tells with the next event what Slack refused', async () => {
  const { happens, told, tell } = await scene(
    { kind: 'refused', code: 'thread_locked' },
    { kind: 'unknown', reason: 'timeout' },
    { kind: 'limited', reason: 'Slack wants fewer calls', afterMs: 9_000 },
  )
  await happens(null, { kind: 'closed' })
  expect(await tell()).toEqual({ kind: 'failed', reason: 'thread_locked' })
  await happens(null, { kind: 'reopened', holder: null })
  expect(await tell()).toEqual({ kind: 'wait', reason: 'timeout' })
  expect(await tell()).toMatchObject({ kind: 'later', afterMs: 9_000 })
  expect(await tell()).toEqual({ kind: 'done' })
  expect(await tell()).toEqual({ kind: 'done' })
  expect(told).toEqual(['Closed in wamm.\nOpen again in wamm.'])
})
