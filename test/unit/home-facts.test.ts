import { expect, it } from 'vitest'
import { chatId, chatKey, groupHolder, later } from '../../src/routing/ids.ts'
import { firstLook } from '../../src/slack/home-look.ts'
import { NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'
import { ann, startHome } from '../fixtures/start-home.ts'

const named = (name: string) => ({ id: chatId(name), key: chatKey(name) })

async function shown(bench: Awaited<ReturnType<typeof startHome>>, look = firstLook) {
  const home = await bench.read(ann, look)
  if (home.kind === 'outsider') throw new Error('ann belongs here')
  return home
}

it('a chat that a group has is in nobody’s list, and shows for whoever of the group takes it', async () => {
  const bench = await startHome()
  await bench.put(ownedChat(groupHolder('sales'), named('one')), waitingChat(named('two')))
  const { mine, waiting, overview } = await shown(bench)
  expect(mine.count).toBe(0)
  expect(waiting.chats.map(({ id }) => id)).toEqual(['two'])
  expect(overview?.ofGroups).toMatchObject({ chats: [{ id: 'one', owner: { kind: 'group' } }], count: 1 })
})

it('narrows the queue to those that have waited so long, and gives the last page that there is', async () => {
  const bench = await startHome()
  const minutes = (index: number) => later(NOW, -index * 60_000)
  await bench.put(
    ...Array.from({ length: 30 }, (_, index) =>
      waitingChat({ ...named(`w${index}`), waitingSince: minutes(index) }),
    ),
  )
  const long = await shown(bench, { ...firstLook, waitsMinutes: 15, waiting: 9 })
  expect(long.waiting.count).toBe(15)
  expect(long.look.waiting).toBe(1)
  expect(long.waiting.chats.map(({ id }) => id)).toEqual(['w19', 'w18', 'w17', 'w16', 'w15'])
})

it('tells admins of everything that admins are told of when it begins', async () => {
  const bench = await startHome('admin')
  const told = { problem: 'token-refused', at: NOW } as const
  const trouble = { problem: 'token-refused', since: NOW, told } as const
  await bench.store.changeHealth(WAMM, () => ({
    health: {
      read: trouble,
      write: trouble,
      channelShut: true,
      sharedSince: NOW,
      silence: { since: NOW, polls: 3, told: NOW },
    },
  }))
  const { overview } = await shown(bench)
  expect(overview?.admin?.troubles.map(({ notice }) => notice.kind)).toEqual([
    'account-trouble',
    'account-trouble',
    'channel-shut',
    'channel-shared',
    'webhook-silent',
  ])
})
