import { describe, expect, it } from 'vitest'
import { chatId, chatKey, instant } from '../../src/routing/ids.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { waitingChat } from '../fixtures/chats.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const MARIA = '79007654321'
const NINE = Date.UTC(2026, 10, 20, 9, 0, 0)

const texts = (options: readonly unknown[]) =>
  options.map((option) => /"text":"([^"]*)"/.exec(JSON.stringify(option))?.[1] ?? '')

/** A database as a busy weekend leaves it; the last customer has waited longest. */
async function waitingChats(databaseFile: string, count: number): Promise<void> {
  const store = openSqliteStore({ file: databaseFile, newChatId: () => chatId('unused') })
  await Promise.all(
    Array.from({ length: count }, (_, at) => {
      const key = chatKey(String(79_100_000_000 + at * 7))
      const since = instant(NINE - at * 60_000)
      const chat = waitingChat({
        id: chatId(`c${at}`),
        key,
        name: `Customer ${at}`,
        phone: `+${key}`,
        waitingSince: since,
        lastMessageAt: since,
      })
      return store.change({ account: chat.account, key }, [], () => ({ result: null, chat }))
    }),
  )
  await store.close()
}

describe('The picker of `/claim` alone', () => {
  it('offers the longest-waiting of 5,000 chats first, at most 100, quickly, and narrows as one types', async () => {
    const scene = await timelessScene({
      linked: ['ann'],
      prepare: ({ databaseFile, wamm }) => {
        wamm.customerWrites(String(79_100_000_000 + 4_321 * 7), { name: 'Customer 4321', text: 'Hello?' })
        return waitingChats(databaseFile, 5_000)
      },
    })
    const { slack, wamm } = scene
    const ann = slack.as('ann')
    await ann.command('/claim')
    const picker = await scene.until(() => ann.modal())
    expect(JSON.stringify(picker.blocks)).toContain('5000 chats are waiting')

    const all = await ann.options(picker, 'waiting_chat', '')
    expect(texts(all.options).slice(0, 3)).toEqual([
      expect.stringContaining('Customer 4999'),
      expect.stringContaining('Customer 4998'),
      expect.stringContaining('Customer 4997'),
    ])
    expect(all.options).toHaveLength(100)
    expect(all.ackMs).toBeLessThan(1_000)

    expect((await ann.options(picker, 'waiting_chat', 'nobody')).options).toEqual([])
    const some = await ann.options(picker, 'waiting_chat', 'customer 432')
    expect(texts(some.options).filter((text) => /Customer 432\d /.test(text))).toHaveLength(10)
    expect(some.options.length).toBeLessThan(50)
    expect(some.ackMs).toBeLessThan(1_000)
    const wanted = some.options.find((option) => JSON.stringify(option).includes('Customer 4321 '))

    const { view } = await ann.submit(picker, { waiting_chat: String(wanted?.value) })
    expect(JSON.stringify(view?.blocks)).toContain('You have the chat with Customer 4321')
    // The others have no cards here, and the message that counts those goes on for ever.
    await scene.until(() => wamm.writes.length > 0)
    expect(wamm.writes).toMatchObject([{ to: '100' }])
  })

  it('says so when nobody waits, and asks for a choice when none was made', async () => {
    const scene = await timelessScene({ linked: ['ann'] })
    const ann = scene.slack.as('ann')
    await ann.command('/claim')
    expect(JSON.stringify(await scene.until(() => ann.modal()))).toContain('No chat is waiting right now')
    await ann.close(await scene.until(() => ann.modal()))
    await scene.arrives(IVAN, 'Ivan')
    await ann.command('/claim')
    const { errors } = await ann.submit(await scene.until(() => ann.modal()), {}, { forged: true })
    expect(errors).toEqual({ chat: 'Please choose a chat.' })
  })

  it('links somebody who is not linked yet, and the claim goes on', async () => {
    const scene = await timelessScene()
    await scene.arrives(IVAN, 'Ivan')
    const ann = scene.slack.as('ann')
    await ann.command('/claim')
    const picker = await scene.until(() => ann.modal())
    const { options } = await ann.options(picker, 'waiting_chat', 'ivan')
    const { view } = await ann.submit(picker, { waiting_chat: String(options[0]?.value) })
    expect(JSON.stringify(view?.blocks)).toContain('Looking for you in WAMM')
    await scene.told('ann', 'You have the chat with Ivan')
  })
})

