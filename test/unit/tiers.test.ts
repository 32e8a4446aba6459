import { setImmediate as turn } from 'node:timers/promises'
import { webApi } from '@slack/bolt'
import { expect, it } from 'vitest'
import { createTiers, type PacedCall, type Sent, type Tiers } from '../../src/slack/tiers.ts'
import { type ManualClock, manualClock } from '../fixtures/manual-clock.ts'

const MINUTE = 60_000
const update: PacedCall = { method: 'chat.update' }

interface Desk {
  readonly clock: ManualClock
  readonly tiers: Tiers
  /** When each call was sent, in milliseconds from the beginning. */
  readonly sent: number[]
  ask(call: PacedCall): Promise<Sent<void>>
}

function desk(): Desk {
  const clock = manualClock()
  const begun = clock.now()
  const tiers = createTiers({ clock })
  const sent: number[] = []
  const ask = (call: PacedCall) => tiers.inTurn(call, async () => void sent.push(clock.now() - begun))
  return { clock, tiers, sent, ask }
}

const many = (count: number, ask: () => Promise<Sent<void>>): Promise<readonly Sent<void>[]> =>
  Promise.all(Array.from({ length: count }, ask))

it('what would have to wait long is told so at once', async () => {
  const { sent, ask } = desk()
  await many(50, () => ask(update))
  expect(await ask(update)).toEqual({ kind: 'limited', afterMs: MINUTE })
  expect(sent).toHaveLength(50)
})

it('a job that has to wait long keeps its place for 10 s, and is then left to a later try', async () => {
  const { clock, sent, ask } = desk()
  await many(50, () => ask(update))
  const waiting = ask({ ...update, keepsPlace: true })
  await clock.advance(10_000)
  expect(await waiting).toEqual({ kind: 'limited', afterMs: MINUTE - 10_000 })
  expect(sent).toHaveLength(50)
})

it('a channel gets three messages in three seconds, and each other channel as many', async () => {
  const { clock, sent, ask } = desk()
  const posts = [
    many(6, () => ask({ method: 'chat.postMessage', to: 'C0SUPPORT' })),
    many(3, () => ask({ method: 'chat.postMessage', to: 'C0SALES' })),
  ]
  await turn()
  await clock.advance(4_000)
  await Promise.all(posts)
  expect(sent).toEqual([0, 0, 0, 0, 0, 0, 3_000, 3_000, 3_000])
})

it('what nobody waits for leaves turns to what people wait for', async () => {
  const { clock, ask } = desk()
  for (let third = 0; third < 3; third++) {
    const unhurried = many(20, () => ask({ ...update, unhurried: true }))
    await clock.advance(5_000)
    const kinds = (await unhurried).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'sent')).toHaveLength(15)
    expect(await ask(update)).toMatchObject({ kind: 'sent' })
    await clock.advance(15_000)
  }
})

it('what people wait for is next in its channel, however many others came before', async () => {
  const { clock, tiers } = desk()
  const post: PacedCall = { method: 'chat.postMessage', to: 'C0SUPPORT' }
  const order: string[] = []
  const others = many(8, () =>
    tiers.inTurn({ ...post, unhurried: true, keepsPlace: true }, async () => void order.push('card')),
  )
  await turn()
  const mine = tiers.inTurn(post, async () => void order.push('mine'))
  await clock.advance(3_000)
  await mine
  expect(order.slice(0, 4)).toEqual(['card', 'card', 'card', 'mine'])
  await clock.advance(10_000)
  await others
})

it('who waits for the same goes in the order of asking, also before those who ask as a turn is free', async () => {
  const { clock, tiers } = desk()
  const order: number[] = []
  const post = (number: number) =>
    tiers.inTurn(
      { method: 'chat.postMessage', to: 'C0SUPPORT', unhurried: true, keepsPlace: true },
      async () => void order.push(number),
    )
  const first = [1, 2, 3, 4, 5].map(post)
  await turn()
  await clock.advance(1_000)
  const second = [6, 7, 8].map(post)
  clock.jump(2_000)
  const third = [9, 10].map(post)
  await clock.advance(8_000)
  await Promise.all([...first, ...second, ...third])
  expect(order).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

it('once Slack has refused a method, nothing asks before the time is over, and other methods go on', async () => {
  const { clock, tiers, sent, ask } = desk()
  const refused = tiers.inTurn(update, () => Promise.reject(new webApi.WebAPIRateLimitedError(30)))
  expect(await refused).toEqual({ kind: 'limited', afterMs: 30_000 })
  expect(await ask({ method: 'users.info' })).toMatchObject({ kind: 'sent' })
  await clock.advance(27_000)
  const waiting = ask(update)
  await clock.advance(3_000)
  expect(await waiting).toMatchObject({ kind: 'sent' })
  expect(sent).toEqual([0, 30_000])
})

it('an error of the call is the caller’s, and costs a turn like any call', async () => {
  const { tiers } = desk()
  const failing = tiers.inTurn(update, () => Promise.reject(new Error('lost')))
  await expect(failing).rejects.toThrow('lost')
})

it('whoever waits when Baton stops is told at once, and nothing more is sent', async () => {
  const { tiers, sent, ask } = desk()
  await many(50, () => ask(update))
  const waiting = ask({ ...update, keepsPlace: true })
  tiers.stop()
  expect(await waiting).toMatchObject({ kind: 'limited' })
  expect(await ask(update)).toMatchObject({ kind: 'limited' })
  expect(sent).toHaveLength(50)
})
