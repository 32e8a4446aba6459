import { z } from 'zod'
import { parseLook } from '../home-look.ts'
import type { ActionHandler, EventHandler } from '../surface.ts'
import { surfaceText } from '../text-surface.ts'
import { textMessage } from '../views/message.ts'
import type { ListenerContext } from './context.ts'
import { asReply } from './reading.ts'

/** docs.slack.dev/reference/events/app_home_opened: of both tabs; `view` is what has been published. */
const opened = z.looseObject({
  tab: z.string(),
  view: z
    .object({ hash: z.string().nullish(), private_metadata: z.string().nullish() })
    .nullish()
    .catch(null),
})

export const homeOpened =
  ({ home }: ListenerContext): EventHandler =>
  async ({ user, body }) => {
    const { tab, view } = opened.safeParse(body).data ?? {}
    if (user === null || tab !== 'home') return
    await home.show(user, { look: parseLook(view?.private_metadata), hash: view?.hash ?? null })
  }

/** Another page, account or time: the control says which look it leads to. */
export const homeLookChosen =
  ({ home }: ListenerContext): ActionHandler =>
  async ({ user, value }) => {
    const look = parseLook(value)
    if (look === null) return asReply(textMessage(surfaceText.unknownControl))
    void home.show(user, { look })
    return { kind: 'nothing' }
  }

/** What is done in the Home tab shows there at once; elsewhere the handlers are the same. */
export const shownAtHome = <Name extends string>(
  { home }: ListenerContext,
  handlers: Readonly<Record<Name, ActionHandler>>,
): Record<Name, ActionHandler> => {
  const shown =
    (handler: ActionHandler): ActionHandler =>
    async (request) => {
      const answer = await handler(request)
      const { user, view } = request
      if (view?.type === 'home') void home.show(user, { look: parseLook(view.privateMetadata) })
      return answer
    }
  return Object.fromEntries(
    Object.entries<ActionHandler>(handlers).map(([name, handler]) => [name, shown(handler)]),
  ) as Record<Name, ActionHandler>
}
