import { randomInt } from 'node:crypto'
import { expect, it, onTestFailed } from 'vitest'
import { readTruth } from '../fixtures/read-truth.ts'
import { type Customer, TEAM, type ThreeProviders, threeProviders } from '../fixtures/three-providers.ts'
import { createDice, type Dice } from '../fixtures/traffic.ts'

/** Each wave is 23 commands and two hand-offs to a group, all at once: 500 intents. */
const WAVES = 20
const COMMANDS = 23
/** So many waves follow one upon the other and are much about the same chats; then there is a pause. */
const RUN = 5
const PAUSE_MS = 4_000
/** Put a seed that was printed here to have the same dice again. */
const SEED = randomInt(2 ** 31)

it.each([
  { queue: 'u-queue', released: 'go to a queue' },
  { queue: null, released: 'stay where they are' },
])(
  'In order, and the newest wins: a burst over three providers breaks no limit and loses nothing, where released chats of SalesChat $released',
  { timeout: 120_000 },
  async ({ queue }) => {
    onTestFailed(() => console.log(`seed ${SEED}`))
    const dice = createDice(SEED)
    const scene = await threeProviders({ pool: queue })
    const told = toldOf(scene, queue)
    const answers = [...(await makeKnown(scene, dice)), ...(await sendWaves(scene, dice, told))]
    await scene.pass(90_000)
    await scene.settled()

    expect(scene.breaches()).toEqual([])
    expect(answers.filter(({ kind }) => kind === 'odd')).toEqual([])
    const accepted = answers.filter(({ kind }) => kind !== 'refused')
    const recorded = scene.customers.flatMap((customer) => decisionsOn(scene, customer))
    expect(recorded.map(({ heard }) => JSON.stringify(heard)).sort()).toEqual(
      accepted.map((answer) => JSON.stringify(answer)).sort(),
    )

    const { chats } = readTruth(scene.databaseFile)
    let sent = 0
    for (const customer of scene.customers) {
      const { key, name, provider } = customer
      const kinds = scene.history(key).map(({ facts }) => facts.kind)
      const unwanted = kinds.filter((kind) => ['failed', 'overruled', 'adopted'].includes(kind))
      expect(unwanted, name).toEqual([])

      const owner = decisionsOn(scene, customer).at(-1)?.owner ?? null
      const chat = chats.find((each) => each.key === key)
      expect(chat, name).toMatchObject({ owner, pending: null })

      const wanted = told(customer)
      const asked = withoutRepeats(provider.asked(key))
      sent += asked.length
      expect(isSubsequence(asked, wanted), `${name}: asked for ${asked} of ${wanted}`).toBe(true)

      const last = wanted.at(-1) ?? null
      if (last !== NOTHING) expect(provider.isHeldBy(key, last), `${name} is with ${last}`).toBe(true)
    }
    expect(sent, 'some are overtaken').toBeLessThan(recorded.length)
  },
)

/** To whom the provider is to give the chat, decision by decision. */
type Told = (customer: Customer) => readonly (string | null)[]
/** It hears nothing of the decision: SalesChat cannot release. */
const NOTHING = 'nothing'

const toldOf =
  (scene: ThreeProviders, queue: string | null): Told =>
  (customer) =>
    decisionsOn(scene, customer).map(({ owner }) =>
      owner === null && customer.provider.label === 'SalesChat' ? (queue ?? NOTHING) : owner,
    )

/** What goes wrong in one wave is mended after the next: what was held meanwhile has been overtaken by then. */
async function sendWaves(scene: ThreeProviders, dice: Dice, told: Told): Promise<readonly Answer[]> {
  const { customers, inboxes } = scene
  const answers: Answer[] = []
  let mend: Mend | null = null
  let hot: readonly Customer[] = []
  for (let wave = 0; wave < WAVES; wave += 1) {
    if (wave % RUN === 0) hot = inboxes.map(({ label }) => dice.of(customersOf(scene, label)))
    const mendNow: Mend | null = mend
    mend = mendNow === null ? await spoil(scene, dice) : null
    const commands = Array.from({ length: COMMANDS }, () => anyCommand(scene, dice, hot))
    const forms = ['carla', 'dora'].map((lead) => handOffToGroup(scene, lead, dice))
    answers.push(...(await Promise.all([...commands, ...forms])))

    // Until the next wave nothing is decided, so only the newest decision may be sent.
    await scene.pass(0)
    const before = customers.map(({ key, provider }) => provider.asked(key).length)
    await mendNow?.()
    await scene.pass(wave % RUN === RUN - 1 ? PAUSE_MS : dice.below(100))
    for (const [index, customer] of customers.entries()) {
      const { key, name, provider } = customer
      const newest = told(customer).at(-1)
      const older = provider
        .asked(key)
        .slice(before[index])
        .filter((to) => to !== newest)
      expect(older, `${name}: sent after wave ${wave}, when ${newest} was decided`).toEqual([])
    }
  }
  await mend?.()
  return answers
}

/** What the person heard; what was accepted, in the words of the audit trail. */
type Answer =
  | {
      readonly kind: 'claimed' | 'handed-off' | 'released'
      readonly actor: string | null
      readonly name: string
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'odd'; readonly text: string }

