import { placedElements } from '../slack/elements.ts'
import { recordOrEmpty, textObjectText } from '../slack/json.ts'
import type { SlackMessage } from '../slack/model.ts'
import { leads, pool, salesChannel, team } from './cast.ts'
import type { SalesChatRecord } from './check-acts.ts'
import type { Printer } from './printer.ts'
import type { Stage } from './start-stage.ts'
import { waitFor } from './wait-for.ts'

/**
 * Ann claims one of two contacts with the same number and releases it at once. SalesChat takes one assignment
 * of a contact in 10 s, so the end comes later: the function that is returned waits for it.
 */
export async function playSalesChat({
  stage,
  printer,
}: {
  readonly stage: Stage
  readonly printer: Printer
}): Promise<() => Promise<SalesChatRecord>> {
  const { slack, saleschat } = stage
  const { id, name, phone } = leads.layla
  const ann = slack.as(team.ann.handle)
  const seen = () => slack.messagesIn(salesChannel.id)
  const cards = () => seen().filter(({ ephemeralTo, text }) => ephemeralTo === null && text.includes(name))
  const [claimButton, releaseButton] = ['Claim Chat', 'Release']
  const buttons = (message: SlackMessage, text: string) =>
    placedElements(message.blocks).flatMap(({ element }) =>
      textObjectText(element.text) === text ? [element] : [],
    )

  printer.heading(`At SalesChat, ${team.ann.name} claims a contact by number, which two of them have`)
  await ann.command('/claim', `saleschat:${phone}`, { channel: salesChannel.name })
  const answer = await waitFor(`${team.ann.name} is asked which of them`, () =>
    slack.until(() =>
      seen().find((message) => message.ephemeralTo === ann.id && buttons(message, claimButton).length > 0),
    ),
  )
  const offered = buttons(answer, claimButton)
  const wanted = answer.blocks.findIndex((block) => textObjectText(block.text).includes(name))
  const [theirs] = placedElements(answer.blocks.slice(wanted))
  await ann.click(answer, claimButton, { value: String(theirs?.element.value) })
  await waitFor('SalesChat accepts the claim, and the card says who has the chat', (within) =>
    slack.until(
      () => saleschat.writesOf(id).length === 1 && cards()[0]?.text.includes(`With <@${ann.id}>`),
      within,
    ),
  )

  printer.heading(`${team.ann.name} releases it again`)
  const [card] = cards()
  const [release] = card === undefined ? [] : buttons(card, releaseButton)
  const question = textObjectText(recordOrEmpty(release?.confirm).text)
  printer.say(`Slack asks first: “${question}”`)
  if (card !== undefined) await ann.click(card, releaseButton)
  await waitFor('the card says that SalesChat has not accepted it yet', (within) =>
    slack.until(() => cards()[0]?.text.includes('Releasing'), within),
  )
  printer.say('')
  printer.say('SalesChat takes one change of a contact in 10 seconds, so Baton waits with this one.')

  return async () => {
    printer.heading(`Back at SalesChat: ${pool.name} gets the chat`)
    await waitFor(`SalesChat gives the chat to ${pool.name}`, (within) =>
      saleschat.until(() => saleschat.holder(id) === pool.id && saleschat.writesOf(id).length > 1, within),
    )
    await waitFor('the card is free again', (within) =>
      slack.until(() => cards()[0]?.text.includes('Waiting'), within),
    )
    return {
      customer: leads.layla,
      claimer: team.ann.salesChatId,
      pool,
      offered: offered.length,
      question,
      writes: saleschat.writesOf(id).map(({ to }) => ('user' in to ? to.user : to.group)),
      holder: saleschat.holder(id),
      tooEarly: saleschat.state.breaches.length,
      cards: cards().map(({ text }) => text),
    }
  }
}
