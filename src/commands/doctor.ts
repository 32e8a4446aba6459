import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { webApi } from '@slack/bolt'
import { z } from 'zod'
import packageJson from '../../package.json' with { type: 'json' }
import { connectAccounts } from '../connect-accounts.ts'
import { checkAccount } from '../doctor/check-account.ts'
import { checkClock } from '../doctor/check-clock.ts'
import { checkConnection } from '../doctor/check-connection.ts'
import { checkDatabase } from '../doctor/check-database.ts'
import { checkJobs } from '../doctor/check-jobs.ts'
import { checkPress } from '../doctor/check-press.ts'
import { checkAdmins, checkSlack } from '../doctor/check-slack.ts'
import { type Check, examine, type Finding, finding, isHealthy, summary } from '../doctor/finding.ts'
import { createLogger } from '../log.ts'
import { createHttpClient } from '../providers/http-client.ts'
import { baseUrl } from '../providers/settings.ts'
import { type SlackUserId, slackUserId } from '../routing/ids.ts'
import { clientOptions } from '../slack/client-options.ts'
import { createTiers } from '../slack/tiers.ts'
import { openBeside, type StoreBeside } from '../store/sqlite/open-beside.ts'
import { isInstanceRunning, StoreOpenError } from '../store/sqlite/open-sqlite-store.ts'
import type { Command, CommandEdges, CommandEnd } from './command.ts'

const USAGE = 'Use: npm run -s doctor -- [--json] [--press] [--user U…] [--url https://<your address>]'

const PROVIDER_TIMEOUT_MS = 8_000
const PROVIDER_MAX_BODY_BYTES = 8 * 1024 * 1024

interface Options {
  readonly json: boolean
  readonly press: boolean
  /** Who is asked to press. */
  readonly user: SlackUserId | null
  readonly publicUrl: string | null
}

/** Whether everything is all right, line by line, with what to do where it is not. May run beside a working Baton. */
export const doctorCommand: Command = async (args, edges) => {
  const options = readOptions(args)
  if (options === null) return { kind: 'refused', sentence: USAGE }
  try {
    const isRunning = isInstanceRunning(edges.config.databasePath)
    return await tell(await look(options, edges, isRunning), options, edges)
  } catch (error) {
    if (!(error instanceof StoreOpenError)) throw error
    const unknown = finding('Database', 'wrong', error.message)
    return tell([...checkNode(edges.nodeVersion), ...unknown, ...notYet('that is mended')], options, edges)
  }
}

const notYet = (until: string): readonly Finding[] =>
  finding('Everything else', 'skipped', `That can be looked at once ${until}.`)

/** The same while the configuration is wrong, so that nothing else can be looked at. */
export const doctorOfProblems = async (
  args: readonly string[],
  edges: Pick<CommandEdges, 'out' | 'nodeVersion'> & { readonly problems: readonly string[] },
): Promise<CommandEnd> => {
  const options = readOptions(args)
  if (options === null) return { kind: 'refused', sentence: USAGE }
  const found = [
    ...checkNode(edges.nodeVersion),
    ...edges.problems.flatMap((problem) =>
      finding('Configuration', 'wrong', `${problem}. Mend it in .env, or where you set it.`),
    ),
    ...notYet('the configuration is right'),
  ]
  return tell(found, options, edges)
}

const optionsSchema = z.object({
  json: z.boolean().default(false),
  press: z.boolean().default(false),
  user: z
    .string()
    .regex(/^[UW][A-Z0-9_]{2,}$/)
    .transform(slackUserId)
    .optional(),
  url: baseUrl.optional(),
})

function readOptions(args: readonly string[]): Options | null {
  try {
    const flag = { type: 'boolean' } as const
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args: [...args],
      options: { json: flag, press: flag, user: text, url: text },
    })
    const read = optionsSchema.safeParse(values).data
    if (read === undefined) return null
    const { json, press, user = null, url = null } = read
    return { json, press, user, publicUrl: url }
  } catch {
    return null
  }
}

