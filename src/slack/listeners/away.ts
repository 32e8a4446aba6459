import { awayUntil, parseAwayLength } from '../../routing/away.ts'
import type { AwayAnswer } from '../../routing/away-desk.ts'
import type { SlackUserId } from '../../routing/ids.ts'
import { awayAnswerText } from '../text-offer.ts'
import type { ListenerContext } from './context.ts'

/** `/baton away [for 2 h | until 14:30]` */
export async function leave(context: ListenerContext, user: SlackUserId, text: string): Promise<string> {
  const length = parseAwayLength(text)
  if (length === null) return awayAnswerText.usage
  // Only a time of day needs to know where the person is.
  const timeZone = length.kind === 'until' ? await timeZoneOf(context, user) : 'UTC'
  if (timeZone === null) return awayAnswerText['no-time-zone']
  const until = awayUntil(length, context.clock.now(), timeZone)
  return sentence(await context.away.leave(user, until))
}

/** `/baton back` */
export const comeBack = async (context: ListenerContext, user: SlackUserId): Promise<string> =>
  sentence(await context.away.back(user))

const sentence = (answer: AwayAnswer): string =>
  answer.kind === 'away' ? awayAnswerText.away(answer.away) : awayAnswerText[answer.kind]

async function timeZoneOf({ profiles }: ListenerContext, user: SlackUserId): Promise<string | null> {
  const asked = await profiles.byId(user)
  return asked.kind === 'found' ? (asked.timeZone ?? null) : null
}
