import type { Actor } from '../slack/actor.ts'
import type { SlackMessage } from '../slack/model.ts'
import { auditLine } from './audit-line.ts'
import { type Colleague, newcomer, olga, supportChannel, team } from './cast.ts'
import type { TourRecord } from './check-tour.ts'
import type { Printer } from './printer.ts'
import { readAuditTrail } from './read-audit-trail.ts'
import { createScreenText } from './screen-text.ts'
import { writing } from './set-the-scene.ts'
import type { Stage } from './start-stage.ts'
import { StuckError, waitFor } from './wait-for.ts'
import { wordsOf } from './words-of.ts'

const NOTE = 'Order 4711, she speaks Spanish. I promised an answer today.'

/** Plays the main job once; every step waits until it can be seen. What people see is printed by `watch`. */
export async function playTour(deps: {
  readonly stage: Stage
  readonly printer: Printer
  /** Time for people to read; none for machines. */
  readonly pause: () => Promise<void>
}): Promise<TourRecord> {
  const { stage, printer, pause } = deps
  const { slack, wamm, baton } = stage
  const { name, key, text } = newcomer
  const screen = createScreenText({ people: slack.people, now: Date.now })
  const [ann, ben, carla] = [slack.as('ann'), slack.as('ben'), slack.as('carla')]
  const player = (who: Colleague) => ({
    ...who,
    actor: slack.as(who.handle),
    mention: `<@${slack.as(who.handle).id}>`,
  })

  const until = <T>(what: string, predicate: () => T) =>
    waitFor(what, (within) => slack.until(predicate, within))
  const step = async (heading: string): Promise<void> => {
    await pause()
    printer.heading(heading)
  }
  const cards = () =>
    slack
      .messagesIn(supportChannel.id)
      .filter((message) => message.ephemeralTo === null && message.text.includes(name))
  const card = (): SlackMessage => {
    const [first] = cards()
    if (first === undefined) throw new StuckError(`There is no card for ${name}.`)
    return first
  }
  const cardSays = (words: string) =>
    until(`the card says “${words}”`, () => cards()[0]?.text.includes(words))
  /** What only they can read, oldest first in each place. */
  const told = (actor: Actor) =>
    [
      ...actor.sees(supportChannel.id).filter((message) => message.ephemeralTo === actor.id),
      ...actor.dms(),
    ].map(wordsOf)
  const isTold = (actor: Actor, words: string) => told(actor).some((each) => each.includes(words))

  await step('1. A customer writes')
  printer.say(`${name} writes on WhatsApp: “${text}”`)
  wamm.customerWrites(key, writing(newcomer))
  await baton.pollNow()
  await cardSays('Waiting')

  await step('2. Ann and Ben press Claim Chat at the very same moment')
  await Promise.all([ann.click(card(), 'Claim Chat'), ben.click(card(), 'Claim Chat')])
  await until('WAMM makes one of them responsible', () => wamm.holder(key))
  const annWon = wamm.holder(key) === team.ann.wammId
  const [winner, loser] = annWon ? [player(team.ann), player(team.ben)] : [player(team.ben), player(team.ann)]
  await cardSays(`With ${winner.mention}`)
  await until(`${loser.name} is told that ${winner.name} has the chat`, () =>
    isTold(loser.actor, winner.mention),
  )
  const writes = wamm.writesOf(key).length
  printer.say('')
  printer.say(`So ${winner.name} has it, and WAMM was changed ${writes === 1 ? 'once' : `${writes} times`}.`)

  const receiver = player(team.carla)
  await step(`3. ${winner.name} hands the chat off to ${receiver.name}, with a note`)
  await winner.actor.click(card(), 'Hand Off')
  const form = await until('the form opens', () => winner.actor.modal())
  const offered = await winner.actor.options(form, 'receiver', receiver.handle)
  const choice = offered.options[0]?.value
  const filled = winner.actor.fill(form, { receiver: typeof choice === 'string' ? choice : null, note: NOTE })
  printer.shown(`${winner.name} fills it in and presses Hand Off`, screen.modal(filled))
  await winner.actor.submit(filled)
  await winner.actor.close(await until('the form is answered', () => winner.actor.modal()))
  await cardSays(`With ${receiver.mention}`)
  await until(`${receiver.name} gets the note`, () => isTold(carla, NOTE))

  await step(`4. WAMM goes down, and ${receiver.name} releases the chat meanwhile`)
  await wamm.goDown()
  await carla.click(card(), 'Release')
  await cardSays('keeps trying')
  await until(`${receiver.name} is told that Baton keeps trying`, () => isTold(carla, 'keeps trying'))

  await step('5. WAMM comes back')
  await wamm.comeBack()
  await until('WAMM hears of the release', () => wamm.holder(key) === null)
  await until(`${receiver.name} is told that it went through`, () => isTold(carla, 'has confirmed'))
  await until('the card is free again', () => isFree(card()))

  await step(`6. ${olga.name}, who is not in Slack, takes the chat in WAMM itself`)
  wamm.assignInProvider(key, olga.wammId)
  await baton.pollNow()
  await cardSays(`Taken in WAMM by ${olga.name}`)

  await step('7. What Baton has written down about this chat')
  const trail = readAuditTrail(stage.databaseFile, key)
  const names = {
    slackUser: (id: string) => slack.people.user(id)?.realName ?? id,
    wammUser: (id: string) => wamm.state.users.get(id)?.name ?? `user ${id}`,
  }
  printer.shown(
    'Its audit trail',
    trail.map((event) => auditLine(event, names)),
  )

  return {
    customer: newcomer,
    winner,
    loser,
    receiver,
    colleague: olga,
    note: NOTE,
    writes: wamm.writesOf(key).map((write) => write.to),
    holder: wamm.holder(key),
    cards: cards().map((message) => message.text),
    toldLoser: told(loser.actor),
    toldReceiver: told(carla),
    channel: slack
      .messagesIn(supportChannel.id)
      .filter((message) => message.ephemeralTo === null)
      .map(wordsOf)
      .join('\n'),
    trail: trail.map((event) => event.facts.kind),
    breaches: slack.breaches.map(({ where, error }) => `${where}: ${error}`),
    secrets: [wamm.token, slack.botToken, slack.appToken],
  }
}

const isFree = ({ text }: SlackMessage): boolean =>
  text.includes('Waiting') && !text.includes('not confirmed')