describe('The forms of `/handoff` and `/release` alone', () => {
  async function annHasIvan(): Promise<TimelessScene> {
    const scene = await timelessScene({ linked: ['ann', 'ben'] })
    await scene.arrives(IVAN, 'Ivan')
    await scene.arrives(MARIA, 'Maria')
    await scene.slack.as('ann').command('/claim', 'ivan')
    await scene.slack.as('ben').command('/claim', 'maria')
    await scene.settled()
    return scene
  }

  it('hand off one of my chats with a note', async () => {
    const scene = await annHasIvan()
    const { slack, wamm } = scene
    const ann = slack.as('ann')
    await ann.command('/handoff')
    const form = await scene.until(() => ann.modal())
    const chats = await ann.options(form, 'my_chat', '')
    expect(texts(chats.options)).toEqual([expect.stringContaining('Ivan')])
    const people = await ann.options(form, 'receiver', '')
    expect(texts(people.options)).toEqual(['Ben Bauer', 'Carla Cruz', 'Dora Diaz', 'Olga Orlova'])
    const { view } = await ann.submit(form, {
      my_chat: String(chats.options[0]?.value),
      receiver: String((await ann.options(form, 'receiver', 'ben')).options[0]?.value),
      note: 'Wants\ntwo chairs',
    })
    expect(JSON.stringify(view?.blocks)).toContain('You handed the chat with Ivan to <@U0BEN>')
    await scene.told('ben', 'two chairs')
    expect(wamm.holder(IVAN)).toBe('101')
  })

  it('hand off to somebody who has not been seen in Slack', async () => {
    const scene = await annHasIvan()
    const { slack, wamm } = scene
    const ann = slack.as('ann')
    await ann.click(scene.card('Ivan'), 'Hand Off')
    const form = await scene.until(() => ann.modal())
    const { options } = await ann.options(form, 'receiver', 'olga')
    const { view } = await ann.submit(form, { receiver: String(options[0]?.value) })
    expect(JSON.stringify(view?.blocks)).toContain('If somebody in Slack has their e-mail address')
    await scene.cardSays('Ivan', 'With Olga Orlova')
    expect(wamm.holder(IVAN)).toBe('110')
  })

  it('release one of my chats with a reason that is kept in its history', async () => {
    const scene = await annHasIvan()
    const { slack, wamm } = scene
    const ann = slack.as('ann')
    await ann.command('/release')
    const form = await scene.until(() => ann.modal())
    const { options } = await ann.options(form, 'my_chat', 'iv')
    await ann.submit(form, { my_chat: String(options[0]?.value), reason: 'End of my shift' })
    await scene.cardSays('Ivan', 'Waiting')
    expect(wamm.holder(IVAN)).toBeNull()
    expect(scene.history(IVAN).find(({ facts }) => facts.kind === 'released')?.facts).toMatchObject({
      reason: 'End of my shift',
    })
  })

  it.each(['/handoff', '/release'])('%s says so when one has no chats', async (command) => {
    const scene = await timelessScene({ linked: ['ann'] })
    const ann = scene.slack.as('ann')
    await ann.command(command)
    expect(JSON.stringify(await scene.until(() => ann.modal()))).toContain('You have no chats')
  })

  it.each(['/handoff', '/release'])(
    '%s shows leads the chats of others too, and lets them act',
    async (command) => {
      const scene = await annHasIvan()
      const { slack, wamm } = scene
      const carla = slack.as('carla')
      await carla.command(command)
      const form = await scene.until(() => carla.modal())
      const chats = await carla.options(form, 'my_chat', '')
      expect(texts(chats.options)).toHaveLength(2)
      const ivan = String((await carla.options(form, 'my_chat', 'ivan')).options[0]?.value)
      const dora = command === '/release' ? null : (await carla.options(form, 'receiver', 'dora')).options[0]
      await carla.submit(form, {
        my_chat: ivan,
        ...(dora === null ? {} : { receiver: String(dora?.value) }),
      })
      await scene.settled()
      expect(wamm.holder(IVAN)).toBe(command === '/release' ? null : '103')
    },
  )
})
