import { type ChildProcessWithoutNullStreams, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { earlierChats, leads, newcomer } from '../../sandbox/demo/cast.ts'
import { findDisclosures } from '../fixtures/find-disclosures.ts'

const run = promisify(execFile)
const hasCurl = spawnSync('curl', ['--version']).status === 0

describe('the demo', () => {
  it('plays the main job in plain text and finds all as it should be', async () => {
    const { stdout, stderr } = await run(process.execPath, ['sandbox/demo.ts', '--once'])

    const order = [
      'SalesChat hears',
      '2 chats match',
      'Everybody in #sales sees a new card',
      'Slack asks first: “SalesChat cannot take a chat from anybody',
      'Everybody in #support sees a new card',
      'press Claim Chat at the very same moment',
      'and WAMM was changed once.',
      'Carla Cruz gets a direct message',
      '> Order 4711, she speaks Spanish.',
      'WAMM goes down',
      'Releasing, not confirmed yet: WAMM cannot be reached. Baton keeps trying',
      'Your release of the chat with Lucía Fernández is kept',
      'WAMM comes back',
      'Lucía Fernández: nobody is responsible now',
      'Taken in WAMM by Olga Orlova',
      'Its audit trail',
      'createcomment id:501 · leave a comment for staff',
      '> please call her back before six',
      'Back at SalesChat: Lead queue gets the chat',
      'All of it was as it should be.',
    ]
    const places = order.map((words) => stdout.indexOf(words))
    expect(order.filter((_, index) => (places[index] ?? -1) <= (places[index - 1] ?? -1))).toEqual([])
    expect(stdout).toMatch(/Only (Ann Abel|Ben Bauer) sees/)
    expect(stdout).not.toMatch(/sandbox-\w+-token/)
    expect(stdout).not.toContain('\u001b')
    expect(stdout.split('\n').filter((line) => [...line].length > 100)).toEqual([])
    expect(stderr).toBe('')
  }, 60_000)

  it.skipIf(!hasCurl)(
    'takes the commands that it prints, and leaves nothing behind',
    async () => {
      const directory = await mkdtemp(join(tmpdir(), 'baton-demo-test-'))
      onTestFinished(() => rm(directory, { recursive: true }))
      const demo = startDemo({ TMPDIR: directory })
      await demo.prints('What happens from here on')
      const commands = curlsIn(demo.output())
      expect(commands).toHaveLength(8)

      const paste = async (about: string, expected: string) => {
        const command = commands.find((text) => text.includes(about))
        const before = demo.output().length
        await run('sh', ['-c', command ?? `echo no command about ${about} && false`])
        await demo.prints(expected, before)
      }
      await paste('customer-writes', 'Sanne de Vries · +31')
      await paste('"user":"farah","do":"command","command":"/claim"', 'You have the chat with Ivan Petrov.')
      await demo.prints('Everybody in #support can read in the thread of Ivan Petrov')
      await paste('/handoff', 'Farah Haddad handed the chat with Ivan Petrov to you.')
      await paste('"do":"click"', 'With Ben Bauer since')
      await paste('"user":"gus"', 'Guests and people of other workspaces cannot take chats here')
      await paste(
        '/control/assign',
        'Thabo Mokoena · +27 82 ••• ••06 · WAMM\n  │ Taken in WAMM by Olga Orlova',
      )
      await paste('/baton', 'Customers write to you in WAMM, SalesChat and Aelyst.')
      await paste('/control/down', 'Nothing: it is down and refuses every request.')

      for (const [command, expected] of [
        ['/claim saleschat:', 'Omar Haddad · +971 50 ••• ••21 · SalesChat · Nobody has claimed this chat'],
        ['/claim aelyst:', 'You have the chat with Noor Al-Sabah.'],
        ['/contact aelyst:', 'Ann Abel has “Contact” open'],
        ['/handoff aelyst:', 'createcomment id:501'],
      ] as const) {
        const printed = new RegExp(`^    (${command}.*)$`, 'm').exec(demo.output())?.[1] ?? ''
        const [name, ...words] = printed.split(' ')
        const before = demo.output().length
        await post(slackUrlIn(demo.output()), { command: name, text: words.join(' ') })
        await demo.prints(expected, before)
      }

      const files = await readdir(directory, { recursive: true })
      const log = await readFile(join(directory, files.find((file) => file.endsWith('.log')) ?? ''), 'utf8')
      const disclosures = findDisclosures({
        slack: { calls: [], interactions: [] },
        numbers: [
          ...[newcomer, ...earlierChats].map(({ key }) => key),
          ...Object.values(leads).map(({ phone }) => phone),
        ],
        log: log.split('\n'),
        secrets: ['-token', 'xoxb-', 'xapp-'],
      })
      expect(disclosures).toEqual([])

      demo.child.kill('SIGINT')
      expect(await once(demo.child, 'exit')).toEqual([0, null])
      expect(demo.output()).toMatch(/Bye\. Everything is stopped and removed\.\n$/)
      expect(await readdir(directory)).toEqual([])
    },
    60_000,
  )
})

function startDemo(env: Readonly<Record<string, string>>) {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, ['sandbox/demo.ts'], {
    env: { ...process.env, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more
  })
  const exited = once(child, 'exit').then(() => Promise.reject(new Error(`It ended:\n${text}`)))
  exited.catch(() => undefined)
  return {
    child,
    output: () => text,
    /** Rejects with everything printed when the demo ends before it has printed the words. */
    async prints(words: string, from = 0): Promise<void> {
      while (!text.includes(words, from)) await Promise.race([once(child.stdout, 'data'), exited])
    },
  }
}

const slackUrlIn = (output: string): string => /Slack, at (\S+)/.exec(output)?.[1] ?? ''

/** Sends a command as Ann, as the page does. */
const post = async (slackUrl: string, command: object): Promise<void> => {
  const sent = await fetch(`${slackUrl}/control/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'ann', do: 'command', ...command }),
  })
  expect(sent.status).toBe(200)
}

/** Each with the lines that it goes on in. */
const curlsIn = (output: string): readonly string[] =>
  [...output.matchAll(/^curl .*\\\n(?:.*\n)*?.*}'$/gm)].map(([command]) => command)
