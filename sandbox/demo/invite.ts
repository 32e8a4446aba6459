import { spellPhone } from '../../src/routing/phone.ts'
import type { Page } from '../page/start-page.ts'
import {
  guest,
  leads,
  olga,
  pool,
  salesChannel,
  salesTeam,
  stages,
  supportChannel,
  team,
  vipChannel,
  vips,
} from './cast.ts'
import type { Printer } from './printer.ts'
import { buttonsIn } from './screen-text.ts'
import type { World } from './world.ts'

/** How to go on by hand. Every line is made of what is there now, and works when pasted into a shell or the page. */
export function invite(
  { slack, wamm, page }: World & { readonly page: Pick<Page, 'url'> },
  printer: Printer,
): void {
  const post = (title: string, url: string, body: object): void => {
    printer.say('')
    printer.say(title)
    printer.verbatim(`curl -fsSo /dev/null ${url} -H content-type:application/json \\`)
    for (const line of dataLines(body)) printer.verbatim(line)
  }
  const inSlack = (title: string, user: string, act: object): void =>
    post(title, `${slack.baseUrl}/control/act`, { user, ...act })
  const command = (title: string, user: string, name: string, text: string): void =>
    inSlack(title, user, { do: 'command', command: name, text })
  const inWamm = (title: string, action: string, body: object): void =>
    post(title, `${wamm.url}/control/${action}`, body)

  const { ben, emil, farah } = team
  printer.heading(`Now you, at  ${page.url}`)
  printer.say('Claim a chat, hand it off, release it; open a second window to be somebody else.')
  inviteToOthers(printer)

  printer.say('')
  printer.say(
    'Or paste any of these into another terminal and watch what people see here. Baton asks WAMM and Aelyst for news every 5 seconds. Ctrl-C ends the demo.',
  )
  inWamm('A customer writes:', 'customer-writes', {
    key: '31612345678',
    name: 'Sanne de Vries',
    text: 'Hoi, is my parcel on its way?',
  })
  command(`${farah.name} takes the longest-waiting chat:`, farah.handle, '/claim', 'next')
  command(
    `${farah.name} hands it off to ${emil.name}:`,
    farah.handle,
    '/handoff',
    `@${emil.handle} can you take this one?`,
  )
  const [taken, claimed] = [...wamm.state.chats.values()].filter(({ holder }) => holder === null).slice(-2)
  const waiting = slack
    .messagesIn(supportChannel.id)
    .findLast(
      ({ blocks, text }) =>
        claimed !== undefined && text.includes(claimed.name) && buttonsIn(blocks).includes('Claim Chat'),
    )
  if (claimed !== undefined && waiting !== undefined) {
    const { channel, ts } = waiting
    inSlack(`${ben.name} presses Claim Chat on the card of ${claimed.name}:`, ben.handle, {
      do: 'click',
      on: { channel, ts },
      element: 'Claim Chat',
    })
  }
  command(`${guest.name}, a guest, tries the same:`, guest.handle, '/claim', 'next')
  if (taken !== undefined) {
    inWamm(`${olga.name} takes the chat with ${taken.name} in WAMM itself:`, 'assign', {
      key: taken.key,
      userId: olga.wammId,
    })
  }
  inWamm('WAMM is down for 20 seconds; release or claim something meanwhile:', 'down', { forMs: 20_000 })
  command('Everything Baton can do:', ben.handle, '/baton', 'help')
  printer.heading('What happens from here on')
}

/** The body as curl's argument, in lines that fit a terminal: a shell takes line breaks inside quotes. */
const dataLines = (body: object): readonly string[] => {
  const fields = Object.entries(body).map(([name, value]) => `"${name}":${JSON.stringify(value)}`)
  const lines = ["  -d '{"]
  fields.forEach((field, index) => {
    const text = `${field.replaceAll("'", '\\u0027')}${index < fields.length - 1 ? ',' : "}'"}`
    const line = lines.pop() ?? ''
    if (line.length + text.length <= 100) lines.push(line + text)
    else lines.push(line, `    ${text}`)
  })
  return lines
}

/** What is different at the other providers, with the commands to send in the page. */
const inviteToOthers = (printer: Printer): void => {
  const { layla, omar } = leads
  const { noor } = vips
  const commands = (...lines: readonly string[]): void => {
    for (const line of lines) printer.verbatim(`    ${line}`)
  }
  printer.say('')
  printer.say(
    `SalesChat, in #${salesChannel.name}: it lists no chats, so a contact is claimed by number. ${layla.firstName} and ${omar.firstName} share this one, and you choose:`,
  )
  commands(`/claim saleschat:${spellPhone(layla.phone).full}`)
  printer.say(
    `On the card, hand the chat off to the ${salesTeam.name}, or release it: Slack asks first, because SalesChat gives it to “${pool.name}” then. While it is yours, move it to the stage “${stages[1]}”:`,
  )
  commands(`/contact saleschat:${spellPhone(layla.phone).full}`)
  printer.say('')
  printer.say(
    `Aelyst, in #${vipChannel.name}: the note of a hand-off stays there as a comment, and the contact’s form can close the conversation.`,
  )
  commands(
    `/claim aelyst:${noor.firstName}`,
    `/contact aelyst:${noor.firstName}`,
    `/handoff aelyst:${noor.firstName} @${team.ben.handle} please call her back before six`,
  )
}
