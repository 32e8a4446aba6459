import { readFile } from 'node:fs/promises'
import { chatId } from '../routing/ids.ts'
import { createLinker } from '../routing/link-person.ts'
import type { Store } from '../store/contract.ts'
import { openSqliteStore, StoreOpenError } from '../store/sqlite/open-sqlite-store.ts'
import { readStaff } from '../store/sqlite/read-staff.ts'
import type { Command, CommandEdges, CommandEnd } from './command.ts'
import { type BadLine, linksFile, readLinksFile, type WantedLink } from './links-file.ts'

const USAGE = 'Use: npm run -s links export > links.csv, or npm run -s links import links.csv'

/** Who is linked to whom, as a file for spreadsheets: to look at while Baton runs, and to bring in while it does not. */
export const linksCommand: Command = async (args, edges) => {
  const { config, newId, out } = edges
  const [what, file, more] = args
  if (what === 'export' && file === undefined) {
    const { links, profiles, providerUsers } = readStaff(config.databasePath)
    const users = Map.groupBy(providerUsers, ({ account }) => account)
    // The process ends with the command, and a pipe may still be taking what was written.
    await new Promise((written) => out.write(linksFile(links, { profiles, users }), written))
    return { kind: 'done' }
  }
  if (what !== 'import' || file === undefined || more !== undefined) return refused(USAGE)
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return refused(`The file ${file} cannot be read.`)
  try {
    const store = openSqliteStore({ file: config.databasePath, newChatId: () => chatId(newId()) })
    try {
      return await importLinks(store, edges, text)
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof StoreOpenError)) throw error
    return refused(`Nothing was changed: ${error.message}. Stop Baton, import, and start it again.`)
  }
}

async function importLinks(
  store: Store,
  { config, clock, out }: CommandEdges,
  text: string,
): Promise<CommandEnd> {
  const accounts = config.accounts.map(({ id }) => id)
  const users = new Map(
    await Promise.all(accounts.map(async (id) => [id, await store.providerUsers(id)] as const)),
  )
  const read = readLinksFile(text, { accounts, profiles: await store.profiles(), users })
  if (read.kind === 'unreadable') return refused(`Nothing was changed: the file cannot be read, ${read.why}.`)
  const linker = createLinker({ store, clock })
  const bad: BadLine[] = [...read.bad]
  let linked = 0
  let before = 0
  for (const wanted of read.wanted) {
    if (await isSo(store, wanted)) before += 1
    else {
      const { account, person, to, line } = wanted
      const link = await linker.link(account, person, to, { actor: null, how: 'file' })
      if (link.kind === 'linked') {
        linked += 1
        if (!users.get(account)?.some(({ id }) => id === to.id)) await store.addProviderUser(account, to)
      } else if (link.problem.kind === 'taken')
        bad.push({ line, why: `this user is linked to ${link.problem.by}, who has to be unlinked first` })
    }
  }
  out.write(`${linked} linked now, ${before} linked so already.\n`)
  if (bad.length === 0) return { kind: 'done' }
  const lines = bad
    .sort((one, other) => one.line - other.line)
    .map(({ line, why }) => `  line ${line}: ${why}`)
  return refused(
    `${bad.length} ${bad.length === 1 ? 'line was' : 'lines were'} left out:\n${lines.join('\n')}`,
  )
}

const isSo = async (store: Store, { account, person, to }: WantedLink): Promise<boolean> =>
  (await store.links(person)).some((link) => link.account === account && link.providerUser === to.id)

const refused = (sentence: string): CommandEnd => ({ kind: 'refused', sentence })
