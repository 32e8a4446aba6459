import { earlierChats, olga, supportChannel, team } from './cast.ts'
import type { Printer } from './printer.ts'
import { createScreenText } from './screen-text.ts'
import type { Stage } from './start-stage.ts'

/** Links the team by its e-mail addresses, waits until every waiting chat has its card, and shows who is who. */
export async function introduce({ slack, wamm }: Stage, to: Printer): Promise<void> {
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
