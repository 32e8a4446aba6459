import type { SlackUserId } from '../../routing/ids.ts'
import { anAdmin } from '../text.ts'
import { context, fallback, type MessageView, section } from './message.ts'

/** `/baton help`: everything a newcomer needs, on one screen. */
export const helpMessage = ({
  provider,
  admins,
}: {
  readonly provider: string
  readonly admins: readonly SlackUserId[]
}): MessageView => {
  const intro = `Customers write to you in ${provider}. Each of their chats has a card in the channel, and one person at a time has a chat.`
  const commands = [
    '`/claim` choose a waiting chat · `/claim next` take the longest-waiting one · `/claim` and a number or name',
    '`/handoff` give one of your chats to a colleague, with a note · `/handoff` and a number or name, @colleague, note',
    '`/release` let one of your chats wait for somebody else · `/release` and a number or name, reason',
  ].join('\n')
  const self = [
    `\`/baton link\` connect you with your ${provider} user by e-mail address · \`/baton unlink\` undo that`,
    '`/baton whoami` who Baton takes you for, and what you may do',
    '`/baton link @person` and an id or e-mail address: for admins, connect somebody else',
  ].join('\n')
  const more = `Commands do not work inside threads; the buttons of a card do. Need help? Ask ${anAdmin(admins)}.`
  return {
    text: fallback(intro, commands, self, more),
    blocks: [section(intro), section(`*Chats*\n${commands}`), section(`*You*\n${self}`), context(more)],
  }
}
