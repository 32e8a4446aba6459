import {
  type Customer,
  earlierChats,
  leads,
  olga,
  pool,
  salesChannel,
  salesTeam,
  supportChannel,
  team,
  vipChannel,
  vips,
} from './cast.ts'
import type { World } from './world.ts'

const colleagues = Object.values(team)

/**
 * The team in Slack and at each provider, and the customers of the morning.
 *
 * @param goBack sets the providers' clocks so many minutes back
 */
export function setTheScene(world: World, goBack: (minutes: number) => void): void {
  addToSlack(world)
  addToWamm(world, goBack)
  addToSalesChat(world, goBack)
  addToAelyst(world, goBack)
  goBack(0)
}

/** What WAMM is told of a customer who writes. */
export const writing = ({ name, text, nickname }: Pick<Customer, 'name' | 'text' | 'nickname'>) => ({
  name,
  text,
  ...(nickname === undefined ? {} : { phoneReal: nickname }),
})

function addToSlack({ slack }: World): void {
  const users = colleagues.map(
    ({ handle, name, email }) =>
      slack.people.user(handle) ?? slack.addUser({ name: handle, realName: name, email }),
  )
  for (const { id, name } of [supportChannel, salesChannel, vipChannel]) {
    const channel = slack.people.channel(id) ?? slack.addChannel({ id, name, members: [slack.app.botUserId] })
    const members = new Set([...channel.members, ...users.map((user) => user.id)])
    slack.people.changeChannel(channel, { members })
  }
}

function addToWamm({ wamm }: World, goBack: (minutes: number) => void): void {
  for (const { name, wammId, email } of [...colleagues, olga]) wamm.addUser({ id: wammId, name, email })
  for (const { minutesAgo, heldBy, key, ...customer } of earlierChats) {
    goBack(minutesAgo)
    wamm.customerWrites(key, writing(customer))
    if (heldBy !== null) wamm.assignInProvider(key, heldBy.wammId)
  }
}

function addToSalesChat({ saleschat }: World, goBack: (minutes: number) => void): void {
  for (const { salesChatId, name } of [...colleagues, olga]) saleschat.addUser({ id: salesChatId, name })
  saleschat.addUser(pool)
  const { id, name, members } = salesTeam
  saleschat.addGroup({ id, name, members: members.map(({ salesChatId }) => salesChatId) })
  for (const { id: contact, phone, firstName, lastName, minutesAgo } of Object.values(leads)) {
    goBack(minutesAgo)
    saleschat.addContact({ id: contact, phone, firstName, lastName })
    saleschat.assignInProvider(contact, pool.id)
  }
  saleschat.expireContact(leads.hugo.id)
}

function addToAelyst({ aelyst }: World, goBack: (minutes: number) => void): void {
  for (const { aelystId, name, email } of [...colleagues, olga]) {
    const [firstName = '', lastName = ''] = name.split(' ')
    aelyst.addUser({ id: aelystId, firstName, lastName, email })
  }
  for (const { from, firstName, lastName, text, minutesAgo, heldBy } of Object.values(vips)) {
    goBack(minutesAgo)
    const id = aelyst.customerWrites(from, { firstName, lastName, text })
    if (heldBy !== null) aelyst.assignInProvider(id, heldBy.aelystId)
  }
}
