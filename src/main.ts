import { randomUUID } from 'node:crypto'
import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Baton } from './app.ts'
import type { CommandEnd } from './commands/command.ts'

// Node.js keeps what it has compiled for the next start, but only of what is loaded after this. Not in the
// directory for temporary files, where others could put code.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)))
// For each of drizzle-orm's hundred files Node.js reads the 180 KB of its package.json, to know whether it is an ES
// module; that takes 0.4 s. What an ES module of it imports from beside it is one.
const knowsFormat = registerHooks({
  resolve: (specifier, context, resolve) =>
    specifier.startsWith('.') && context.parentURL?.includes('/node_modules/drizzle-orm/') === true
      ? { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
      : resolve(specifier, context),
})
const [
  { createApp },
  { systemClock },
  { parseConfig, secretsOf },
  { createLogger },
  { createProcessMetrics },
  { StartError },
  store,
] = await Promise.all([
  import('./app.ts'),
  import('./clock.ts'),
  import('./config.ts'),
  import('./log.ts'),
  import('./metrics/process-metrics.ts'),
  import('./start-error.ts'),
  import('./store/sqlite/open-sqlite-store.ts'),
])
knowsFormat.deregister()

/** The process: reads the environment, starts Baton, stops it on signals. The only place that exits. */
const STOP_WITHIN_MS = 9_000

const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`)
}

const accountsPath = process.env.ACCOUNTS_FILE?.trim()
const accountsFile = accountsPath ? (await import('./accounts-file.ts')).readAccountsFile(accountsPath) : null
const configured = parseConfig(process.env, accountsFile)
const [commandName, ...commandArgs] = process.argv.slice(2)

function endAs(end: CommandEnd): never {
  if (end.kind === 'refused') say(end.sentence)
  process.exit(end.kind === 'done' ? 0 : 1)
}

const edges = { out: process.stdout, nodeVersion: process.version, fetch }
if (configured.kind === 'invalid' && commandName === 'doctor') {
  const { doctorOfProblems } = await import('./commands/doctor.ts')
  endAs(await doctorOfProblems(commandArgs, { ...edges, problems: configured.problems }))
}
if (configured.kind === 'invalid') {
  say(
    `Baton cannot start. Please mend the configuration:\n${configured.problems.map((line) => `  ${line}`).join('\n')}`,
  )
  process.exit(1)
}
const { config } = configured
// Writing the file anew, after erasing, takes a second copy of it for a while. SQLite would make that in /var/tmp or
// /tmp, which a container may not have; here there is room, since the doctor looks, and nobody else reads.
process.env.SQLITE_TMPDIR ??= dirname(resolve(config.databasePath))
const logger = createLogger({ level: config.logLevel, secrets: secretsOf(config) })

function fail(error: unknown): never {
  if (error instanceof StartError || error instanceof store.StoreOpenError) {
    say(`Baton cannot run: ${error.message}`)
  } else {
    logger.fatal({ err: error }, 'Baton ends because of an unexpected error')
  }
  process.exit(1)
}
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)

if (commandName !== undefined) {
  const { findCommand } = await import('./commands/find-command.ts')
  const command = findCommand(commandName)
  endAs(await command(commandArgs, { ...edges, config, clock: systemClock, newId: randomUUID }).catch(fail))
}

let stopping = false
async function stop(baton: Baton, signal: string): Promise<void> {
  if (stopping) return
  stopping = true
  logger.info({ signal }, 'Stopping')
  // What is not done by then is in the store, and the next start goes on with it.
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
  await baton.stop()
  logger.info('Stopped')
  process.exit(0)
}

try {
  const baton = createApp(config, {
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    fetch,
    logger,
    onFatal: fail,
    processMetrics: createProcessMetrics(),
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void stop(baton, signal).catch(fail))
  }
  await baton.start()
  logger.info({ url: baton.url() }, 'Baton is ready')
  flushCompileCache()
} catch (error) {
  // A start that a signal cuts off cannot succeed; `stop` ends the process.
  if (!stopping) fail(error)
}
