import { setImmediate } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { actionIds, callbackIds } from '../../src/slack/ids.ts'
import { handMadePayload, type Makings } from '../fixtures/hand-made-payloads.ts'
import { everyReach, missing, reachOf } from '../fixtures/reach-of-payloads.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

/**
 * Payloads that no button of Baton's makes, through the real dispatch: other people's chats, accounts, forms and teams in
 * every place. Who sends them is true, since Slack signs that.
 */

const IVAN = '79001234567'
const PETRA = '79007654321'
const NOTE = 'Order 4711 is late'
const CASES = 400
/** So many more at most are made until each control and form carries something that is read in as many. */
const MORE = 12
const LEAST_READ = 6
const SEED = 20_261_120
const AT_ONCE = 20

const texts = [
  '',
  'next',
  'ivan',
  'petra',
  IVAN,
  `id:${IVAN}`,
  `wamm:${IVAN}`,
  '8 900 123-45-67',
  'ivan <@U0GUS|gus> mine now',
  'petra <@U0BEN|ben>',
  'ivan <@U0BEN|ben>',
  'history ivan',
  'mine',
  'all',
  'find ivan',
  'link',
  'link <@U0ANN|ann> 110',
  'link <@U0GUS|gus> 110',
  'unlink <@U0ANN|ann>',
  'link everyone',
  'whoami',
  'away',
  'doctor',
  '+79990000000',
]

/** Ivan's chat is with Ann, who got it from Carla with a note; Petra's waits. */
async function stage(linked: readonly string[]) {
  const scene = await timelessScene({ linked: ['ann', 'carla', ...linked], aelyst: {} })
  const { slack } = scene
  await scene.arrives(IVAN, 'Ivan')
  await scene.arrives(PETRA, 'Petra')
  await slack.as('carla').command('/claim', 'ivan')
  await scene.settled()
  await slack.as('carla').command('/handoff', `ivan @ann ${NOTE}`)
  await scene.settled()
  const database = new Sqlite(scene.databaseFile, { readonly: true })
  const all = (query: string) => JSON.stringify(database.prepare(query).all())
  const chats = database.prepare('SELECT id FROM chats').pluck().all().map(String)
  return { scene, all, chats, close: () => database.close() }
}

it('Hand-made payloads fill in and press everything that Baton reads', () => {
  const { home: _home, message: _message, ...forms } = callbackIds
  for (const id of [...Object.values(actionIds), ...Object.values(forms)])
    expect(
      everyReach.filter((way) => way.endsWith(` ${id}`)),
      id,
    ).not.toEqual([])
})

async function made<T>(payload: fc.Arbitrary<T>): Promise<readonly T[]> {
  const payloads = fc.sample(payload, { numRuns: CASES, seed: SEED })
  for (let more = 1; more <= MORE; more++) {
    // Baton and Slack are one process here, and have each other to answer.
    await setImmediate()
    payloads.push(...missing(payloads, fc.sample(payload, { numRuns: CASES, seed: SEED + more }), LEAST_READ))
  }
  return payloads
}

/** Sends them, some at once; what each was answered with at once. */
async function send(scene: TimelessScene, makings: Makings): Promise<readonly string[]> {
  const { slack, clock } = scene
  const answers: string[] = []
  const payloads = await made(handMadePayload(makings))
  for (const [way, times] of reachOf(payloads)) expect(times, way).toBeGreaterThanOrEqual(LEAST_READ)
  for (let at = 0; at < payloads.length; at += AT_ONCE) {
    const sent = payloads.slice(at, at + AT_ONCE).map((payload) => slack.raw(payload))
    for (const { acknowledged, answer } of await scene.during(Promise.all(sent))) {
      expect(acknowledged).toBe(true)
      answers.push(JSON.stringify(answer))
    }
    // A minute's calls to Slack are a minute's.
    await clock.advance(60_000)
  }
  await scene.settled()
  return answers
}

/** What people can read of what they were told by messages: in private ones, and in their own conversation with the bot. */
const readBy = ({ slack }: TimelessScene, users: readonly string[]): readonly string[] =>
  slack.messages
    .filter(({ ephemeralTo, channel }) => {
      const place = slack.people.channel(channel)
      return users.some((user) => ephemeralTo === user || (place?.kind === 'im' && place.members.has(user)))
    })
    .map((message) => JSON.stringify(message))

const cardsOf = (scene: TimelessScene): readonly string[] =>
  ['Ivan', 'Petra'].map((name) => scene.card(name).ts)

const formsOpened = ({ slack }: TimelessScene): readonly string[] =>
  ['views.open', 'views.push'].flatMap((method) =>
    slack.callsTo(method).map(({ args }) => JSON.stringify(args)),
  )

