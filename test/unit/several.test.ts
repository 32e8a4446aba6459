import { expect, it } from 'vitest'
import { jobKinds } from '../../src/jobs/catalogue.ts'
import { SLACK_POOL } from '../../src/jobs/pools.ts'
import { severalJob } from '../../src/jobs/several-jobs.ts'
import { noEffects } from '../../src/routing/absence.ts'
import { createDesk } from '../../src/routing/desk.ts'
import { chatId, chatKey, later } from '../../src/routing/ids.ts'
import { createPresenter } from '../../src/slack/present.ts'
import { createSeveral } from '../../src/slack/several.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { ANN, ownedChat, WAMM } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryFile } from '../fixtures/temporary-store.ts'

it('Several chats, with the process dying after each decision, are each decided once and reported once', async () => {
  const clock = manualClock()
  const accounts = new Map([[WAMM, fakeAccount('wamm')]])
  const file = temporaryFile()
  const open = () => openSqliteStore({ file, newChatId: () => chatId('new') })
  const reports: string[] = []
  const ids = ['a', 'b', 'c', 'd'].map(chatId)

  /** A process on what the one before has left: takes the job, and dies before it has said how that ended. */
  async function live(): Promise<'worked' | 'idle'> {
    const store = open()
    const { several } = createSeveral({
      desk: createDesk({ store, accounts, clock, roleOf: () => 'agent' }),
      store,
      present: createPresenter({ store, accounts, clock }),
      poster: {
        post: async (_to, { text }) => {
          reports.push(text)
          return { kind: 'done', channel: 'D1', ts: '1' }
        },
      },
      enrolment: { byProviderUser: async () => ({ kind: 'retry', reason: 'not asked' }) },
      accounts,
      clock,
    })
    const now = clock.now()
    const [job] = (
      await store.takeJobs({ now, leaseUntil: later(now, 60_000), pools: [{ pool: SLACK_POOL, limit: 1 }] })
    ).filter(({ kind }) => kind === 'several')
    if (job !== undefined) {
      await several(jobKinds.several.payload.parse(job.payload))
      // The report is the last that happens; had it died then, it would be sent once more.
      if (reports.length > 0) await store.endJob(job, { kind: 'done' }, now)
    }
    await store.close()
    return job === undefined ? 'idle' : 'worked'
  }

  const store = open()
  await store.saveProfiles(
    [
      {
        user: ANN.slackUser,
        name: 'Ann',
        email: null,
        workspaceAdmin: false,
        eligible: true,
        deactivated: false,
      },
    ],
    () => noEffects,
  )
  const link = { account: WAMM, ...ANN }
  const facts = { kind: 'linked', slackUser: ANN.slackUser, to: ANN.providerUser, how: 'email' } as const
  await store.link(
    link,
    'hand',
    { at: clock.now(), account: WAMM, chat: null, actor: null, via: 'slack', facts },
    [],
  )
  for (const id of ids) {
    const chat = ownedChat(ANN.providerUser, { id, key: chatKey(id) })
    await store.change({ account: WAMM, key: chat.key }, [], () => ({ result: null, chat }))
  }
  const several = {
    id: 'V1',
    by: ANN.slackUser,
    what: { kind: 'release', reason: null },
    todo: ids.map((chat) => ({ chat, seen: 1 })),
    decided: [],
    refused: [],
  } as const
  await store.addJobs([
    severalJob({ ...several, todo: [...several.todo], decided: [], refused: [] }, clock.now()),
  ])
  await store.close()

  for (let lives = 0; lives < 20 && (await live()) === 'worked'; lives += 1);

  expect(reports).toHaveLength(1)
  expect(reports[0]).toContain('You released 4 chats.')
  const after = open()
  for (const id of ids) {
    expect((await after.history(id)).map((event) => event.facts.kind)).toEqual(['released'])
  }
  await after.close()
})
