import { supportChannel, team, vipChannel, vips } from './cast.ts'
import type { AelystRecord } from './check-acts.ts'
import type { Printer } from './printer.ts'
import type { Stage } from './start-stage.ts'
import { waitFor } from './wait-for.ts'
import { wordsOf } from './words-of.ts'

const NOTE = 'please call her back before six'

/** Ann claims a chat on its card and hands it off to Ben; her note arrives at both of his screens. */
export async function playAelyst({
  stage,
  printer,
}: {
  readonly stage: Stage
  readonly printer: Printer
}): Promise<AelystRecord> {
  const { slack, aelyst } = stage
  const { noor } = vips
  const contact = [...aelyst.state.contacts.values()].find(({ firstName }) => firstName === noor.firstName)
  const key = contact?.id ?? ''
  const [ann, ben] = [slack.as(team.ann.handle), slack.as(team.ben.handle)]
  const cards = () =>
    slack
      .messagesIn(vipChannel.id)
      .filter(({ ephemeralTo, text }) => ephemeralTo === null && text.includes(noor.name))
  const cardSays = (words: string) =>
    waitFor(`the card says “${words}”`, (within) =>
      slack.until(() => cards().find(({ text }) => text.includes(words)), within),
    )

  printer.heading(`At Aelyst, ${team.ann.name} claims a chat and hands it off with a note`)
  await ann.click(await cardSays('Waiting'), 'Claim Chat')
  await cardSays(`With <@${ann.id}>`)
  await ann.command('/handoff', `aelyst:${noor.firstName} @${team.ben.handle} ${NOTE}`, {
    channel: supportChannel.name,
  })
  await cardSays(`With <@${ben.id}>`)
  await waitFor(`${team.ben.name} gets the note`, (within) =>
    slack.until(() => ben.dms().some((message) => wordsOf(message).includes(NOTE)), within),
  )
  await waitFor('the note is a comment in Aelyst', (within) =>
    aelyst.until(() => (contact?.comments.length ?? 0) > 0, within),
  )
  return {
    customer: noor,
    claimer: team.ann.aelystId,
    receiver: team.ben.aelystId,
    note: NOTE,
    writes: aelyst.writesOf(key).map(({ to }) => to),
    holder: aelyst.holder(key),
    comments: (contact?.comments ?? []).map(({ text }) => text),
    tooMany: aelyst.breaches.length,
    cards: cards().map(({ text }) => text),
  }
}
