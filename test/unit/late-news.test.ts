import { expect, it } from 'vitest'
import { createLogger } from '../../src/log.ts'
import type { AccountHealth } from '../../src/routing/account-health.ts'
import type { EventFacts } from '../../src/routing/audit.ts'
import type { Chat } from '../../src/routing/chat.ts'
import type { EventId, SlackUserId } from '../../src/routing/ids.ts'
import { createOffers } from '../../src/slack/offers.ts'
import type { Poster } from '../../src/slack/poster.ts'
import { createPresenter } from '../../src/slack/present.ts'
import { createPublisher } from '../../src/slack/publish.ts'
import { ANN, BO, NOW, ownedChat, WAMM } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { linkByHand } from '../fixtures/link-by-hand.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryStore } from '../fixtures/temporary-store.ts'

const MINUTE = 60_000
const ANNS = { owner: ANN.providerUser, holder: ANN.providerUser }

/** What people read of events if Slack takes their messages only so many minutes later. */
async function scene(minutes: number, chat: Partial<Chat> = ANNS) {
  const store = temporaryStore()
  const clock = manualClock(NOW + minutes * MINUTE)
  const accounts = new Map([[WAMM, fakeAccount('wamm')]])
  const logger = createLogger({ level: 'silent', secrets: [] })
  const present = createPresenter({ store, accounts, clock })
  const told: string[] = []
  const poster: Poster = {
    async post(to, { text }) {
      told.push(text)
      return { kind: 'done', channel: to, ts: '1.0' }
    },
    update: async (at) => ({ kind: 'done', ...at }),
    permalink: async () => null,
  }
  const storm = { look: async () => undefined }
  const health = { posted: async () => undefined }
  const { notice } = createPublisher({ store, accounts, present, poster, storm, health, clock, logger })
  const offers = createOffers({ store, present, poster, clock, logger })
  const known = ownedChat(ANN.providerUser, chat)
  for (const person of [ANN, BO]) await linkByHand(store, person)
  return {
    told,
    happens: (facts: EventFacts, actor: SlackUserId | null = ANN.slackUser): Promise<EventId> =>
      store.change({ account: WAMM, key: known.key }, [], ({ eventId }) => ({
        result: eventId,
        chat: known,
        event: { at: NOW, account: WAMM, chat: known.id, actor, via: 'slack', facts },
      })),
    doesNow: (now: AccountHealth) => store.changeHealth(WAMM, () => ({ health: now })),
    tell: (event: EventId, to: SlackUserId) => notice({ event, to }),
    tellOver: (offer: EventId) => offers['offer-over']({ offer }),
  }
}

const confirmed = (of: EventId, holder = ANN.providerUser): EventFacts => ({
  kind: 'confirmed',
  of,
  holder,
  late: true,
})

it.each([
  ['is not told after an hour', 60, 0],
  ['is told within an hour', 59, 3],
])('that all is well %s', async (_, minutes, times) => {
  const { happens, tell, told } = await scene(minutes)
  const claim = await happens({ kind: 'claimed', to: ANN.providerUser })
  await tell(await happens(confirmed(claim)), ANN.slackUser)
  await happens({ kind: 'claimed', to: BO.providerUser }, BO.slackUser)
  await tell(claim, ANN.slackUser)
  await tell(await happens({ kind: 'contact-saved', added: false, fields: [] }), ANN.slackUser)
  expect(told).toHaveLength(times)
})

it('who got a chat reads so however late, as long as it is theirs', async () => {
  for (const [owner, times] of [
    [BO.providerUser, 1],
    [ANN.providerUser, 0],
  ] as const) {
    const { happens, tell, told } = await scene(600, { owner, holder: owner })
    const to = { to: BO.providerUser, receiver: BO.slackUser, note: null }
    const decision = await happens({ kind: 'handed-off', from: ANN.providerUser, ...to })
    await tell(await happens(confirmed(decision, BO.providerUser)), BO.slackUser)
    expect(told).toHaveLength(times)
  }
})

it('what came to nothing is told however late', async () => {
  const { happens, tell, told } = await scene(600)
  const claim = await happens({ kind: 'claimed', to: ANN.providerUser })
  const failed = { kind: 'failed', of: claim, wanted: ANN.providerUser, reason: 'timed-out' } as const
  await tell(await happens(failed), ANN.slackUser)
  expect(told).toEqual([expect.stringContaining('did not go through')])
})

it('how an offer ended is told late only to whoever still has the chat', async () => {
  const offered = { kind: 'offered', to: BO.providerUser, receiver: BO.slackUser, note: null } as const
  for (const [owner, minutes, times] of [
    [ANN.providerUser, 600, 1],
    [BO.providerUser, 600, 0],
    [BO.providerUser, 20, 1],
  ] as const) {
    const { happens, tellOver, told } = await scene(minutes, { owner, holder: owner })
    await tellOver(await happens(offered))
    expect(told).toHaveLength(times)
  }
})

it.each<[EventFacts, AccountHealth]>([
  [
    { kind: 'account-trouble', way: 'read', problem: 'unreachable', since: NOW },
    { read: { problem: 'unreachable', since: NOW, told: null } },
  ],
  [{ kind: 'channel-shut', channel: 'C1' }, { channelShut: true }],
  [{ kind: 'channel-shared', channel: 'C1' }, { sharedSince: NOW }],
  [{ kind: 'webhook-silent', since: NOW }, { silence: { since: NOW, polls: 3, told: NOW } }],
])('what is wrong with an account is told to admins however late, while it is: $kind', async (facts, bad) => {
  const { happens, doesNow, tell, told } = await scene(600)
  const event = await happens(facts, null)
  await tell(event, ANN.slackUser)
  expect(told).toEqual([])
  await doesNow(bad)
  await tell(event, ANN.slackUser)
  expect(told).toHaveLength(1)
  await tell(await happens({ kind: 'account-recovered', way: 'read' }, null), ANN.slackUser)
  expect(told).toHaveLength(1)
})
