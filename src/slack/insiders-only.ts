import type { SlackUserId } from '../routing/ids.ts'
import type { Refusal } from '../routing/intent.ts'
import { whyOutside } from '../routing/permissions.ts'
import { saying } from './answering.ts'
import type { ListenerContext } from './listeners/context.ts'
import { asReply } from './listeners/reading.ts'
import type { Answer, Surface } from './surface.ts'
import { roleTitle } from './text-roles.ts'
import type { MessageView } from './views/message.ts'
import { answerModal } from './views/modal.ts'

type Who = Pick<ListenerContext, 'meet' | 'answers'>

/** Why somebody may not read anything here; null when they may. Whoever Baton has never heard of is looked up in Slack first. */
async function whyNot({ meet, answers }: Who, user: SlackUserId): Promise<MessageView | null> {
  const met = await meet(user)
  const refusal: Refusal | null = met.kind === 'met' ? whyOutside(met.standing) : { kind: 'not-known' }
  return refusal === null ? null : answers.refusal(refusal, null, user)
}

/** What is for those who belong here, or why it is not for the person. */
export async function insiderOnly(
  context: Who,
  user: SlackUserId,
  read: () => Promise<Answer>,
): Promise<Answer> {
  const why = await whyNot(context, user)
  return why === null ? read() : asReply(why)
}

/**
 * The same surface, on which outsiders get nothing but the reason: no list, no menu, no form.
 *
 * @param decided ids of the commands and actions that see to that themselves: those which only ask the desk, since a
 *   claim is not to wait for one more read, nor to be lost while Slack cannot say who somebody is
 */
export function insidersOnly(context: Who, surface: Surface, decided: readonly string[]): Surface {
  const answering = <R extends { readonly user: SlackUserId }>(
    handler: (request: R) => Promise<Answer>,
    id: string,
  ) =>
    decided.includes(id)
      ? handler
      : (request: R): Promise<Answer> => insiderOnly(context, request.user, () => handler(request))

  return {
    ...surface,
    commands: mapped(surface.commands, answering),
    shortcuts: mapped(surface.shortcuts, answering),
    actions: mapped(surface.actions, answering),
    options: mapped(surface.options, (handler) => async (request) => {
      const why = await whyNot(context, request.user)
      return why === null ? handler(request) : [saying(why.text)]
    }),
    views: mapped(surface.views, (handler) => async (request) => {
      const why = await whyNot(context, request.user)
      return why === null ? handler(request) : { kind: 'update', view: answerModal(roleTitle, why) }
    }),
  }
}

const mapped = <H>(
  handlers: Readonly<Record<string, H>>,
  wrap: (handler: H, id: string) => H,
): Readonly<Record<string, H>> =>
  Object.fromEntries(Object.entries(handlers).map(([id, handler]) => [id, wrap(handler, id)]))
