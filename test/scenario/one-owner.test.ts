import { expect, it } from 'vitest'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

/** So many people that each is linked to a WAMM user already. */
async function crowd(size: number): Promise<{ scene: TimelessScene; people: readonly string[] }> {
  const people = Array.from({ length: size }, (_, at) => `agent${at}`)
  const scene = await timelessScene({
    prepare: ({ slack, wamm }) => {
      people.forEach((name, at) => {
        slack.addUser({ id: `U0AGENT${at}`, name })
        wamm.addUser({ id: String(1000 + at), name, email: `${name}@acme.test` })
      })
      const support = slack.people.channel(SUPPORT)
      if (support === null) throw new Error('no channel')
      const members = new Set([...support.members, ...people.map((_, at) => `U0AGENT${at}`)])
      slack.people.changeChannel(support, { members })
    },
  })
  for (const name of people) await scene.slack.as(name).command('/baton', 'link')
  return { scene, people }
}

it('One owner: of 50 who claim at once one wins, each other is told who and since when, 200 times over', async () => {
  const { scene, people } = await crowd(50)
  const { slack, wamm, baton } = scene
  const rounds = Array.from({ length: 200 }, (_, round) => String(79_010_000_000 + round * 1_009))
  for (const key of rounds) wamm.customerWrites(key, { name: `Customer ${key.slice(-6)}x`, text: 'Hello?' })
  await baton.pollNow()
  await scene.settled()

  for (const [round, key] of rounds.entries()) {
    const name = `Customer ${key.slice(-6)}x`
    const card = scene.card(name)
    const seenBefore = slack.messages.length
    const answers = await Promise.all(
      people.map((person, at) =>
        (at + round) % 2 === 0
          ? slack.as(person).click(card, 'Claim Chat')
          : slack.as(person).command('/claim', at % 4 === 1 ? `+${key}` : name, { channel: 'support' }),
      ),
    )
    expect(answers.every(({ acknowledged }) => acknowledged)).toBe(true)
    await scene.until(() => wamm.holder(key) !== null)
    const owner = String(wamm.holder(key))
    const winner = `U0AGENT${Number(owner) - 1000}`
    const told = () =>
      slack.messages
        .slice(seenBefore)
        .filter(
          ({ ephemeralTo, text }) =>
            ephemeralTo !== null && text.includes(`<@${winner}> has had the chat with ${name} since <!date`),
        )
    await slack.until(() => told().length === people.length - 1, { timeoutMs: 15_000 })
    expect(new Set(told().map(({ ephemeralTo }) => ephemeralTo)).has(winner)).toBe(false)
  }

  // Only once nothing is left to be done, and WAMM has been looked at again, no second write can follow.
  await scene.settled()
  await baton.pollNow()
  await scene.settled()
  const asked = wamm.calls.flatMap(({ method, args: [key] }) => (method === 'contact_to_user' ? [key] : []))
  expect(asked.toSorted()).toEqual(rounds.toSorted())
  expect(wamm.writes.map(({ key }) => key).toSorted()).toEqual(rounds.toSorted())
}, 180_000)

it('One owner: a claim costs WAMM one read and one write, and Slack one card update and a line in its thread', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm } = scene
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()

  const before = { wamm: wamm.calls.length, slack: slack.calls.length }
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  expect(wamm.calls.slice(before.wamm).map(({ method }) => method)).toEqual([
    'contact_get',
    'contact_to_user',
  ])
  expect(slack.calls.slice(before.slack).map(({ method, args }) => [method, args.thread_ts])).toEqual([
    ['chat.update', undefined],
    ['chat.postMessage', scene.card('Ivan').ts],
  ])
  expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
})

it('One owner: a claim by command answers in its acknowledgement and costs no more', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm } = scene
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()

  const before = { wamm: wamm.calls.length, slack: slack.calls.length }
  const { message } = await slack.as('ann').command('/claim', 'ivan')
  expect(message?.text).toContain('You have the chat with Ivan')
  await scene.settled()
  expect(wamm.calls.slice(before.wamm).map(({ method }) => method)).toEqual([
    'contact_get',
    'contact_to_user',
  ])
  expect(slack.calls.slice(before.slack).map(({ method }) => method)).toEqual([
    'chat.update',
    'chat.postMessage',
  ])
})

it('One owner: a hand-off costs Slack one card update, a line in its thread and one private message to the receiver', async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack, wamm } = scene
  await scene.arrives(IVAN, 'Ivan')
  await slack.as('ann').command('/claim', 'next')
  await scene.settled()

  const before = { wamm: wamm.calls.length, slack: slack.calls.length }
  await slack.as('ann').command('/handoff', 'ivan @ben knows him')
  await scene.settled()
  expect(wamm.calls.slice(before.wamm).map(({ method }) => method)).toEqual([
    'contact_get',
    'contact_to_user',
  ])
  const sent = slack.calls
    .slice(before.slack)
    .map(({ method, args }) => [method, args.channel, args.thread_ts])
  const { channel, ts } = scene.card('Ivan')
  expect(sent.toSorted()).toEqual([
    ['chat.postMessage', channel, ts],
    ['chat.postMessage', 'U0BEN', undefined],
    ['chat.update', channel, undefined],
  ])
  expect(wamm.holder(IVAN)).toBe('101')
})

it('One owner: 50 who take the next chat at once get 50 different chats', async () => {
  const { scene, people } = await crowd(50)
  const { slack, wamm, baton } = scene
  const keys = people.map((_, at) => String(79_020_000_000 + at * 1_009))
  for (const key of keys) wamm.customerWrites(key, { name: `Customer ${key.slice(-6)}x`, text: 'Hello?' })
  await baton.pollNow()
  await Promise.all(people.map((person) => slack.as(person).command('/claim', 'next')))
  await scene.settled()
  expect(new Set(keys.map((key) => wamm.holder(key))).size).toBe(people.length)
  expect(wamm.writes).toHaveLength(people.length)
})
