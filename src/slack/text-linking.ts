import type { LinkedHow } from '../routing/audit.ts'
import type { Instant, SlackUserId } from '../routing/ids.ts'
import { foreign, mention, slackDate } from './mrkdwn.ts'
import { anAdmin, listed, outsiderText } from './text.ts'
import { lookUpFailedText } from './text-problems.ts'

/** What Baton says about who is who at the provider. */

export interface LinkContext {
  readonly provider: string
  readonly admins: readonly SlackUserId[]
}

/** How far a person's own linking (`/baton link`, or the first claim) has come. */
export type SelfLink =
  | { readonly kind: 'looking-up' }
  | { readonly kind: 'linked'; readonly name: string }
  | { readonly kind: 'linked-already'; readonly name: string }
  | { readonly kind: 'no-email' }
  | { readonly kind: 'nobody'; readonly email: string }
  | { readonly kind: 'several'; readonly email: string }
  | { readonly kind: 'blocked'; readonly name: string }
  | { readonly kind: 'taken'; readonly name: string; readonly by: SlackUserId }
  | { readonly kind: 'undone' }
  /** A guest, a bot, a deactivated person, or somebody of another workspace. */
  | { readonly kind: 'not-eligible' }
  /** The provider cannot tell who its users are. */
  | { readonly kind: 'no-directory' }
  | { readonly kind: 'provider-failed'; readonly reason: string }

export const selfLinkText = (link: SelfLink, { provider, admins }: LinkContext): string => {
  const ask = `ask ${anAdmin(admins)} to link you`
  switch (link.kind) {
    case 'looking-up':
      return `Looking for you in ${provider} by your e-mail address. You will get a message in a moment.`
    case 'linked':
      return `You are now linked to ${foreign(link.name)} in ${provider}, who has your e-mail address. If that is not you, send \`/baton unlink\`.`
    case 'linked-already':
      return `You are linked to ${foreign(link.name)} in ${provider} already. To change that, send \`/baton unlink\` first.`
    case 'no-email':
      return `Slack does not show Baton your e-mail address, so it cannot find you in ${provider}. Please ${ask}.`
    case 'nobody':
      return `Nobody in ${provider} has your e-mail address ${foreign(link.email)}. Put it into your profile there and send \`/baton link\` again, or ${ask}.`
    case 'several':
      return `Several people in ${provider} have your e-mail address ${foreign(link.email)}, so Baton does not guess. Please ${ask}.`
    case 'blocked':
      return `${foreign(link.name)} has your e-mail address, but is blocked or deleted in ${provider}. Have the user unblocked there and send \`/baton link\` again, or ${ask}.`
    case 'taken':
      return `${foreign(link.name)} in ${provider} has your e-mail address, but is linked to ${mention(link.by)} already. Please sort it out with ${anAdmin(admins)}.`
    case 'undone':
      return `You were unlinked in ${provider}, so Baton does not link you by itself. Send \`/baton link\` to be found by your e-mail address, or ${ask}.`
    case 'not-eligible':
      return outsiderText(admins)
    case 'no-directory':
      return `${provider} does not tell Baton who its users are. Please ${ask}: with \`/baton link\`, your name with @, and the id that you have in ${provider}.`
    case 'provider-failed':
      return `Baton could not look for you. ${lookUpFailedText(link.reason, provider)}`
    default:
      return link satisfies never
  }
}

const howLinked: Readonly<Record<LinkedHow, string>> = {
  email: 'by your e-mail address',
  admin: 'by an admin',
  file: 'by an imported list',
  moved: 'by your e-mail address, when your user there was made anew',
}

/** How somebody came to be linked; null where nobody has kept it. */
export const linkedText = (how: LinkedHow | null, since: Instant | null): string | null =>
  how === null && since === null
    ? null
    : `Linked${how === null ? '' : ` ${howLinked[how]}`}${since === null ? '' : ` since ${slackDate(since)}`}.`

