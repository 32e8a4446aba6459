import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { backupCommand } from '../../src/commands/backup.ts'
import type { Command, CommandEnd } from '../../src/commands/command.ts'
import { restoreCommand } from '../../src/commands/restore.ts'
import { parseConfig } from '../../src/config.ts'
import { startCrashScene } from '../fixtures/start-crash-scene.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const MARIA = '79007654321'

async function run(
  scene: TimelessScene,
  command: Command,
  ...args: readonly string[]
): Promise<CommandEnd & { readonly said: string }> {
  const parsed = parseConfig(scene.env)
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'))
  let said = ''
  const out = new Writable({
    write(text, _encoding, done) {
      said += String(text)
      done()
    },
  })
  return {
    ...(await command(args, {
      config: parsed.config,
      clock: scene.clock,
      newId: () => 'new',
      out,
      fetch,
      nodeVersion: process.version,
    })),
    said,
  }
}

it('A backup that is restored sends nothing again: the provider is right, and who was waiting for an answer is told', async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack, wamm, databaseFile } = scene
  const backup = join(dirname(databaseFile), 'backup.db')
  await scene.arrives(IVAN, 'Ivan')
  await scene.arrives(MARIA, 'Maria')
  await scene.settled()

  const held = wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_to_user', times: 1 })
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.until(() => wamm.calls.some(({ method }) => method === 'contact_to_user'))
  const { kind, said } = await run(scene, backupCommand, backup)
  expect([kind, said]).toEqual([
    'done',
    expect.stringMatching(/^\S+ was copied to \S+ \(\d+\.\d MB\), .+\n$/),
  ])
  expect(await run(scene, backupCommand, backup)).toMatchObject({
    kind: 'refused',
    sentence: `No backup was made: ${backup} exists already, and is not overwritten.`,
  })

  held.clear()
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  await slack.as('ann').command('/release', 'ivan')
  await slack.as('ben').command('/claim', 'maria')
  await scene.settled()
  const shownLater = scene.card('Maria')
  expect(wamm.writes.map(({ to }) => to)).toEqual(['100', null, '101'])

  expect(await run(scene, restoreCommand, backup)).toMatchObject({
    kind: 'refused',
    sentence: `Nothing was restored: another Baton is running on ${databaseFile}.`,
  })
  await scene.during(
    scene.restart(async () => {
      const broken = `${backup}-broken`
      writeFileSync(broken, 'Dear diary, this is no database.')
      expect((await run(scene, restoreCommand, broken)).kind).toBe('refused')
      expect((await run(scene, restoreCommand, `${backup}-none`)).kind).toBe('refused')
      const restored = await run(scene, restoreCommand, backup)
      expect(restored.kind).toBe('done')
      expect(restored.said).toContain('had not confirmed when the backup was made: 1.')
    }),
  )
  const name = basename(databaseFile)
  expect(
    readdirSync(dirname(databaseFile)).filter((file) => /^baton\.db\.\d{4}-.*Z$/.test(file)),
  ).toHaveLength(1)
  expect(existsSync(join(dirname(databaseFile), `${name}.restored`))).toBe(false)

  const told = await scene.told('ann', 'goes on from a backup')
  expect(told.text).toContain('did not go through')
  await slack.as('ann').click(shownLater, 'Release')
  await scene.baton.pollNow()
  await scene.cardSays('Ivan', 'Waiting')
  await scene.cardSays('Maria', 'Taken in WAMM by <@U0BEN>')
  expect(wamm.writes.map(({ to }) => to)).toEqual(['100', null, '101'])

  await slack.as('ben').click(scene.card('Ivan'), 'Claim Chat')
  await scene.until(() => wamm.holder(IVAN) === '101')
  await scene.cardSays('Ivan', 'With <@U0BEN>')
})

it('A backup that is made while people click is whole, and a Baton that goes on from it agrees with WAMM', async () => {
  const scene = await startCrashScene()
  const { slack, wamm, env } = scene
  const names = Array.from({ length: 2 }, (_, index) => `Customer${String.fromCharCode(65 + index)}`)
  names.forEach((name, index) => {
    wamm.customerWrites(`790012345${String(index).padStart(2, '0')}`, { name, text: 'Hello?' })
  })
  const backup = join(dirname(env.DATABASE_URL?.replace('file:', '') ?? ''), 'backup.db')
  const command = async (...args: readonly string[]) => {
    const child = spawn(process.execPath, ['src/main.ts', ...args], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env,
    })
    let said = ''
    child.stdout.on('data', (text) => {
      said += String(text)
    })
    child.stderr.on('data', (text) => {
      said += String(text)
    })
    await once(child, 'close')
    return [child.exitCode, said] as const
  }
  try {
    await scene.start()
    for (const person of ['ann', 'ben']) await slack.as(person).command('/baton', 'link')
    await slack.until(() => slack.messagesIn(SUPPORT).length >= names.length)
    let made = false
    const clicking = (async () => {
      for (let turn = 0; !made || turn < names.length; turn += 1) {
        const name = names[turn % names.length]
        const [giver, taker] = turn % 2 === 0 ? ['ann', 'ben'] : ['ben', 'ann']
        await slack.as(taker ?? '').command('/claim', name)
        await slack.as(giver ?? '').command('/release', name)
      }
    })()
    const copied = await command('backup', backup)
    made = true
    await clicking
    expect(copied).toEqual([0, expect.stringContaining('and the copy is in order')])

    await scene.baton.terminate()
    expect(await command('restore', backup)).toEqual([0, expect.stringContaining('Start Baton now')])
    const written = wamm.writes.length
    await scene.start()
    await scene.settled()
    expect(wamm.writes.length).toBe(written)
  } finally {
    await scene.close()
  }
}, 60_000)
