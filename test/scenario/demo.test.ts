import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const databases = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('baton-demo-'))

describe('the demo', () => {
  it('plays the main job in plain text, finds all as it should be, and leaves nothing behind', async () => {
    const before = await databases()
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['sandbox/demo.ts', '--once'])

    const order = [
      'Everybody in #support sees a new card',
      'press Claim Chat at the very same moment',
      'and WAMM was changed once.',
      'Carla Cruz gets a direct message',
      '> Order 4711, she speaks Spanish.',
      'WAMM goes down',
      'Releasing: WAMM cannot be reached. Baton keeps trying',
      'Your release of the chat with Lucía Fernández is kept',
      'WAMM comes back',
      'Lucía Fernández: nobody is responsible now',
      'Taken in WAMM by Olga Orlova',
      'Its audit trail',
      'All of it was as it should be.',
    ]
    const places = order.map((words) => stdout.indexOf(words))
    expect(order.filter((_, index) => (places[index] ?? -1) <= (places[index - 1] ?? -1))).toEqual([])
    expect(stdout).toMatch(/Only (Ann Abel|Ben Bauer) sees/)
    expect(stdout).not.toContain('sandbox-wamm-token')
    expect(stdout).not.toContain('\u001b')
    expect(stdout.split('\n').filter((line) => [...line].length > 100)).toEqual([])
    expect(stderr).toBe('')
    expect((await databases()).filter((name) => !before.includes(name))).toEqual([])
  })
})
