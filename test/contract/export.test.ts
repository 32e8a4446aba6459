import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { exportCommand } from '../../src/commands/export.ts'
import { findCommand } from '../../src/commands/find-command.ts'
import { noEffects } from '../../src/routing/absence.ts'
import type { EventFacts } from '../../src/routing/audit.ts'
import { chatId, chatKey, later } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { batonConfig, batonEnvironment } from '../fixtures/baton-config.ts'
import { ANN, BO, NOW, WAMM, waitingChat } from '../fixtures/chats.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryFile, temporaryStore } from '../fixtures/temporary-store.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const edges = { clock: manualClock(), newId: () => 'new', fetch, nodeVersion: process.version }

const ivan = waitingChat({ name: '=HYPERLINK("evil") 79001234567' })
const telegram = waitingChat({ id: chatId('chat-0'), key: chatKey('-100200300'), name: null, phone: null })

/** A minute after the one before. */
async function happens(store: Store, chat: typeof ivan, ...all: readonly EventFacts[]): Promise<void> {
  for (const facts of all) {
    await store.change({ account: WAMM, key: chat.key }, [], ({ eventId: id }) => ({
      result: null,
      chat,
      event: {
        at: later(NOW, id * 60_000),
        account: WAMM,
        chat: chat.id,
        actor: facts.kind === 'claimed' ? ANN.slackUser : null,
        via: facts.kind === 'claimed' ? 'slack' : 'provider',
        facts,
      },
    }))
  }
}

/** Two chats, of which one was claimed, handed off and closed; the store stays open, as under a running Baton. */
async function aMorning(): Promise<string> {
  const file = temporaryFile()
  const store = temporaryStore(file)
  await store.saveProviderUsers(WAMM, () => ({
    ...noEffects,
    users: [{ id: ANN.providerUser, name: 'Ann, "the one"', email: null, active: true }],
  }))
  await happens(
    store,
    ivan,
    { kind: 'arrived', holder: null },
    { kind: 'claimed', to: ANN.providerUser },
    {
      kind: 'handed-off',
      from: ANN.providerUser,
      to: BO.providerUser,
      receiver: BO.slackUser,
      note: 'Call +7 900 123-45-67,\nplease',
    },
    { kind: 'closed' },
  )
  await happens(store, telegram, { kind: 'arrived', holder: null }, { kind: 'claimed', to: ANN.providerUser })
  return file
}

async function exported(file: string, ...args: string[]): Promise<string> {
  let written = ''
  const out = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk)
      done()
    },
  })
  const end = await exportCommand(args, { ...edges, config: batonConfig(file), out })
  return end.kind === 'refused' ? end.sentence : written
}

const jsonLines = (written: string): readonly Record<string, unknown>[] =>
  written
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

describe('the export of events', () => {
  it('is a line for each, oldest first, with numbers masked and nothing that a spreadsheet would run', async () => {
    const [head, ...lines] = (await exported(await aMorning())).split('\r\n')
    expect(head).toBe(
      'event,at,account,chat,customer,number,what,where,by,by_name,from,from_name,to,to_name,slack_user,slack_name,why,how,decision',
    )
    expect(lines).toEqual([
      `1,2026-11-20T09:01:00.000Z,wamm,chat-1,"'=HYPERLINK(""evil"") •••••••••67",'+7 900 ••• •• 67,arrived,provider,,,,,,,,,,,`,
      `2,2026-11-20T09:02:00.000Z,wamm,chat-1,"'=HYPERLINK(""evil"") •••••••••67",'+7 900 ••• •• 67,claimed,slack,U0ANN,,,,100,"Ann, ""the one""",,,,,`,
      `3,2026-11-20T09:03:00.000Z,wamm,chat-1,"'=HYPERLINK(""evil"") •••••••••67",'+7 900 ••• •• 67,handed-off,provider,,,100,"Ann, ""the one""",101,,U0BO,,"Call +• ••• •••-••-67,\nplease",,`,
      `4,2026-11-20T09:04:00.000Z,wamm,chat-1,"'=HYPERLINK(""evil"") •••••••••67",'+7 900 ••• •• 67,closed,provider,,,,,,,,,,,`,
      `5,2026-11-20T09:05:00.000Z,wamm,chat-0,,••••00,arrived,provider,,,,,,,,,,,`,
      `6,2026-11-20T09:06:00.000Z,wamm,chat-0,,••••00,claimed,slack,U0ANN,,,,100,"Ann, ""the one""",,,,,`,
      '',
    ])
  })

  it('shows numbers in full only when that is asked for, and gives JSON as it is', async () => {
    const lines = jsonLines(await exported(await aMorning(), '--numbers', '--format', 'jsonl'))
    expect(lines[2]).toMatchObject({
      event: 3,
      customer: '=HYPERLINK("evil") 79001234567',
      number: '+79001234567',
      why: 'Call +7 900 123-45-67,\nplease',
    })
    expect(lines[4]).toMatchObject({ customer: null, number: '-100200300' })
  })

  it('begins where it is told to', async () => {
    const file = await aMorning()
    const ids = async (...args: string[]) =>
      jsonLines(await exported(file, '--format=jsonl', ...args)).map(({ event }) => event)
    expect(await ids('--since', '2026-11-20T10:04:00+01:00')).toEqual([4, 5, 6])
    expect(await ids('--since', '2026-11-20')).toHaveLength(6)
    expect(await ids('--since', '2026-11-21', '--account', 'wamm')).toEqual([])
  })
})