async function look(options: Options, edges: CommandEdges, isRunning: boolean): Promise<readonly Finding[]> {
  const { config, clock, fetch } = edges
  const { databasePath, slack, accounts } = config
  const logger = createLogger({ level: 'silent', secrets: [] })
  const client = new webApi.WebClient(slack.botToken.reveal(), clientOptions(slack.apiUrl, logger))
  const tiers = createTiers({ clock })
  const http = createHttpClient({
    timeoutMs: PROVIDER_TIMEOUT_MS,
    maxBodyBytes: PROVIDER_MAX_BODY_BYTES,
    connections: 2,
    after: clock.after,
  })
  const store = isRunning || existsSync(databasePath) ? readable(databasePath) : null
  const connected = connectAccounts(config, { http, clock, around: (_, adapter) => adapter })
  try {
    const deps = { config, client, tiers, clock, fetch, logger, isRunning }
    const found = await examine([
      async () => checkNode(edges.nodeVersion),
      async () => finding('Configuration', 'ok', 'Every setting can be read.'),
      async () => checkAdmins(config),
      async () => checkDatabase(databasePath, isRunning),
      () => checkClock({ clock, fetch, apiUrl: slack.apiUrl }),
      () => checkSlack(deps),
      () => checkConnection({ ...deps, publicUrl: options.publicUrl }),
      ...accounts.map(
        (account): Check =>
          async () => {
            const adapter = connected.accounts.get(account.id)?.adapter
            const isTold = connected.isTold(account.id)
            return adapter === undefined ? [] : checkAccount({ account, adapter, isTold, store })
          },
      ),
      ...(store === null ? [] : [() => checkJobs(store)]),
    ])
    // Alone, because it opens a connection of its own, and takes as long as a person does.
    return [...found, ...(await examine([() => press(options, edges, { ...deps, store })]))]
  } finally {
    tiers.stop()
    store?.close()
    await http.close()
  }
}

function checkNode(version: string): readonly Finding[] {
  const needed = packageJson.engines.node.replace(/^>=/, '')
  const parts = (text: string): readonly number[] => text.replace(/^v/, '').split('.').map(Number)
  const [major = 0, minor = 0] = parts(version)
  const [leastMajor = 0, leastMinor = 0] = parts(needed)
  const isNew = major > leastMajor || (major === leastMajor && minor >= leastMinor)
  return isNew
    ? finding('Node.js', 'ok', `Node.js ${version} runs Baton.`)
    : finding('Node.js', 'wrong', `Node.js ${version} is too old: install ${needed} or newer, best 24.`)
}

/** Null where it cannot be read, of which the look at the database tells. */
function readable(file: string): StoreBeside | null {
  try {
    return openBeside(file)
  } catch (error) {
    if (error instanceof StoreOpenError) return null
    throw error
  }
}

async function press(
  { press: isWanted, user, json }: Options,
  { config, clock, newId, out }: CommandEdges,
  deps: {
    readonly client: webApi.WebClient
    readonly store: StoreBeside | null
    readonly isRunning: boolean
    readonly logger: ReturnType<typeof createLogger>
  },
): Promise<readonly Finding[]> {
  const [admin = null] = config.admins
  const asked = user ?? admin
  const check = 'Slack, a click'
  if (!isWanted || asked === null) {
    return finding(
      check,
      'skipped',
      `Add --press${asked === null ? ' --user U… (your own Slack member id)' : ''} to have a button sent to ${asked ?? 'you'}, and to see whether the click arrives.`,
    )
  }
  // Listening here would take clicks away from it.
  if (deps.isRunning && deps.store === null)
    return finding(check, 'skipped', 'The database cannot be read, in which the running Baton notes clicks.')
  if (!json) out.write(`Baton writes to ${asked} in Slack. Press the button there within a minute …\n`)
  const { slack } = config
  const { client, logger } = deps
  const running = deps.isRunning ? deps.store : null
  return checkPress({ slack, client, user: asked, running, name: newId(), clock, logger })
}

const marks = {
  ok: 'ok      ',
  warning: 'warning ',
  unknown: 'UNKNOWN ',
  wrong: 'WRONG   ',
  skipped: 'skipped ',
} as const

/** The end is for the exit code: what is wrong has been said. */
async function tell(
  findings: readonly Finding[],
  { json }: Options,
  { out }: Pick<CommandEdges, 'out'>,
): Promise<CommandEnd> {
  const healthy = isHealthy(findings)
  const text = json
    ? `${JSON.stringify({ healthy, summary: summary(findings), findings }, null, 2)}\n`
    : `${findings.map(({ check, result, says }) => `${marks[result]}${check}: ${says}\n`).join('')}\n${summary(findings)}\n`
  // The process ends with the command, and a pipe may still be taking what was written.
  await new Promise((written) => out.write(text, written))
  return healthy ? { kind: 'done' } : { kind: 'unwell' }
}
