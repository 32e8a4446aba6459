import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../src/clock.ts'
import type { ProviderChat } from '../src/providers/contract.ts'
import { createDesk } from '../src/routing/desk.ts'
import { createFindChats } from '../src/routing/find-chats.ts'
import { createPresenter } from '../src/slack/present.ts'
import { chatOptions } from '../src/slack/views/chat-options.ts'
import { decidingAdapter } from './deciding-adapter.ts'
import { elapsedMs, inTurns } from './measure.ts'
import { asMs, comparison, type Line } from './report.ts'
import { ACCOUNT, customers, openStore, seedStore } from './seed-store.ts'
import { staff } from './staff.ts'

const SMALL = 5_000
const LARGE = 100_000
const ROUNDS = 15
const PAGE = 20
const [ann] = staff

/** What grows with the number of chats that wait: the same work on a store of 5,000 and one of 100,000. */
export async function measureSizes(directory: string): Promise<readonly Line[]> {
  const small = await open(directory, SMALL)
  const large = await open(directory, LARGE)
  const lines: Line[] = []
  for (const work of Object.keys(titles) as (keyof typeof titles)[]) {
    const rounds = await inTurns(ROUNDS, {
      ours: () => elapsedMs(large.work[work]),
      bare: () => elapsedMs(small.work[work]),
    })
    lines.push(comparison(titles[work], rounds, asMs))
  }
  await small.close()
  await large.close()
  return lines
}

const titles = {
  claimByNumber: '/claim by number',
  claimNext: '/claim next',
  findByName: 'find by name',
  pickerOptions: 'options of the picker',
  pickerSearch: 'options of the picker, typed a name',
  anywhereByName: '/chats find, a name',
  anywhereByNumber: '/chats find, a number',
  anywhereByDigits: '/chats find, its last four digits',
}

async function open(directory: string, count: number) {
  mkdirSync(join(directory, String(count)))
  const file = join(directory, String(count), 'baton.db')
  const store = openStore(file)
  const chats = customers(count)
  for (let from = 0; from < count; from += 5_000) {
    await seedStore(store, chats.slice(from, from + 5_000))
  }
  const accounts = new Map([[ACCOUNT, { id: ACCOUNT, adapter: decidingAdapter, channel: 'C0SUPPORT' }]])
  const desk = createDesk({ store, accounts, clock: systemClock, roleOf: () => 'agent' })
  const find = createFindChats({ store, context: { defaultCountry: null, accounts: [ACCOUNT] } })
  const present = createPresenter({ store, accounts, clock: systemClock })
  const by = ann.slackUser
  const someone = chats[Math.floor(count / 3)]
  if (someone === undefined) throw new Error('nobody to look for')
  const digits = someone.key.slice(-4)
  let next = Math.floor(count / 2)
  const options = async (text: string) =>
    chatOptions(
      await present.chats(await store.findChats({ state: 'waiting', text, limit: 100 }), null),
      systemClock.now(),
    )
  const keysOf = (list: readonly Pick<ProviderChat, 'key'>[]): string => list.map(({ key }) => key).join()
  /** The first page, which has to be the newest of all that fit. */
  function finding(text: string, fits: (chat: ProviderChat) => boolean): () => Promise<void> {
    const right = keysOf(chats.filter(fits).slice(-PAGE).reverse())
    return async () => {
      if (keysOf(await find.anywhere(text, { offset: 0, limit: PAGE })) !== right)
        throw new Error(`/chats find ${text} is wrong`)
    }
  }
  const work = {
    async claimByNumber() {
      next += 1
      const { chats: found } = await find.byWho(chats[next]?.phone ?? '', by, 'waiting')
      const [chat] = found
      if (chat === undefined) throw new Error('no chat of this number')
      await desk.ask({ kind: 'claim', by, chat: chat.id, responseUrl: null })
    },
    claimNext: () =>
      desk.ask({ kind: 'claim-next', by, account: null, count: 1, claimed: [], responseUrl: null }),
    findByName: () => find.byWho('Irina Garcia 4', by, 'waiting'),
    pickerOptions: () => options(''),
    pickerSearch: () => options('Jansen 99'),
    anywhereByName: finding('irina gar', ({ name }) => /\bIrina Gar/.test(name ?? '')),
    anywhereByNumber: finding(someone.phone ?? '', ({ key }) => key === someone.key),
    // A name may have them, too.
    anywhereByDigits: finding(
      digits,
      ({ key, name }) => key.endsWith(digits) || (name ?? '').includes(digits),
    ),
  }
  return { work, close: store.close }
}
