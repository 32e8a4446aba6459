import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Command, CommandEnd } from '../../src/commands/command.ts'
import { findCommand } from '../../src/commands/find-command.ts'
import { noEffects } from '../../src/routing/absence.ts'
import { chatId, providerUserId, slackUserId } from '../../src/routing/ids.ts'
import type { SlackProfile, Store } from '../../src/store/contract.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { batonConfig, batonEnvironment } from '../fixtures/baton-config.ts'
import { ANN, BO, NOW, WAMM } from '../fixtures/chats.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryFile, temporaryStore } from '../fixtures/temporary-store.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const HEADER = 'account,slack_user,slack_name,slack_email,provider_user,provider_name,provider_email'

const profile = (user: string, name: string, over: Partial<SlackProfile> = {}): SlackProfile => ({
  user: slackUserId(user),
  name,
  email: `${user.toLowerCase()}@acme.test`,
  workspaceAdmin: false,
  eligible: true,
  deactivated: false,
  ...over,
})
const user = (id: string, name: string, active = true) => ({
  id: providerUserId(id),
  name,
  email: `${id}@acme.test`,
  active,
})

const open = (file: string): Store => openSqliteStore({ file, newChatId: () => chatId('new') })

/** A database where Ann is linked; closed, as while Baton is stopped. */
async function database(): Promise<string> {
  const file = temporaryFile()
  const store = open(file)
  await store.saveProfiles(
    [
      profile(ANN.slackUser, '=Ann, "A"'),
      profile(BO.slackUser, 'Bo'),
      profile('U0GUS', 'Gus', { eligible: false }),
    ],
    () => noEffects,
  )
  const users = [user(ANN.providerUser, 'Ann'), user('500', 'Bo'), user('501', 'Gone', false)]
  await store.saveProviderUsers(WAMM, () => ({ ...noEffects, users }))
  const facts = { kind: 'linked', slackUser: ANN.slackUser, to: ANN.providerUser, how: 'admin' } as const
  const event = { at: NOW, account: WAMM, chat: null, actor: null, via: 'slack', facts } as const
  await store.link({ account: WAMM, ...ANN }, 'hand', event, [])
  await store.close()
  return file
}

async function run(file: string, ...args: readonly string[]): Promise<CommandEnd & { out: string }> {
  const written: string[] = []
  const out = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk))
      done()
    },
  })
  const links: Command = findCommand('links')
  const end = await links(args, {
    config: batonConfig(file),
    clock: manualClock(),
    newId: () => 'new',
    fetch,
    nodeVersion: process.version,
    out,
  })
  return { ...end, out: written.join('') }
}

const csvOf = (...lines: readonly string[]): string => {
  const file = `${temporaryFile()}.csv`
  writeFileSync(file, [HEADER, ...lines].join('\n'))
  return file
}

const linksIn = async (file: string) => {
  const store = open(file)
  const links = await store.linksIn(WAMM)
  await store.close()
  return links.map(({ slackUser, providerUser, how }) => `${slackUser} ${providerUser} ${how}`).sort()
}

describe('npm run links', () => {
  it('writes a file that it takes back: nothing changes', async () => {
    const file = await database()
    const { out } = await run(file, 'export')
    expect(out.split('\r\n')).toEqual([
      HEADER,
      `wamm,${ANN.slackUser},"'=Ann, ""A""",${ANN.slackUser.toLowerCase()}@acme.test,${ANN.providerUser},Ann,${ANN.providerUser}@acme.test`,
      '',
    ])
    const copy = `${temporaryFile()}.csv`
    writeFileSync(copy, out)
    expect(await run(file, 'import', copy)).toMatchObject({
      kind: 'done',
      out: '0 linked now, 1 linked so already.\n',
    })
    expect(await linksIn(file)).toEqual([`${ANN.slackUser} ${ANN.providerUser} admin`])
  })

  it('takes the good lines, by id or by address, twice as well as once, and names the bad ones', async () => {
    const file = await database()
    const csv = csvOf(
      `wamm,,,${BO.slackUser.toLowerCase()}@ACME.test,,,500@acme.test`,
      `sales,${BO.slackUser},,,500,,`,
      'wamm,U0GUS,,,500,,',
      `wamm,${BO.slackUser},,,500,,`,
      'wamm,U0NEW,,,501,,',
      'wamm,U0NEW,,,999,,',
      `wamm,U0NEW,,,${ANN.providerUser},,`,
      'wamm,nobody,,,500,,',
      'wamm,,,,,,',
    )
    const first = await run(file, 'import', csv)
    expect(first.out).toBe('1 linked now, 0 linked so already.\n')
    expect(first).toMatchObject({ kind: 'refused' })
    const sentence = first.kind === 'refused' ? first.sentence : ''
    expect(sentence.split('\n').map((line) => line.trim())).toEqual([
      '8 lines were left out:',
      'line 3: there is no account of this name, only wamm',
      'line 4: this person in Slack is a guest, a bot, deactivated or of another workspace',
      'line 5: a line above links the same person or user',
      'line 6: this user is blocked or deleted at the provider',
      'line 7: nobody there has this id or address',
      `line 8: this user is linked to ${ANN.slackUser}, who has to be unlinked first`,
      'line 9: slack_user is no member id of Slack (U…)',
      'line 10: neither slack_user nor slack_email says who it is',
    ])
    const links = [`${ANN.slackUser} ${ANN.providerUser} admin`, `${BO.slackUser} 500 file`].sort()
    expect(await linksIn(file)).toEqual(links)
    expect((await run(file, 'import', csv)).out).toBe('0 linked now, 1 linked so already.\n')
    expect(await linksIn(file)).toEqual(links)
  })

  it('changes nothing where the file is no list of links', async () => {
    const file = await database()
    for (const text of ['', 'name,phone\nAnn,1', `${HEADER}\n"wamm`, '\u0000\u0001']) {
      const csv = `${temporaryFile()}.csv`
      writeFileSync(csv, text)
      const end = await run(file, 'import', csv)
      expect(end.kind === 'refused' && end.sentence).toContain('Nothing was changed: the file cannot be read')
    }
    expect(await run(file, 'import', '/nowhere.csv')).toMatchObject({ kind: 'refused' })
    for (const args of [[], ['import'], ['export', 'x'], ['import', 'a', 'b'], ['delete']])
      expect(await run(file, ...args)).toMatchObject({ sentence: expect.stringContaining('Use: npm run') })
  })

  it('exports while Baton runs, and says that Baton must be stopped for an import', async () => {
    const file = await database()
    const running = temporaryStore(file)
    expect((await run(file, 'export')).out).toContain(ANN.slackUser)
    const end = await run(file, 'import', csvOf(`wamm,${BO.slackUser},,,500,,`))
    expect(end.kind === 'refused' && end.sentence).toContain('Stop Baton, import, and start it again')
    expect(await running.linksIn(WAMM)).toHaveLength(1)
  })

  it('is a process that writes the file and nothing else, and fails with a sentence', async () => {
    const file = await database()
    const baton = (...args: readonly string[]) =>
      spawnSync(process.execPath, ['src/main.ts', ...args], {
        cwd: ROOT,
        env: batonEnvironment(file),
        encoding: 'utf8',
      })
    const exported = baton('links', 'export')
    expect(exported).toMatchObject({ status: 0, stderr: '' })
    expect(exported.stdout.startsWith(`${HEADER}\r\n`)).toBe(true)
    const unknown = baton('lnks')
    expect(unknown.status).toBe(1)
    expect(unknown.stderr).toContain('There is no command of this name')
  })
})