it('Outsiders obtain nothing by hand-made payloads, and change nothing', async () => {
  const { scene, all, chats, close } = await stage([])
  const { slack } = scene
  const outsiders = ['U0GUS', 'U0SID', 'U0OLAF', 'U0NOBODY']
  const { responseUrl: annsUrl } = await slack.as('ann').command('/baton', 'whoami')
  const tables = ['chats', 'links', 'events', 'contact_edits', 'jobs']
  const before = tables.map((table) => all(`SELECT * FROM ${table}`))
  const answers = await send(scene, {
    users: outsiders,
    chats,
    texts,
    teams: [slack.team.id, slack.team.id, 'T0OTHER', ''],
    channels: [SUPPORT, 'C0SHARED'],
    cards: cardsOf(scene),
    responseUrls: [annsUrl ?? '', 'http://127.0.0.1:9/elsewhere', 'no address'],
    trigger: (user) => slack.trigger(user),
  })
  const told = [...answers, ...readBy(scene, outsiders)]
  for (const text of told) expect(text).not.toMatch(/Ivan|Petra|4711|900123|900765|Ann Abel|Ben Bauer/)
  expect(formsOpened(scene)).toEqual([])
  expect(told.filter((text) => text.includes('Guests and people of other')).length).toBeGreaterThan(50)
  expect(told.filter((text) => text.includes('serves only the workspace')).length).toBeGreaterThan(20)
  expect(tables.map((table) => all(`SELECT * FROM ${table}`))).toEqual(before)
  close()
})

it("An agent obtains nothing of a colleague's chat by hand-made payloads, and changes nothing of it", async () => {
  const { scene, all, chats, close } = await stage(['ben'])
  const { slack } = scene
  const ivans = `SELECT * FROM chats WHERE key = '${IVAN}'`
  const othersLinks = "SELECT * FROM links WHERE slack_user <> 'U0BEN'"
  const before = [all(ivans), all(othersLinks)]
  const answers = await send(scene, {
    users: ['U0BEN'],
    chats,
    texts,
    teams: [slack.team.id],
    channels: [SUPPORT],
    cards: cardsOf(scene),
    // Somebody else's would only give away what is Ben's own.
    responseUrls: ['http://127.0.0.1:9/elsewhere'],
    trigger: (user) => slack.trigger(user),
  })
  const told = [...answers, ...readBy(scene, ['U0BEN'])]
  for (const text of told)
    expect(text).not.toMatch(/4711|\+7 ?900 ?123 ?45 ?67|Something went wrong|\b0 chats|\b0 of/)
  const said = (words: RegExp) => told.filter((text) => words.test(text)).length
  expect(said(/Baton (releases|hands off) \d/)).toBeGreaterThan(0)
  expect(said(/Baton takes (that|all \d)/)).toBeGreaterThan(0)
  // Reports about several, of which Ben has had none.
  expect(said(/Nothing was changed: (it|none of the)/)).toBeGreaterThan(4)
  expect(said(/Only admins can link other people/)).toBeGreaterThan(2)
  for (const form of formsOpened(scene)) {
    expect(form).not.toMatch(/900 ?123 ?45 ?67/)
    // What happened to a chat is for everybody on the staff, as in the thread of its card.
    if (!form.includes('"History"')) expect(form).not.toContain('Ivan')
  }
  expect(told.filter((text) => /has had (it|the chat with Ivan)/.test(text)).length).toBeGreaterThan(20)
  expect([all(ivans), all(othersLinks)]).toEqual(before)
  const ids = `SELECT id FROM chats WHERE key = '${IVAN}'`
  expect(all(`SELECT * FROM events WHERE actor = 'U0BEN' AND chat = (${ids})`)).toBe('[]')
  expect(
    all("SELECT * FROM events WHERE json_extract(facts, '$.kind') = 'number-shown' AND actor <> 'U0BEN'"),
  ).toBe('[]')
  close()
})

it('Nobody but whom it concerns answers or takes back an offer by hand-made payloads', async () => {
  const { scene, all, chats, close } = await stage(['ben'])
  const { slack } = scene
  await slack.as('ann').command('/handoff', 'ivan @carla? please')
  await scene.told('carla', '<@U0ANN> asks whether you take the chat with Ivan')
  const ivans = `SELECT * FROM chats WHERE key = '${IVAN}'`
  const before = all(ivans)
  const { id, offer } = JSON.parse(before)[0]
  const users = ['U0BEN', 'U0BEN', 'U0GUS']
  const payloads = fc.sample(
    handMadePayload({
      users,
      chats: [id],
      offers: [JSON.stringify({ chat: id, offer: JSON.parse(offer).event })],
      texts: ['whoami'],
      teams: [slack.team.id, slack.team.id, slack.team.id],
      channels: [SUPPORT],
      responseUrls: ['no address'],
      trigger: (user) => slack.trigger(user),
    }),
    { numRuns: 200, seed: 20_261_121 },
  )
  const answers: string[] = []
  for (const payload of payloads) {
    const { acknowledged, answer } = await scene.during(slack.raw(payload))
    expect(acknowledged).toBe(true)
    answers.push(JSON.stringify(answer))
    // As Slack takes answers; the offer lasts.
    await scene.pass(2_000)
  }
  expect(chats).toContain(id)
  expect(all(ivans)).toBe(before)
  const told = [...answers, ...readBy(scene, users)]
  expect(told.filter((text) => text.includes('Only <@U0CARLA> can answer')).length).toBeGreaterThan(0)
  expect(told.filter((text) => text.includes('Guests and people of other')).length).toBeGreaterThan(0)
  close()
})
