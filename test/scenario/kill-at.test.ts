import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Fault } from '../../sandbox/provider/faults.ts'
import type { WammMethod } from '../../sandbox/wamm/methods.ts'
import { isDecision } from '../fixtures/read-truth.ts'
import { type CrashScene, startCrashScene } from '../fixtures/start-crash-scene.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { waitUntil } from '../fixtures/wait-until.ts'

// Each test starts several processes, which may take long on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let scene: CrashScene
let customers = 0

beforeAll(async () => {
  scene = await startCrashScene({ hurried: true })
  await scene.start()
  for (const who of ['ann', 'ben', 'carla', 'dora']) await scene.slack.as(who).command('/baton', 'link')
  await scene.settled()
})
afterAll(() => scene.close())

/** A new customer writes; the restart makes Baton poll at once. */
async function arrives(): Promise<{ readonly key: string; readonly name: string }> {
  customers += 1
  const chat = { key: String(79_001_234_600 + customers), name: `Customer ${'ABCDEFGHIJKLMNOP'[customers]}` }
  scene.wamm.customerWrites(chat.key, { name: chat.name, text: 'Hello?' })
  await scene.crash()
  await scene.settled()
  return chat
}

async function says(who: string, command: string, text: string): Promise<string> {
  const heard = await scene.slack.as(who).command(command, text, { channel: 'support' })
  expect(heard.acknowledged).toBe(true)
  return JSON.stringify(heard.answer)
}

/** Resolves when a call stands at the fault; it will never be answered. */
async function stopsAt(method: WammMethod, fault: Fault, doing: () => Promise<unknown>): Promise<void> {
  const stop = scene.wamm.faults.add({ method, fault, times: 1 })
  await doing()
  await scene.wamm.until(() => stop.met === 1, { timeoutMs: 5_000 })
}

const cards = (name: string) =>
  scene.slack
    .messagesIn(SUPPORT)
    .filter((message) => message.text.includes(name) && message.ephemeralTo === null)

const decisionsOf = (actor: string) =>
  scene.truth().events.filter((event) => isDecision(event) && event.actor === actor)

it('carries out a claim that was acknowledged when it dies before it has asked the provider', async () => {
  const { key, name } = await arrives()
  await stopsAt('contact_get', { kind: 'hang', handled: false }, async () => {
    expect(await says('ann', '/claim', key)).toContain(`You have the chat with ${name}`)
  })
  await scene.crash()
  await scene.settled()
  expect(scene.wamm.holder(key)).toBe('100')
  expect(scene.wamm.writesOf(key)).toHaveLength(1)
})

it('writes once when it dies after it has noted the write and before the write is carried out', async () => {
  const { key } = await arrives()
  await stopsAt('contact_to_user', { kind: 'hang', handled: false }, () => says('ann', '/claim', key))
  expect(scene.wamm.writesOf(key)).toHaveLength(0)
  await scene.crash()
  await scene.settled()
  expect(scene.wamm.writesOf(key).map((write) => write.to)).toEqual(['100'])
})

it('does not write again when it dies after the write and before it has heard of it', async () => {
  const { key } = await arrives()
  await stopsAt('contact_to_user', { kind: 'hang', handled: true }, () => says('ann', '/claim', key))
  expect(scene.wamm.holder(key)).toBe('100')
  await scene.crash()
  await scene.settled()
  expect(scene.wamm.writesOf(key).map((write) => write.to)).toEqual(['100'])
})

it('knows its own unheard write after a restart, and does not take it for a stranger', async () => {
  const { key } = await arrives()
  await stopsAt('contact_to_user', { kind: 'hang', handled: true }, () => says('ann', '/claim', key))
  await scene.baton.kill()
  scene.wamm.faults.clear()
  // So that the hand-off overtakes the claim before the provider is asked again.
  const down = scene.wamm.faults.add({ method: 'contact_get', fault: { kind: 'status', status: 503 } })
  await scene.start()
  expect(await says('ann', '/handoff', `${key} @ben`)).toContain('You handed the chat')
  down.clear()
  const truth = await scene.settled()
  expect(scene.wamm.writesOf(key).map((write) => write.to)).toEqual(['100', '101'])
  expect(truth.events.filter((event) => event.kind === 'overruled')).toEqual([])
})

it('takes the word of a stranger who came while it was dead', async () => {
  const { key } = await arrives()
  await stopsAt('contact_to_user', { kind: 'hang', handled: false }, () => says('ann', '/claim', key))
  await scene.baton.kill()
  scene.wamm.faults.clear()
  scene.wamm.assignInProvider(key, '110')
  await scene.start()
  const truth = await scene.settled()
  expect(scene.wamm.writesOf(key)).toEqual([])
  expect(truth.events.at(-1)?.kind).toBe('overruled')
})

it('leaves two cards that both work when it dies between posting a card and noting it', async () => {
  customers += 1
  const name = `Customer ${'ABCDEFGHIJKLMNOP'[customers]}`
  const key = String(79_001_234_600 + customers)
  scene.wamm.customerWrites(key, { name, text: 'Hello?' })
  let killed: Promise<void> | null = null
  const stop = scene.slack.onChange(() => {
    if (cards(name).length > 0) killed ??= scene.baton.kill()
  })
  await scene.baton.kill()
  await scene.start()
  await waitUntil(() => (killed === null ? ['nothing posted'] : []), 'the card is posted')
  stop()
  await scene.crash()
  await scene.settled()
  const [first, second] = cards(name)
  if (first === undefined || second === undefined) throw new Error('there are no two cards')
  await scene.slack.as('ann').click(first, 'Claim Chat')
  await scene.settled()
  expect(scene.wamm.holder(key)).toBe('100')
  expect(scene.slack.message(SUPPORT, second.ts)?.text).toContain('With <@U0ANN>')
  expect(JSON.stringify(scene.slack.message(SUPPORT, first.ts)?.blocks)).not.toContain('Hand Off')
})