/** How to undo that. @param accounts the names of those where the person is linked */
export const undoLinkText = (accounts: readonly string[]): string => {
  const [one, another] = accounts
  return one === undefined || another === undefined
    ? 'To undo the link, send `/baton unlink`.'
    : `To undo all these links, send \`/baton unlink\`; to undo one, add the name of its account, as in \`/baton unlink ${one}\`.`
}

/** How linking somebody else (`/baton link @person <id or e-mail>`) ended. */
export type AdminLink =
  | { readonly kind: 'linked'; readonly person: SlackUserId; readonly name: string }
  | { readonly kind: 'admins-only' }
  | { readonly kind: 'usage' }
  /** There are several, and none was named. */
  | { readonly kind: 'which-account'; readonly accounts: readonly string[] }
  | { readonly kind: 'person-unknown'; readonly tried: string }
  | { readonly kind: 'person-not-eligible'; readonly person: SlackUserId }
  | { readonly kind: 'user-unknown'; readonly tried: string }
  | { readonly kind: 'user-blocked'; readonly name: string }
  | { readonly kind: 'taken'; readonly name: string; readonly by: SlackUserId }
  | { readonly kind: 'provider-failed'; readonly reason: string }

export const adminLinkText = (link: AdminLink, { provider, admins }: LinkContext): string => {
  switch (link.kind) {
    case 'linked':
      return `${mention(link.person)} is now linked to ${foreign(link.name)} in ${provider}.`
    case 'admins-only':
      return `Only admins can link other people. Ask ${anAdmin(admins)}, or send \`/baton link\` to link yourself.`
    case 'usage':
      return `To link somebody, send \`/baton link @person\` followed by their id or e-mail address in ${provider}.`
    case 'which-account':
      return `Say in which account: send \`/baton link @person\`, their id or e-mail address, and then one of ${listed(link.accounts, 'or')}.`
    case 'person-unknown':
      return `Baton does not know who ${foreign(link.tried)} is. Mention the person with @, and choose them from Slack's list.`
    case 'person-not-eligible':
      return `${mention(link.person)} is a guest, a bot, deactivated or of another workspace, and cannot take chats. Choose a full member.`
    case 'user-unknown':
      return `Nobody in ${provider} has the id or e-mail address ${foreign(link.tried)}. Look it up in ${provider}'s list of users and try again.`
    case 'user-blocked':
      return `${foreign(link.name)} is blocked or deleted in ${provider}. Unblock the user there first, then try again.`
    case 'taken':
      return `${foreign(link.name)} in ${provider} is linked to ${mention(link.by)} already. They must be unlinked first.`
    case 'provider-failed':
      return `Baton could not look the user up. ${lookUpFailedText(link.reason, provider)}`
    default:
      return link satisfies never
  }
}

/** What became of `/baton unlink`. */
export type Unlink =
  | { readonly kind: 'unlinked'; readonly person: SlackUserId | 'you'; readonly name: string }
  | { readonly kind: 'was-not-linked'; readonly person: SlackUserId }
  | { readonly kind: 'admins-only' }

export const unlinkText = (unlink: Unlink, { provider, admins }: LinkContext): string => {
  switch (unlink.kind) {
    case 'unlinked':
      if (unlink.person === 'you')
        return `You are no longer linked to ${foreign(unlink.name)} in ${provider}. Chats you have stay yours there until somebody else takes them. You are linked again when you next ask for a chat, send \`/baton link\`, or an admin links you.`
      return `${mention(unlink.person)} is no longer linked to ${foreign(unlink.name)} in ${provider}. Chats they have stay theirs there until somebody else takes them. They are linked again when they next ask for a chat, send \`/baton link\`, or you link them.`
    case 'was-not-linked':
      return `${mention(unlink.person)} is not linked to anybody in ${provider}, so there is nothing to undo.`
    case 'admins-only':
      return `Only admins can unlink other people. Ask ${anAdmin(admins)}, or send \`/baton unlink\` to unlink yourself.`
    default:
      return unlink satisfies never
  }
}

/** Somebody else has to be found at the provider before the request can go on. */
export const linkingOtherText = (who: SlackUserId, provider: string): string =>
  `Looking for ${mention(who)} in ${provider} by their e-mail address first. You will get a message in a moment.`
