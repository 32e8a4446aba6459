import type { LinkedHow } from '../../routing/audit.ts'
import type { Away } from '../../routing/away.ts'
import type { Instant, SlackUserId } from '../../routing/ids.ts'
import type { Standing } from '../../routing/roles.ts'
import { foreign, mention } from '../mrkdwn.ts'
import { anAdmin } from '../text.ts'
import { blockedText } from '../text-absence.ts'
import { linkedText, undoLinkText } from '../text-linking.ts'
import { youAreAwayText } from '../text-offer.ts'
import { standingText } from '../text-roles.ts'
import { fallback, type MessageView, section } from './message.ts'

export interface WhoAmI {
  readonly user: SlackUserId
  readonly standing: Standing
  readonly accounts: readonly {
    readonly id: string
    /** The account's label, or the provider's while there is only one. */
    readonly label: string
    /** Whether people are looked for there by their e-mail addresses. */
    readonly isFound: boolean
    /** Name of the provider's user; null when not linked. */
    readonly linkedTo: string | null
    readonly chats: number
    /** The provider's user can be assigned nothing. */
    readonly blocked: boolean
    /** How and when they were linked; null where nobody has kept it. */
    readonly how: LinkedHow | null
    readonly since: Instant | null
  }[]
  /** Null while they are here. */
  readonly away: Away | null
  /** What may be out of date, a sentence each. */
  readonly stale: readonly string[]
  readonly admins: readonly SlackUserId[]
}

/** `/baton whoami`: who Baton takes the person for, and what to do where that is nobody. */
export const whoAmI = ({ user, standing, accounts, away, stale, admins }: WhoAmI): MessageView => {
  // Nobody is told to ask themselves.
  const orElse =
    standing.role === 'admin'
      ? `where that finds nobody, \`/baton link\`, your own name with @, and the id or e-mail address that you have there`
      : `ask ${anAdmin(admins)}`
  const byId =
    standing.role === 'admin'
      ? 'Send `/baton link`, your own name with @, and the id that you have there.'
      : `Ask ${anAdmin(admins)} to link you, with the id that you have there.`
  const unblocker = standing.role === 'admin' ? 'whoever manages its users' : anAdmin(admins)
  const lines = accounts.map(({ label, isFound, linkedTo, chats, blocked, how, since }) =>
    linkedTo === null
      ? `• ${foreign(label)}: not linked. ${isFound ? `Send \`/baton link\`, or ${orElse}.` : byId}`
      : [
          `• ${foreign(label)}: linked to ${foreign(linkedTo)}, with ${chats === 1 ? '1 chat' : `${chats} chats`}.`,
          ...(blocked ? [blockedText(foreign(label), unblocker)] : []),
          linkedText(how, since),
        ]
          .filter((part) => part !== null)
          .join(' '),
  )
  const linked = accounts.filter(({ linkedTo }) => linkedTo !== null).map(({ id }) => id)
  const isLinked = linked.length > 0
  const undo = isLinked ? [undoLinkText(linked)] : []
  const may =
    isLinked || standing.role !== 'agent'
      ? standingText(standing, admins)
      : 'Once you are linked to a user of the inbox, you can claim chats.'
  const here = away === null ? [] : [youAreAwayText(away)]
  const text = [`You are ${mention(user)}. ${may}`, ...here, ...lines, ...undo, ...stale].join('\n')
  return { text: fallback(text), blocks: [section(text)] }
}