const ACCEPTED = [
  ['claimed', /You have the chat with (\w+ \w+)\./],
  ['handed-off', /You handed the chat with (\w+ \w+) to /],
  ['released', /You released the chat with (\w+ \w+), and it is waiting/],
] as const
const REFUSED = [
  /(?:<@U0\w+>|The group Sales) has had the chat with \w+ \w+ since .*(?:If you need it, ask for a|Ask them or |Claim it first, or ask )/,
  /(?:<@U0\w+>|The group Sales) has the chat with \w+ \w+ already\. Nothing was changed\./,
  /The chat with \w+ \w+ is yours already since /,
  /Nobody has the chat with \w+ \w+: it is waiting, and you can claim it\./,
  /Nothing was changed: the chat with \w+ \w+ has moved on since you saw it/,
]

function hear(actor: string, answer: unknown): Answer {
  const text = JSON.stringify(answer)
  for (const [kind, words] of ACCEPTED) {
    const name = words.exec(text)?.[1]
    if (name !== undefined) return { kind, actor, name }
  }
  return REFUSED.some((words) => words.test(text)) ? { kind: 'refused' } : { kind: 'odd', text }
}

async function command(scene: ThreeProviders, who: string, name: string, text: string): Promise<Answer> {
  const actor = scene.slack.as(who)
  const { answer } = await actor.command(name, text, { channel: 'support' })
  return hear(actor.id, answer)
}

/** SalesChat lists no chats: one is there when somebody has claimed it by its number. */
async function makeKnown(scene: ThreeProviders, dice: Dice): Promise<readonly Answer[]> {
  const claims = customersOf(scene, 'SalesChat').map(({ phone }) =>
    command(scene, dice.of(TEAM), '/claim', `saleschat:${phone}`),
  )
  const answers = await Promise.all(claims)
  await scene.settled()
  return answers
}

/** Half of them are about the hot chats, where people get into each other's way. */
function anyCommand(scene: ThreeProviders, dice: Dice, hot: readonly Customer[]): Promise<Answer> {
  const who = dice.of(TEAM)
  const { name } = dice.of(dice.below(2) === 0 ? hot : scene.customers)
  switch (dice.below(6)) {
    case 0:
    case 1:
      return command(scene, who, '/claim', name)
    case 2:
    case 3:
      return command(scene, who, '/handoff', `${name} @${dice.of(TEAM)}`)
    case 4:
      return command(scene, who, '/handoff', `${name} @${dice.of(TEAM)} please`)
    default:
      return command(scene, who, '/release', `${name} lunch`)
  }
}

/** A lead gives away whoever's chat it is, unless it has changed hands while the form was open. */
async function handOffToGroup(scene: ThreeProviders, lead: string, dice: Dice): Promise<Answer> {
  const actor = scene.slack.as(lead)
  await actor.command('/handoff')
  const form = await scene.slack.until(() => actor.modal(), { timeoutMs: 10_000 })
  const { options: chats } = await actor.options(form, 'my_chat', 'sally')
  const withChat = actor.fill(form, { my_chat: String(dice.of(chats).value) })
  const { options: groups } = await actor.options(withChat, 'receiver', 'sales')
  const { answer, view } = await actor.submit(withChat, { receiver: String(groups[0]?.value) })
  if (view !== null) await actor.close(view, { all: true })
  return hear(actor.id, answer)
}

type Mend = () => void | Promise<void>

/** One of the providers is slow, down or at fault, some of that until it is mended. */
async function spoil({ inboxes }: ThreeProviders, dice: Dice): Promise<Mend> {
  const provider = dice.of(inboxes)
  switch (dice.below(7)) {
    case 0:
      await provider.goDown()
      return provider.comeBack
    case 1:
      return provider.spoil('assign', { kind: 'hold' }).clear
    case 2:
    case 3:
      return provider.spoil('read', { kind: 'hold' }).clear
    case 4:
      return provider.spoil('assign', { kind: 'delay', delayMs: 30 }).clear
    case 5:
      return provider.spoil('assign', { kind: 'reset', handled: true }, 3).clear
    default:
      return provider.spoil('assign', { kind: 'status', status: 503 }, 5).clear
  }
}

const customersOf = ({ customers }: ThreeProviders, label: string): readonly Customer[] =>
  customers.filter(({ provider }) => provider.label === label)

interface Decision {
  readonly heard: Answer
  readonly owner: string | null
}

const decisionsOn = (scene: ThreeProviders, { key, name }: Customer): readonly Decision[] =>
  scene.history(key).flatMap(({ actor, facts }): Decision[] => {
    switch (facts.kind) {
      case 'claimed':
      case 'handed-off':
        return [{ heard: { kind: facts.kind, actor, name }, owner: facts.to }]
      case 'released':
        return [{ heard: { kind: facts.kind, actor, name }, owner: null }]
      default:
        return []
    }
  })

const withoutRepeats = <T>(list: readonly T[]): readonly T[] =>
  list.filter((each, index) => index === 0 || each !== list[index - 1])

function isSubsequence<T>(part: readonly T[], whole: readonly T[]): boolean {
  let found = 0
  for (const each of whole) if (found < part.length && each === part[found]) found += 1
  return found === part.length
}
