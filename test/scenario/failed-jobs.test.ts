import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { chatId, later } from '../../src/routing/ids.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { NOW } from '../fixtures/chats.ts'
import { runCommand } from '../fixtures/run-command.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { temporaryFile } from '../fixtures/temporary-store.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const HOSTILE = '<!channel> *x*'

/** The card of each chat was refused by Slack, for good. */
async function withFailedCards(...names: readonly string[]): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann'] })
  const clear = scene.slack.faults.inject('chat.postMessage', { kind: 'error', error: 'restricted_action' })
  for (const [index, name] of names.entries())
    scene.wamm.customerWrites(`${IVAN}${index}`, { name, text: 'Hello?' })
  await scene.baton.pollNow()
  await scene.settled()
  clear()
  return scene
}

async function list(scene: TimelessScene, user: string): Promise<void> {
  const { slack } = scene
  await slack.as(user).openHome()
  const home = await scene.until(() => slack.as(user).home())
  await slack.as(user).click(home, 'Failed Jobs')
  await scene.until(() => slack.as(user).modal())
}

const shown = ({ slack }: TimelessScene, user: string): string =>
  JSON.stringify(slack.as(user).modal()?.blocks ?? [])

const kinds = (scene: TimelessScene, key: string) =>
  scene
    .history(key)
    .flatMap(({ actor, via, facts }) =>
      facts.kind === 'job-retried' || facts.kind === 'job-given-up' ? [{ actor, via, ...facts }] : [],
    )

describe('jobs that were given up', () => {
  it('are listed for admins at Home, and one that is tried again is done and audited', async () => {
    const scene = await withFailedCards(HOSTILE)
    const { slack } = scene
    await list(scene, 'dora')
    expect(shown(scene, 'dora')).toContain('Bring a card up to date')
    expect(shown(scene, 'dora')).toContain('restricted_action')
    expect(shown(scene, 'dora')).not.toContain(HOSTILE)
    const modal = await scene.until(() => slack.as('dora').modal())
    await slack.as('dora').click(modal, 'Retry')
    await scene.until(() => shown(scene, 'dora').includes('Baton tries it again now.'))
    await scene.until(() => slack.messagesIn(SUPPORT).length > 0)
    expect(kinds(scene, `${IVAN}0`)).toEqual([
      { kind: 'job-retried', actor: 'U0DORA', via: 'slack', job: 'card', reason: 'restricted_action' },
    ])
  })

  it('are dealt with once, however many press, and an old list says so', async () => {
    const scene = await withFailedCards('Ivan')
    const { slack } = scene
    slack.people.changeUser('ben', { isAdmin: true })
    for (const user of ['dora', 'ben']) await list(scene, user)
    const modals = ['dora', 'ben'].map((user) => ({ user, modal: slack.as(user).modal() }))
    await Promise.all(modals.map(({ user, modal }) => modal && slack.as(user).click(modal, 'Give Up')))
    await scene.until(() => modals.every(({ user }) => shown(scene, user).includes('No job is given up')))
    const said = modals.map(({ user }) => shown(scene, user))
    expect(said.filter((text) => text.includes('It is forgotten.'))).toHaveLength(1)
    expect(said.filter((text) => text.includes('not among the failed ones any more'))).toHaveLength(1)
    expect(kinds(scene, `${IVAN}0`)).toHaveLength(1)
    expect(slack.messagesIn(SUPPORT)).toEqual([])
  })

  it('are for admins alone, whatever button somebody still has', async () => {
    const scene = await withFailedCards('Ivan')
    const { slack } = scene
    await list(scene, 'dora')
    const modal = await scene.until(() => slack.as('dora').modal())
    const denied = 'Only admins can do that. Nothing was changed. Ask <@U0DORA>'
    await slack.as('ann').click(modal, 'Give Up', { forged: true })
    await scene.told('ann', denied)
    await slack.as('ann').command('/baton', 'doctor')
    expect(scene.lastTold('ann')).toContain(denied)
    await slack.as('ann').openHome()
    const home = await scene.until(() => slack.as('ann').home())
    expect(JSON.stringify(home.blocks)).not.toContain('given up')
    expect(kinds(scene, `${IVAN}0`)).toEqual([])
  })
})

