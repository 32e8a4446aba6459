import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs, styleText } from 'node:util'
import { type Page, startPage } from '../page/start-page.ts'
import { supportChannel } from './cast.ts'
import { faultsAtAelyst, faultsAtSalesChat } from './check-acts.ts'
import { findFaults } from './check-tour.ts'
import { introduce } from './introduce.ts'
import { invite } from './invite.ts'
import { onPort } from './on-port.ts'
import { playAelyst } from './play-aelyst.ts'
import { playSalesChat } from './play-saleschat.ts'
import { playTour } from './play-tour.ts'
import { createPrinter } from './printer.ts'
import { type Stage, startStage } from './start-stage.ts'
import { StuckError } from './wait-for.ts'
import { watch } from './watch.ts'
import { screensOf, type World } from './world.ts'

/**
 * `npm run demo`: a Slack, three providers and Baton on this machine, and a page to use them with. Plays the main
 * job once, then stays up for whoever wants to go on by hand. `--once` shows no page, also plays what is different
 * at the other providers, and ends: with 0 only if all was as it should be.
 */
const PORTS = { slack: 4500, wamm: 4600, saleschat: 4610, aelyst: 4620, page: 4700 } as const
const PAUSE_MS = 1_800

const { values: options } = parseArgs({ options: { once: { type: 'boolean', default: false } } })
const hasAudience = !options.once && process.stdout.isTTY

const end = new AbortController()
const { signal } = end
const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => end.abort())
// Whoever reads may leave first, as `head` does.
process.stdout.on('error', () => end.abort())

const printer = createPrinter({
  // What still happens while everything is being stopped is no part of the play.
  write: (text) => {
    if (!signal.aborted) process.stdout.write(text)
  },
  columns: process.stdout.columns,
  style: (style, text) => styleText(style, text, { stream: process.stdout }),
})

printer.heading(
  'Baton, with a Slack, a WAMM.chat, a SalesChat.pro and an Aelyst.ai of its own. Nothing leaves this machine.',
)
const fatal = Promise.withResolvers<never>()
const shown: { page: Page | null } = { page: null }
const stage = await startStage({
  ports: PORTS,
  onFatal: fatal.reject,
  onWorld: async (world) => {
    if (options.once) return
    const page = await openPage(world)
    shown.page = page
    printer.heading(`Open  ${page.url}  in a browser.`)
    printer.say('You are one of the team there. First, this is played by itself; watch it there or here.')
    printer.say('')
  },
})
try {
  await Promise.race([ended, fatal.promise, play(stage, shown.page)])
} catch (error) {
  printer.heading('The demo stopped')
  fail(stage, [error instanceof StuckError ? error.message : String(error)])
} finally {
  await shown.page?.close()
  await stage.close()
}
if (signal.aborted) {
  process.stdout.write('\nBye. Everything is stopped and removed.\n')
  if (options.once) process.exitCode = 130
}

async function play(on: Stage, pageShown: Page | null): Promise<void> {
  await introduce(on, printer)
  const stopWatching = watch(on, printer)
  const endSalesChat = options.once ? await playSalesChat({ stage: on, printer }) : null
  const faults = [...findFaults(await playTour({ stage: on, printer, pause }))]
  if (endSalesChat !== null) {
    faults.push(...faultsAtAelyst(await playAelyst({ stage: on, printer })))
    faults.push(...faultsAtSalesChat(await endSalesChat()))
  }
  if (faults.length === 0) {
    printer.heading('All of it was as it should be.')
    printer.say(
      'Checked: who won, what the providers were told, the cards, the private messages, the audit trail.',
    )
  } else {
    printer.heading('Something was not as it should be.')
    fail(on, faults)
  }
  if (pageShown === null) return stopWatching()
  invite({ ...on, page: pageShown }, printer)
  await ended
}

async function openPage(world: World): Promise<Page> {
  const manifest = await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8')
  const page = await onPort(PORTS.page, (port) =>
    startPage({ slack: world.slack, providers: screensOf(world), manifest, ...port }),
  )
  return { ...page, url: `${page.url}?in=${supportChannel.name}` }
}

async function pause(): Promise<void> {
  if (hasAudience) await sleep(PAUSE_MS, undefined, { signal })
}

function fail(on: Stage, faults: readonly string[]): void {
  process.exitCode = 1
  for (const fault of faults) printer.say(`- ${fault}`)
  const complaints = on.complaints()
  if (complaints.length > 0) printer.shown("Baton's log complains", complaints)
}
