import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../src/clock.ts'
import { createHealthDesk } from '../src/routing/account-health.ts'
import { type Chat, noMessages } from '../src/routing/chat.ts'
import { createFindChats } from '../src/routing/find-chats.ts'
import { chatId, instant, providerUserId } from '../src/routing/ids.ts'
import { createReadHome } from '../src/slack/home-facts.ts'
import { firstLook } from '../src/slack/home-look.ts'
import { createPresenter } from '../src/slack/present.ts'
import { homeView } from '../src/slack/views/home.ts'
import { decidingAdapter } from './deciding-adapter.ts'
import { elapsedMs, inTurns, median, quantile } from './measure.ts'
import type { World } from './processes/world.ts'
import { startRemote } from './remote.ts'
import { asMs, comparison, figure, type Line } from './report.ts'
import { ACCOUNT, customers, openStore, seedStore } from './seed-store.ts'
import { staff } from './staff.ts'
import { readyUrl, startBaton, worldEnv } from './stage.ts'

const ROUNDS = 31
/** Each round is so many, because one alone is shorter than what the machine does beside it. */
const TABS = 20
const PEOPLE = 40
const [ann] = staff

/** How many chats there are, how many of them wait, and how many the same people have. */
export const stores = {
  small: { chats: 1_000, waiting: 100, held: 600 },
  middle: { chats: 10_000, waiting: 300, held: 600 },
  mostClosed: { chats: 100_000, waiting: 300, held: 600 },
  manyWait: { chats: 100_000, waiting: 10_000, held: 600 },
  manyHeld: { chats: 100_000, waiting: 10_000, held: 10_000 },
} as const

/** Drawing a Home tab from 100,000 chats, beside the same from 1,000; then opening it in a whole Baton. */
export async function measureHome(directory: string): Promise<readonly Line[]> {
  const small = await openHomes(directory, 'small')
  const lines: Line[] = []
  for (const name of ['middle', 'mostClosed', 'manyWait', 'manyHeld'] as const) {
    const large = await openHomes(directory, name)
    const rounds = await inTurns(ROUNDS, {
      ours: () => elapsedMs(large.draw),
      bare: () => elapsedMs(small.draw),
    })
    const [chats, waiting, held] = [stores[name].chats, stores[name].waiting, stores[name].held].map(
      (count) => count.toLocaleString('en'),
    )
    const what = `${TABS} Home tabs: ${chats} chats, ${waiting} wait, ${held} taken`
    lines.push(comparison(what, rounds, asMs, { atMost: 1.5 }))
    await large.close()
  }
  await small.close()
  const opening = await timeOpening(fileOf(directory, 'manyHeld'))
  return [
    ...lines,
    figure('opened until it shows: median', median(opening), asMs, 100),
    figure('opened until it shows: p95', quantile(opening, 0.95), asMs),
  ]
}

/** Fewer than the tier takes at once, one after the other. */
const OPENINGS = 80

async function timeOpening(file: string): Promise<readonly number[]> {
  const world = startRemote<World>(new URL('./processes/world.ts', import.meta.url))
  const env = worldEnv(await world.ask('address', undefined))
  const baton = startBaton(file, { ...env, WAMM_POLL_SECONDS: '3600' })
  await world.ask('deliverTo', { url: `${await baton.line(readyUrl)}/slack/events` })
  const times: number[] = []
  for (let opening = 0; opening < OPENINGS; opening++) {
    times.push(await world.ask('untilHome', { user: staff[opening % staff.length]?.slackUser ?? '' }))
  }
  await baton.end()
  await world.end()
  return times
}

export const fileOf = (directory: string, name: keyof typeof stores): string =>
  join(directory, `home-${name}`, 'baton.db')

/** So many chats in a database of their own. */
export async function openHomes(directory: string, name: keyof typeof stores) {
  mkdirSync(join(directory, `home-${name}`))
  const store = openStore(fileOf(directory, name))
  await seedStore(store, [])
  const { chats, waiting, held } = stores[name]
  const all = customers(chats).map(({ key, name, phone, lastMessageAt }, index): Chat => {
    const owner = index < held ? providerUserId(String(100 + (index % PEOPLE))) : null
    const waits = owner === null && index < held + waiting
    const isOpen = owner !== null || waits
    return {
      id: chatId(`${index}-${name}`),
      account: ACCOUNT,
      key,
      name,
      phone,
      status: isOpen ? 'open' : 'closed',
      owner,
      ownerSince: owner === null ? null : lastMessageAt,
      ownerVia: 'slack',
      holder: owner,
      pending: null,
      problem: null,
      version: 1,
      waitingSince: waits ? lastMessageAt : null,
      lastMessageAt,
      messages: owner === null ? noMessages : { ...noMessages, unanswered: [instant(Date.now())] },
      windowEndsAt: isOpen && index % 3 === 0 ? instant(Date.now() + index * 60_000) : null,
      lastOwner: null,
      offer: null,
      undo: null,
      writtenInPoll: 0,
    }
  })
  for (let from = 0; from < all.length; from += 5_000) {
    await Promise.all(
      all
        .slice(from, from + 5_000)
        .map((chat) => store.change({ account: ACCOUNT, key: chat.key }, [], () => ({ result: null, chat }))),
    )
  }
  const accounts = new Map([[ACCOUNT, { id: ACCOUNT, adapter: decidingAdapter, channel: 'C0SUPPORT' }]])
  const clock = systemClock
  const read = createReadHome({
    store,
    find: createFindChats({ store, context: { defaultCountry: null, accounts: [ACCOUNT] } }),
    present: createPresenter({ store, accounts, clock }),
    accounts,
    staleAccounts: async () => [],
    health: createHealthDesk({ store, clock, admins: [] }),
    latest: () => null,
    isTold: () => false,
    meet: async () => ({ kind: 'met', standing: { role: 'admin', because: 'named' } }),
    admins: [],
    clock,
  })
  return {
    async draw() {
      for (let tab = 0; tab < TABS; tab++) JSON.stringify(homeView(await read(ann.slackUser, firstLook)))
    },
    close: store.close,
  }
}