describe('npm run jobs', () => {
  it('lists them, and leaves word for the Baton that runs, which does it and writes the audit trail', async () => {
    const scene = await withFailedCards('Ivan', 'Maria')
    const run = (...args: readonly string[]) =>
      runCommand(scene.env, ['jobs', ...args], { clock: scene.clock })
    const { said } = await run()
    const [id = ''] = /^\d+/m.exec(said) ?? []
    expect(said.match(/^\d+\tBring a card up to date \(card\)\t1 try\trestricted_action$/gm)).toHaveLength(2)
    expect(await run('give-up', id)).toEqual({
      end: { kind: 'done' },
      said: 'Baton forgets the job within half a minute.\n',
    })
    await scene.pass(31_000)
    await scene.settled()
    expect((await run()).said.match(/^\d+\t/gm)).toHaveLength(1)
    expect((await run('give-up', id)).end).toEqual({
      kind: 'refused',
      sentence: `No failed job has the number ${id}.`,
    })
    expect((await run('retry', 'all')).said).toBe('Baton tries the job again within half a minute.\n')
    await scene.pass(31_000)
    await scene.settled()
    expect((await run()).said).toBe('No job is given up.\n')
    expect(scene.slack.messagesIn(SUPPORT)).toHaveLength(1)
    const events = [0, 1].flatMap((index) => kinds(scene, `${IVAN}${index}`))
    expect(events.map(({ actor, via, kind }) => ({ actor, via, kind }))).toEqual(
      expect.arrayContaining([
        { actor: null, via: 'rule', kind: 'job-given-up' },
        { actor: null, via: 'rule', kind: 'job-retried' },
      ]),
    )
  })

  it('leaves word about all of them, also where there are more than it lists', async () => {
    const file = temporaryFile()
    const store = openSqliteStore({ file, newChatId: () => chatId('new') })
    const many = Array.from({ length: 1_001 }, (_, index) => ({
      kind: 'card' as const,
      key: `card:${index}`,
      pool: 'slack',
      payload: { chat: `chat-${index}` },
      runAt: NOW,
    }))
    await store.addJobs(many)
    const pools = [{ pool: 'slack', limit: many.length }]
    const taken = await store.takeJobs({ now: NOW, leaseUntil: later(NOW, 1_000), pools })
    for (const job of taken) await store.endJob(job, { kind: 'failed', reason: 'restricted_action' }, NOW)
    await store.close()

    const scene = await withFailedCards()
    const env = { ...scene.env, DATABASE_URL: `file:${file}` }
    expect((await runCommand(env, ['jobs'])).said).toContain('\nAnd 1 more.\n')
    expect((await runCommand(env, ['jobs', 'retry', 'all'])).said).toBe(
      'Baton tries 1001 jobs again when it is started.\n',
    )
    const left = new Sqlite(file, { readonly: true })
    expect(left.prepare("SELECT count(*) FROM jobs WHERE kind = 'mend'").pluck().get()).toBe(1_001)
    left.close()
  })

  it('changes nothing when it is not understood', async () => {
    const scene = await withFailedCards('Ivan')
    for (const args of [['retry'], ['retry', 'x'], ['forget', '1'], ['retry', '1', '2']]) {
      expect((await runCommand(scene.env, ['jobs', ...args])).end.kind).toBe('refused')
    }
    const nowhere = { ...scene.env, DATABASE_URL: `file:${scene.databaseFile}-none` }
    expect((await runCommand(nowhere, ['jobs'])).end).toMatchObject({ kind: 'refused' })
  })
})
