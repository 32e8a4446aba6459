import { leads, olga, salesChannel, supportChannel, team, vipChannel } from './cast.ts'
import type { Printer } from './printer.ts'
import { createScreenText } from './screen-text.ts'
import type { Stage } from './start-stage.ts'
import { waitFor } from './wait-for.ts'

/** Links the team by its e-mail addresses, waits until every waiting chat has its card, and shows who is who. */
export async function introduce({ slack, wamm, saleschat, aelyst }: Stage, to: Printer): Promise<void> {
  const colleagues = Object.values(team)
  await Promise.all(colleagues.map(({ handle }) => slack.as(handle).command('/baton', 'link')))
  const waiting = [...wamm.state.chats.values()].filter(({ holder }) => holder === null)
  const held = [...wamm.state.chats.values()].filter(({ holder }) => holder !== null)
  const vips = [...aelyst.state.contacts.values()]
  const vipsWaiting = vips.filter(({ holder }) => holder === null)
  const cardsIn = ({ id }: { readonly id: string }) =>
    slack.messagesIn(id).filter(({ ephemeralTo }) => ephemeralTo === null)
  // Baton posts one a second, after the first three.
  await waitFor('every waiting chat has its card', (within) =>
    slack.until(
      () =>
        cardsIn(supportChannel).length === waiting.length &&
        cardsIn(vipChannel).length === vipsWaiting.length,
      within,
    ),
  )
  const screen = createScreenText({ people: slack.people, now: Date.now })
  to.say('Customers write on WhatsApp, the team works in Slack, and Baton keeps both in step.')
  to.shown(`Slack, at ${slack.baseUrl}`, [
    `${colleagues.map(({ name }) => name).join(', ')} are in #${supportChannel.name}, where ${waiting.length} customers wait:`,
    ...cardsIn(supportChannel).map(({ blocks }) => screen.blocks(blocks).slice(0, 2).join(' · ')),
  ])
  to.shown(`WAMM, at ${wamm.url}`, [
    `The same people have users there, and so has ${olga.name}, who is not in Slack.`,
    `${held.length} more chats have somebody already: ${held.map(({ name }) => name).join(', ')}.`,
  ])
  to.shown(`SalesChat, at ${saleschat.url}`, [
    `It has ${Object.keys(leads).length} contacts and tells nobody who has them; #${salesChannel.name} is empty until one is claimed by number.`,
  ])
  to.shown(`Aelyst, at ${aelyst.url}`, [
    `${vipsWaiting.length} of its ${vips.length} customers wait in #${vipChannel.name}: ${vipsWaiting.map(({ firstName }) => firstName).join(', ')}.`,
  ])
}
