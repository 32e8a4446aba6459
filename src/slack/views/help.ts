import type { SlackUserId } from '../../routing/ids.ts'
import { anAdmin } from '../text.ts'
import { context, fallback, type MessageView, section } from './message.ts'

/** `/baton help`: everything a newcomer needs, on one screen. */
export const helpMessage = ({
  provider,
  found,
  admins,
}: {
  readonly provider: string
  /** Those that tell who their users are; empty for none. */
  readonly found: string
  readonly admins: readonly SlackUserId[]
}): MessageView => {
  const intro = `Customers write to you in ${provider}. Each of their chats has a card in the channel, and one colleague at a time has it.`
  const commands = [
    '• `/claim` to choose a waiting chat, `/claim next` to take the longest-waiting one, `/claim next 3` to take three, `/claim Ivan` to take a certain one',
    '• `/handoff` to give one of your chats to a colleague with a note, or at once: `/handoff Ivan @colleague your note`',
    '• `/handoff Ivan @colleague? your note` to ask them first: you keep the chat until they accept',
    '• `/release` to let one of your chats wait for somebody else, or at once: `/release Ivan your reason`',
    '• `/contact` to see and change what the inbox keeps about a customer, or at once: `/contact Ivan`',
    '• `/chats` for your chats and who waits, `/chats find Ivan` for any chat, closed ones too: by name, number, its last four digits, or a word of a note',
    '• `/chats history Ivan` to see who did what with a chat, and why; also behind the three dots of its card',
    '• Undo in the answer, or at the top of the Home tab, takes any of these back for 30 seconds; several chats at once are in the Home tab too',
    'Instead of a name, any part of it does, and so does a phone number in any format.',
  ].join('\n')
  const self = [
    ...(found === '' ? [] : [`• \`/baton link\` to connect you with your ${found} user by e-mail address`]),
    '• `/baton unlink` to undo your link with a user of the inbox',
    '• `/baton away`, `/baton away for 2 h` or `/baton away until 14:30` so that nobody offers you a chat, `/baton back` when you are back',
    '• `/baton whoami` to see who Baton takes you for, and what you may do',
    '• `/baton doctor`, for admins: whether everything is all right, and what to do where it is not',
    '• `/baton link @person` and an id or e-mail address, for admins: to connect somebody else; `/baton link everyone` connects all whose addresses match',
  ].join('\n')
  const more = `Commands do not work inside threads: there, Baton's shortcuts are in the menu of each message. Need help? Ask ${anAdmin(admins)}.`
  return {
    text: fallback(intro, commands, self, more),
    blocks: [section(intro), section(`*Chats*\n${commands}`), section(`*You*\n${self}`), context(more)],
  }
}
