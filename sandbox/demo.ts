import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs, styleText } from 'node:util'
import { earlierChats, olga, supportChannel, team } from './demo/cast.ts'
import { findFaults } from './demo/check-tour.ts'
import { invite } from './demo/invite.ts'
import { playTour, TourStuckError } from './demo/play-tour.ts'
import { createPrinter, type Printer } from './demo/printer.ts'
import { createScreenText } from './demo/screen-text.ts'
import { type Stage, startStage } from './demo/start-stage.ts'
import { watch } from './demo/watch.ts'

/**
 * `npm run demo`: a Slack, a WAMM and Baton on this machine. Plays the main job once, then stays up for
 * whoever wants to go on by hand. `--once` ends after the tour: with 0 if all was as it should be, else 1.
 */
const PORTS = { slack: 4500, wamm: 4600 } as const
const PAUSE_MS = 1_800

const { values: options } = parseArgs({ options: { once: { type: 'boolean', default: false } } })
const interactive = !options.once && process.stdout.isTTY

const printer = createPrinter({
  write: (text) => process.stdout.write(text),
  columns: process.stdout.columns,
  style: (style, text) => styleText(style, text, { stream: process.stdout }),
})

const end = new AbortController()
const { signal } = end
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => end.abort())
// Whoever reads may leave first, as `head` does.
process.stdout.on('error', () => end.abort())
const asked = new Promise<'ended'>((resolve) => signal.addEventListener('abort', () => resolve('ended')))
const fatal = Promise.withResolvers<never>()
fatal.promise.catch(() => undefined)

printer.heading('Baton, with a Slack and a WAMM.chat of its own. Nothing leaves this machine.')
const stage = await startStage({ ports: PORTS, onFatal: fatal.reject })
try {
  await Promise.race([asked, fatal.promise, play(stage, printer)])
} catch (error) {
  printer.heading('The demo stopped')
  printer.say(error instanceof TourStuckError ? error.message : String(error))
  reportLog(stage)
  process.exitCode = 1
} finally {
  await stage.close()
}
if (signal.aborted) printer.heading('Bye. Everything is stopped and removed.')

async function play(on: Stage, to: Printer): Promise<void> {
  await introduce(on, to)
  const stop = watch(on, to)
  const pause = () => (interactive ? sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined) : null)
  const faults = findFaults(
    await playTour({ stage: on, printer: to, pause: async () => void (await pause()) }),
  )
  to.heading(faults.length === 0 ? 'All of it was as it should be.' : 'Something was not as it should be')
  for (const fault of faults) to.say(`- ${fault}`)
  if (faults.length > 0) {
    reportLog(on)
    process.exitCode = 1
  } else to.say('Checked: who won, what WAMM was told, the card, the private messages, the audit trail.')
  if (options.once) return stop()
  invite(on, to)
  await asked
}

async function introduce({ slack, wamm }: Stage, to: Printer): Promise<void> {
  const colleagues = Object.values(team)
  await Promise.all(colleagues.map(({ handle }) => slack.as(handle).command('/baton', 'link')))
  const waiting = earlierChats.filter(({ heldBy }) => heldBy === null).length
  const cards = () => slack.messagesIn(supportChannel.id).filter(({ ephemeralTo }) => ephemeralTo === null)
  await slack.until(() => cards().length === waiting)
  const screen = createScreenText({ people: slack.people, now: Date.now })
  to.say('Customers write on WhatsApp, the team works in Slack, and Baton keeps both in step.')
  to.shown(`Slack, at ${slack.baseUrl}`, [
    `${colleagues.map(({ name }) => name).join(', ')} are in #${supportChannel.name}, where ${waiting} customers wait:`,
    ...cards().map(({ blocks }) => screen.blocks(blocks).slice(0, 2).join(' · ')),
  ])
  const held = [...wamm.state.chats.values()].filter(({ holder }) => holder !== null)
  to.shown(`WAMM, at ${wamm.url}`, [
    `The same people have users there, and so has ${olga.name}, who is not in Slack.`,
    `${held.length} more chats have somebody already: ${held.map(({ name }) => name).join(', ')}.`,
  ])
}

function reportLog(on: Stage): void {
  const complaints = on.complaints()
  if (complaints.length === 0) return
  printer.say('Baton complained:')
  for (const line of complaints) printer.say(line)
}