it('keeps a click that was acknowledged, though it dies at that very moment', async () => {
  const { key, name } = await arrives()
  const [card] = cards(name)
  if (card === undefined) throw new Error('no card')
  const clicked = await scene.slack.as('ben').click(card, 'Claim Chat')
  const killed = scene.baton.kill()
  expect(clicked.acknowledged).toBe(true)
  await killed
  await scene.crash()
  await scene.settled()
  expect(scene.wamm.holder(key)).toBe('101')
})

it('goes on with the request of somebody who was just being linked', async () => {
  const { key, name } = await arrives()
  newcomer('eva', '104')
  await stopsAt('user_list', { kind: 'hang', handled: false }, async () => {
    expect(await says('eva', '/claim', key)).toContain('Looking for you')
  })
  await scene.crash()
  await scene.settled()
  expect(scene.wamm.holder(key)).toBe('104')
  await scene.slack.until(() => heard('eva').some((text) => text.includes(`You have the chat with ${name}`)))
})

it('takes one chat, not two, when it dies before it could tell a newly linked person of the next one', async () => {
  await arrives()
  await arrives()
  newcomer('finn', '105')
  scene.slack.faults.inject('response_url', { kind: 'delay', delayMs: 60_000 }, 1)
  await says('finn', '/claim', 'next')
  await scene.slack.until(() => scene.slack.faults.active().length === 0)
  await scene.crash()
  await scene.settled()
  expect(decisionsOf('U0FINN')).toHaveLength(1)
  await scene.slack.until(() => heard('finn').some((text) => text.includes('You have the chat with')))
})

it('does not take a chat back that has moved on when it dies before it could tell of a hand-off', async () => {
  const { key } = await arrives()
  newcomer('gina', '106')
  await says('ann', '/claim', key)
  await scene.settled()
  scene.slack.faults.inject('response_url', { kind: 'delay', delayMs: 60_000 }, 1)
  await says('carla', '/handoff', `${key} @gina`)
  await scene.slack.until(() => scene.slack.faults.active().length === 0)
  // Gina hands it on before Baton dies.
  await says('gina', '/handoff', `${key} @ben`)
  await scene.crash()
  await scene.settled()
  expect(scene.wamm.holder(key)).toBe('101')
  expect(decisionsOf('U0CARLA')).toHaveLength(1)
  await scene.slack.until(() => heard('carla').some((text) => text.includes('You handed the chat')))
})

it('saves a contact once it is back when it dies before the provider has it, and tells the person', async () => {
  const { key, name } = await arrives()
  await says('ann', '/claim', key)
  await scene.settled()
  const ann = scene.slack.as('ann')
  await ann.command('/contact', key)
  await scene.slack.until(() => ann.modal() !== null)
  const form = ann.modal()
  if (form === null) throw new Error('no form')
  const note = { contact_note: 'Likes tea' }
  // Nobody hears how this ends.
  await stopsAt(
    'contact_to',
    { kind: 'hang', handled: false },
    async () => void ann.submit(form, note).catch(() => {}),
  )
  await scene.crash()
  await scene.settled()
  expect(scene.wamm.state.chats.get(key)?.notes).toBe('Likes tea')
  await scene.slack.until(() => heard('ann').includes(`The contact of ${name} was saved in WAMM.`))
})

function newcomer(name: string, id: string): void {
  const slackUser = scene.slack.addUser({ id: `U0${name.toUpperCase()}`, name })
  const support = scene.slack.people.channel('support')
  if (support === null) throw new Error('no channel')
  scene.slack.people.changeChannel(support, { members: new Set([...support.members, slackUser.id]) })
  scene.wamm.addUser({ id, name, email: `${name}@acme.test` })
}

/** What a person can read, in the channel or from Baton. */
const heard = (who: string): readonly string[] => {
  const actor = scene.slack.as(who)
  return [...actor.sees('support'), ...actor.dms()].map((message) => message.text)
}

it('gives the chat to whoever accepted when it dies before the provider is asked, and tells both', async () => {
  const { key, name } = await arrives()
  expect(await says('ann', '/claim', key)).toContain('You have the chat')
  await scene.settled()
  await says('ann', '/handoff', `${key} @ben?`)
  const dms = (who: string) =>
    scene.slack
      .as(who)
      .dms()
      .map(({ text }) => text)
  const heard = (who: string, words: string) =>
    dms(who).filter((text) => text.includes(words) && text.includes(name))
  const asks = () =>
    scene.slack
      .as('ben')
      .dms()
      .find(({ text }) => text.includes('asks whether you take the chat') && text.includes(name))
  await waitUntil(() => (asks() === undefined ? ['nobody is asked'] : []), 'Ben is asked')
  await stopsAt('contact_get', { kind: 'hang', handled: false }, async () => {
    const asked = asks()
    if (asked !== undefined) await scene.slack.as('ben').click(asked, 'Accept')
  })
  await scene.crash()
  await scene.settled()
  expect(scene.wamm.writesOf(key).map((write) => write.to)).toEqual(['100', '101'])
  expect(heard('ben', 'You accepted the chat')).toHaveLength(1)
  expect(heard('ben', 'asks whether')).toHaveLength(0)
  // Told twice if it died between telling and noting that.
  expect(heard('ann', 'accepted the chat')).not.toHaveLength(0)
})
