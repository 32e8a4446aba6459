import { expect, it } from 'vitest'
import { accountId, instant, later, providerUserId, slackUserId } from '../../src/routing/ids.ts'
import { createReadTeam } from '../../src/slack/home-team.ts'
import { createPresenter } from '../../src/slack/present.ts'
import { MOST_AWAY } from '../../src/slack/views/home-overview.ts'
import { ANN, NOW } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryStore } from '../fixtures/temporary-store.ts'

const [one, other] = [accountId('one'), accountId('other')]
const load = (account: typeof one, owner: string, chats: number, unansweredSince: number | null = null) => ({
  account,
  owner: providerUserId(owner),
  chats,
  unanswered: unansweredSince === null ? 0 : 1,
  unansweredSince: unansweredSince === null ? null : instant(unansweredSince),
})

async function bench() {
  const store = temporaryStore()
  const clock = manualClock(NOW)
  const accounts = new Map([one, other].map((id) => [id, fakeAccount(id)]))
  for (const [account, providerUser] of [
    [one, '100'],
    [other, '200'],
  ] as const) {
    const to = providerUserId(providerUser)
    await store.link(
      { account, slackUser: ANN.slackUser, providerUser: to },
      'rule',
      {
        at: NOW,
        account,
        chat: null,
        actor: null,
        via: 'rule',
        facts: { kind: 'linked', slackUser: ANN.slackUser, to, how: 'email' },
      },
      [],
    )
  }
  return {
    store,
    ...createReadTeam({ store, present: createPresenter({ store, accounts, clock }), accounts, clock }),
  }
}

it('somebody who is linked in two accounts is one person, with the chats of both', async () => {
  const { team } = await bench()
  const { members, others } = await team([
    load(one, '100', 2, NOW - 5),
    load(one, '300', 4),
    load(other, '200', 3, NOW - 9),
    load(other, '300', 1),
  ])
  expect(members).toMatchObject([
    {
      who: { kind: 'slack', user: ANN.slackUser },
      at: null,
      chats: 5,
      unanswered: 2,
      unansweredSince: NOW - 9,
    },
    { who: { kind: 'provider' }, at: 'one', chats: 4 },
    { who: { kind: 'provider' }, at: 'other', chats: 1 },
  ])
  expect(others).toEqual({ people: 0, chats: 0 })
})

it('those beyond the ten with the most chats are added up', async () => {
  const { team } = await bench()
  const many = Array.from({ length: 25 }, (_, index) => load(one, String(300 + index), index + 1))
  const { members, others } = await team([...many, load(one, '100', 1), load(other, '200', 99)])
  expect(members.map(({ chats }) => chats)).toEqual([100, 25, 24, 23, 22, 21, 20, 19, 18, 17])
  expect(others).toEqual({ people: 16, chats: (16 * 17) / 2 })
})

it('whoever is away and not shown with chats has a place in one line, the latest first', async () => {
  const { store, team } = await bench()
  const users = Array.from({ length: MOST_AWAY + 2 }, (_, index) => slackUserId(`U0AWAY${index}`))
  for (const [index, user] of users.entries())
    await store.setAway(user, { since: later(NOW, index), until: null }, [], [])
  await store.setAway(ANN.slackUser, { since: later(NOW, 99), until: later(NOW, 100) }, [], [])
  const beside = await team([load(one, '100', 1)])
  expect(beside.away.people.map(({ user }) => user)).toEqual(users.toReversed().slice(0, MOST_AWAY))
  expect(beside.away.count).toBe(MOST_AWAY + 2)
  const without = await team([])
  expect(without.away).toMatchObject({
    count: MOST_AWAY + 3,
    people: expect.arrayContaining([expect.objectContaining({ user: ANN.slackUser })]),
  })
})

it('of those who are shown it says who is away', async () => {
  const { store, team } = await bench()
  await store.setAway(ANN.slackUser, { since: NOW, until: null }, [], [])
  const { members } = await team([load(one, '100', 1)])
  expect(members).toMatchObject([{ away: { since: NOW, until: null }, absence: null }])
})