describe('the export of holdings', () => {
  it('is a line for each time during which somebody had a chat', async () => {
    const lines = jsonLines(await exported(await aMorning(), '--kind=holdings', '--format=jsonl'))
    expect(lines).toMatchObject([
      { holding: 6, chat: 'chat-0', owner: '100', slack_user: 'U0ANN', to: null, ended: null, seconds: null },
      {
        holding: 2,
        chat: 'chat-1',
        owner_name: 'Ann, "the one"',
        from: '2026-11-20T09:02:00.000Z',
        to: '2026-11-20T09:03:00.000Z',
        began: 'claimed',
        ended: 'handed-off',
        seconds: 60,
        waited_seconds: 60,
      },
      {
        holding: 3,
        owner: '101',
        slack_user: 'U0BO',
        began: 'handed-off',
        ended: 'closed',
        waited_seconds: null,
      },
    ])
  })

  it('leaves out those that had ended before', async () => {
    const csv = await exported(await aMorning(), '--kind=holdings', '--since=2026-11-20T09:04:00Z')
    expect(csv.split('\r\n').map((line) => line.split(',')[0])).toEqual(['holding', '6', '3', ''])
  })

  it('keeps a chat in one piece, however many events there are', async () => {
    const file = temporaryFile()
    const store = temporaryStore(file)
    const chats = Array.from({ length: 7 }, (_, n) =>
      waitingChat({ id: chatId(`c${n}`), key: chatKey(`7900000000${n}`) }),
    )
    await Promise.all(
      chats.map(async (chat) => {
        for (let round = 0; round < 150; round++) {
          await happens(
            store,
            chat,
            { kind: 'claimed', to: ANN.providerUser },
            { kind: 'released', from: ANN.providerUser, reason: null },
          )
        }
      }),
    )
    const lines = jsonLines(await exported(file, '--kind=holdings', '--format=jsonl'))
    expect(lines).toHaveLength(7 * 150)
    expect(lines.filter(({ ended }) => ended !== 'released')).toEqual([])
    expect(jsonLines(await exported(file, '--format=jsonl')).map(({ event }) => event)).toEqual(
      Array.from({ length: 2_100 }, (_, n) => n + 1),
    )
  })
})

it.each([
  [['--kind', 'chats'], /^--kind must be events or holdings\. Use: /],
  [['--since', 'yesterday'], /^--since must be a day .+\. Use: /],
  [['--since', '2026-11-20T09:00:00'], /^--since must be a day/],
  [['--account', 'sales'], /^--account must be wamm\. Use: /],
  [['--verbose'], /^That cannot be read\. Use: /],
  [['everything'], /^That cannot be read\. Use: /],
])('refuses %j in a sentence, and writes nothing', async (args, sentence) => {
  expect(await exported(temporaryFile(), ...args)).toMatch(sentence)
})

it('says in words that there is no database, and makes none', async () => {
  const file = temporaryFile()
  await expect(exported(file)).rejects.toThrow(`the database ${file} cannot be read (SQLITE_CANTOPEN)`)
  await expect(exported(file)).rejects.toThrow(`the database ${file} cannot be read`)
})

it('names the commands there are to whoever asks for another', async () => {
  const out = new Writable()
  const end = await findCommand('exprot')([], { ...edges, config: batonConfig(temporaryFile()), out })
  expect(end).toMatchObject({
    kind: 'refused',
    sentence: expect.stringContaining('There is backup, doctor, export, jobs, links, restore;'),
  })
})

/** As people run it. */
async function run(file: string, shell: string) {
  const child = spawn('sh', ['-c', shell], {
    cwd: ROOT,
    env: { ...batonEnvironment(file), PATH: process.env.PATH, NODE: process.execPath },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { stdout, stderr, code }
}

it('runs beside a Baton, ends without a word when its reader does, and says what is wrong', async () => {
  const file = temporaryFile()
  // More than fits into a pipe that nobody reads.
  const note = 'x'.repeat(3_000)
  const handedOff = { kind: 'handed-off', from: null, to: BO.providerUser, receiver: null, note } as const
  await happens(temporaryStore(file), ivan, ...Array.from({ length: 60 }, () => handedOff))
  const [whole, head, wrong] = await Promise.all([
    run(file, '"$NODE" src/main.ts export --format jsonl'),
    run(file, '{ "$NODE" src/main.ts export; echo "ended with $?" >&2; } | head -n 1'),
    run(file, '"$NODE" src/main.ts export --kind all'),
  ])
  expect(jsonLines(whole.stdout).map(({ event }) => event)).toEqual(
    Array.from({ length: 60 }, (_, n) => n + 1),
  )
  expect(whole).toMatchObject({ stderr: '', code: 0 })
  expect(head).toMatchObject({ stdout: expect.stringMatching(/^event,at.*\r\n$/), stderr: 'ended with 0\n' })
  expect(wrong).toMatchObject({ stdout: '', code: 1, stderr: expect.stringMatching(/^--kind must be/) })
})
