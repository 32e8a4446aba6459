import { expect, it } from 'vitest'
import type { Fault } from '../../sandbox/provider/faults.ts'
import type { WammMethod } from '../../sandbox/wamm/methods.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

async function waiting(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

const refusals: readonly (readonly [string, string])[] = [
  ['token fail', "WAMM does not accept Baton's access token"],
  ['acc not authorized', "the customer's channel is not connected"],
  ['user not found', 'WAMM does not know the user or group that should get this chat'],
  ['user_id fail', 'WAMM does not know the user or group that should get this chat'],
  ['user not active', 'blocked or deleted in WAMM'],
  ['something new', 'WAMM refused without a reason that Baton knows'],
]

const gone: readonly (readonly [string, string])[] = [
  ['not found', 'WAMM does not know this chat'],
  ['phone not found', 'WAMM does not know this chat'],
  ['phone fail', 'WAMM does not accept this number or id'],
]

const methods: readonly WammMethod[] = ['contact_to_user', 'contact_get']
const each = <T extends readonly [string, string]>(list: readonly T[]) =>
  methods.flatMap((method) => list.map(([err, sentence]) => [method, err, sentence] as const))

it.each(each(refusals))(
  "A provider's failure is a value: %s says “%s”, the person reads what to do, and can claim again",
  async (method, err, sentence) => {
    const scene = await waiting()
    const { slack, wamm } = scene
    wamm.faults.add({ fault: { kind: 'err', err }, method, times: 1 })
    await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
    const told = await scene.told('ann', 'did not go through')
    expect(told.text).toContain(sentence)
    await scene.settled()
    expect(scene.card('Ivan').text).toContain('Waiting')
    expect(scene.card('Ivan').text).toContain(sentence)
    expect(scene.history(IVAN).at(-1)?.facts).toMatchObject({ kind: 'failed', wanted: '100' })
    expect(wamm.writes).toEqual([])

    await slack.as('ann').click(told, 'Claim Chat')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('100')
    expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
    expect(scene.card('Ivan').text).not.toContain(sentence)
  },
)

it.each(each(gone))(
  "A provider's failure is a value: %s says “%s”, and the chat is closed until WAMM shows it again",
  async (method, err, sentence) => {
    const scene = await waiting()
    const { slack, wamm, baton } = scene
    wamm.faults.add({ fault: { kind: 'err', err }, method, times: 1 })
    await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
    expect((await scene.told('ann', 'did not go through')).text).toContain(sentence)
    await scene.cardSays('Ivan', 'Closed in WAMM')
    await baton.pollNow()
    await slack.as('ben').click(await scene.cardSays('Ivan', 'Waiting'), 'Claim Chat')
    await scene.cardSays('Ivan', 'With <@U0BEN>')
    expect(wamm.holder(IVAN)).toBe('101')
  },
)

it("A provider's failure is a value: a refused hand-off leaves the chat with its owner, since when they had it", async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  await slack.as('ann').command('/claim', 'ivan')
  await scene.settled()
  const before = scene.card('Ivan').text
  await scene.pass(60_000)
  wamm.blockUser('101')
  await slack.as('ann').command('/handoff', 'ivan @ben')
  await scene.told('ann', 'blocked or deleted in WAMM')
  await scene.settled()
  const since = /<!date\^\d+/.exec(before)?.[0] ?? 'a date'
  expect(scene.card('Ivan').text).toContain(`<@U0ANN> since ${since}`)
  expect(slack.as('ben').dms()).toEqual([])
  expect(wamm.holder(IVAN)).toBe('100')
  wamm.blockUser('101', false)
  await slack.as('ann').command('/handoff', 'ivan @ben')
  await scene.told('ben', 'handed the chat with Ivan to you')
})

it("A provider's failure is a value: a group chat cannot be claimed, and the person is told where to answer it", async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm } = scene
  wamm.customerWrites('-100123456', { name: 'Family', tip: 'group', text: 'Hello?' })
  await slack.as('ann').command('/claim', '-100123456')
  await scene.told('ann', 'did not go through')
  await scene.settled()
  expect(wamm.writes).toEqual([])
})

const troubles: readonly (readonly [string, Fault, string])[] = [
  ['a 503 page', { kind: 'status', status: 503 }, 'WAMM has a fault of its own'],
  ['a page instead of JSON', { kind: 'answer', body: '<html>' }, 'an answer that Baton cannot read'],
  ['a redirect', { kind: 'redirect', to: 'https://example.test/' }, 'an answer that Baton cannot read'],
  ['a reset connection', { kind: 'reset', handled: false }, 'WAMM cannot be reached'],
  ['no answer', { kind: 'hang', handled: false }, 'WAMM did not answer in time'],
  ['too many requests', { kind: 'rate-limit', retryAfter: '30' }, 'WAMM asked for fewer requests'],
  ['"please retry"', { kind: 'err', err: 'Please retry later' }, 'WAMM has a fault of its own'],
]

it.each(troubles)(
  "A provider's failure is a value: after %s the person is told once that it goes on, and once that it is done",
  async (_name, fault, sentence) => {
    const scene = await waiting()
    const { slack, wamm } = scene
    const trouble = wamm.faults.add({ fault })
    await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
    const delayed = await scene.told('ann', 'is kept, but')
    expect(delayed.text).toContain(sentence)
    await scene.cardSays('Ivan', 'not confirmed yet')
    await scene.until(() => trouble.met >= 4, { stepMs: 2_000 })
    trouble.clear()
    await scene.settled()
    const told = slack
      .as('ann')
      .dms()
      .map(({ text }) => text)
    expect(told).toHaveLength(2)
    expect(told[1]).toContain('WAMM has confirmed: the chat with Ivan is yours now')
    expect(scene.card('Ivan').text).toMatch(/With <@U0ANN> since [^\n]*$/)
    expect(wamm.holder(IVAN)).toBe('100')
  },
)

it("A provider's failure is a value: one that is over at once is not worth a message", async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  wamm.faults.add({ fault: { kind: 'status', status: 502 }, times: 1 })
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('100')
  expect(slack.as('ann').dms()).toEqual([])
})

it("A provider's failure is a value: one that the provider itself says will take long is told at once", async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  wamm.faults.add({ fault: { kind: 'rate-limit', retryAfter: '30' }, times: 1 })
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.told('ann', 'WAMM asked for fewer requests')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('100')
})

it("A provider's failure is a value: after half an hour Baton gives up, says so, and the chat can be claimed again", async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  await wamm.goDown()
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  const gaveUp = () =>
    slack
      .as('ann')
      .dms()
      .find(({ text }) => text.includes('Baton has stopped trying'))
  await scene.until(gaveUp, { stepMs: 7_000 })
  await scene.cardSays('Ivan', 'Baton has stopped trying')
  expect(slack.as('ann').dms()).toHaveLength(2)
  expect(scene.card('Ivan').text).toContain('Waiting')
  await wamm.comeBack()
  await slack.as('ben').click(scene.card('Ivan'), 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0BEN>')
  expect(wamm.holder(IVAN)).toBe('101')
})
