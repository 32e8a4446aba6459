import type { ChatId } from '../../routing/ids.ts'
import type { Answer, ShortcutHandler, ShortcutRequest } from '../surface.ts'
import { surfaceText } from '../text-surface.ts'
import { textMessage } from '../views/message.ts'
import { ask } from './ask.ts'
import { claimPickerOf } from './claim.ts'
import { contactFormOf, contactPickerOf } from './contact.ts'
import type { ListenerContext } from './context.ts'
import { emptyHandOffForm, handOffFormOf } from './hand-off.ts'
import { historyOf } from './history.ts'
import { asReply } from './reading.ts'
import { emptyReleaseForm, releaseFormOf } from './release.ts'

/**
 * In the menu of a message they are about the chat whose card that is, or in whose card's thread it stands: commands do
 * not work in threads. Anywhere else they ask which chat is meant, like the commands.
 */
const about =
  (
    context: ListenerContext,
    act: (chat: ChatId, request: ShortcutRequest) => Promise<Answer>,
    choose: (request: ShortcutRequest) => Promise<Answer>,
  ): ShortcutHandler =>
  async (request) => {
    const { message, thread } = request
    const chat =
      message === null
        ? null
        : await context.store.chatOfCard({ channel: message.channel, ts: thread ?? message.ts })
    return chat === null ? choose(request) : act(chat, request)
  }

export const claimShortcut = (context: ListenerContext): ShortcutHandler =>
  about(
    context,
    (chat, { user: by, responseUrl }) => ask(context, { kind: 'claim', by, chat, responseUrl }),
    ({ user, channel }) => claimPickerOf(context, user, channel),
  )

export const handOffShortcut = (context: ListenerContext): ShortcutHandler =>
  about(
    context,
    (chat, { user: by, channel }) => handOffFormOf(context, chat, { by, seen: null, channel }),
    ({ user, channel }) => emptyHandOffForm(context, user, channel),
  )

export const releaseShortcut = (context: ListenerContext): ShortcutHandler =>
  about(
    context,
    (chat, { user: by, channel }) => releaseFormOf(context, chat, { by, seen: null, channel }),
    ({ user, channel }) => emptyReleaseForm(context, user, channel),
  )

export const contactShortcut = (context: ListenerContext): ShortcutHandler =>
  about(
    context,
    (chat, { user }) => contactFormOf(context, chat, user),
    ({ user }) => contactPickerOf(context, user),
  )

export const historyShortcut = (context: ListenerContext): ShortcutHandler =>
  about(
    context,
    (chat, { user }) => historyOf(context, chat, user),
    async () => asReply(textMessage(surfaceText.notAboutChat)),
  )
