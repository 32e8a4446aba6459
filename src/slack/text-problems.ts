import type { ProviderProblem, RefusedProblem, RetryProblem } from '../providers/contract.ts'
import { needsAdmin } from '../routing/account-health.ts'
import { RESTORED } from '../routing/restored.ts'
import { foreign } from './mrkdwn.ts'

/** What Baton says of a provider that does not do what it was asked for: why, and what to do next. */

const slow: Readonly<Record<RetryProblem, (provider: string) => string>> = {
  unreachable: (provider) => `${provider} cannot be reached`,
  'timed-out': (provider) => `${provider} did not answer in time`,
  'server-error': (provider) => `${provider} has a fault of its own`,
  'unreadable-answer': (provider) => `${provider} gave an answer that Baton cannot read`,
  'rate-limited': (provider) => `${provider} asked for fewer requests`,
  queued: (provider) =>
    `${provider} still works on earlier requests about this customer and has queued this one`,
  'number-not-checked': (provider) => `${provider} has not checked yet whether the number uses the messenger`,
  paced: (provider) => `${provider} allows only so many requests at a time, so this one waits its turn`,
}

/** Whether it may be over by itself. */
export const isPassing = (reason: string): reason is RetryProblem => Object.hasOwn(slow, reason)

/** What is wrong, as part of a sentence that goes on. */
export const whyText = (problem: ProviderProblem, provider: string): string =>
  isPassing(problem) ? slow[problem](provider) : `${provider} refused`

/** Why an assignment has not gone through yet. Any reason is allowed; an unknown one is not repeated. */
export const delayText = (reason: string, provider: string): string =>
  `${isPassing(reason) ? slow[reason](provider) : `${provider} is taking longer than usual`}. Baton keeps trying, so there is nothing to do.`

const gaveUp = (reason: RetryProblem, provider: string): string =>
  `${slow[reason](provider)}, and Baton has stopped trying. Try again in a few minutes, or assign the chat in ${provider} itself.`

const refusals: Readonly<Record<RefusedProblem, (provider: string) => string>> = {
  'token-refused': (provider) =>
    `${provider} does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, work in ${provider} itself.`,
  'channel-not-authorized': (provider) =>
    `${provider} says that the customer's channel is not connected. An admin must connect it again in ${provider}; then try once more.`,
  'chat-not-found': (provider) =>
    `${provider} does not know this chat. It may have been deleted there, or the number is not right: look for the customer in ${provider}.`,
  'invalid-chat-key': (provider) =>
    `${provider} does not accept this number or id. Check it; if this is a group chat, answer it in ${provider} itself.`,
  'user-not-found': (provider) =>
    `${provider} does not know the user or group that should get this chat. A user is linked anew with \`/baton link\`, the id of a group is in Baton's settings. Then try once more.`,
  'user-not-active': (provider) =>
    `The user who should get this chat is blocked or deleted in ${provider}. Give the chat to somebody else, or have them unblocked there.`,
  'conversation-closed': (provider) =>
    `The conversation is closed in ${provider}, and nobody can be given a closed one. Open it there, or in the form of its contact; then try once more.`,
  'not-allowed': (provider) =>
    `${provider} does not let Baton's access token do this. An admin must give the token an administrator's role there; then try once more.`,
  'no-account-on-number': (provider) =>
    `Nobody uses the messenger under this number, says ${provider}. Check the number, and ask the customer for another one if it is right.`,
  'contact-exists': (provider) =>
    `${provider} already has another contact with these details, such as the same number or CRM id. Look it up there, or use other details.`,
  'value-missing': (provider) =>
    `${provider} needs a value that was left empty. Fill it in and try once more.`,
  'value-too-long': (provider) =>
    `${provider} does not take a text of this length. Shorten it and try once more.`,
  'value-invalid': (provider) =>
    `${provider} does not accept one of the values. Check them, and try once more.`,
  'refused-otherwise': (provider) =>
    `${provider} refused without a reason that Baton knows. Try once more; if it stays so, assign the chat in ${provider} itself and tell an admin.`,
}

/** Why somebody could not be looked up when it was Slack that did not answer, not the provider. */
export const SLACK_UNAVAILABLE = 'slack-unavailable'

/**
 * Why Slack did not say who somebody is, or the provider who its users are. Any reason is allowed; an
 * unknown one is not repeated.
 */
export const lookUpFailedText = (reason: string, provider: string): string => {
  if (needsAdmin(reason)) return problemText(reason, provider)
  const why =
    reason === SLACK_UNAVAILABLE
      ? 'Slack did not say who that is'
      : isPassing(reason)
        ? slow[reason](provider)
        : `${provider} refused to list its users`
  return `${why}. Please send the command again in a few minutes; if it stays so, tell an admin.`
}

/** A customer was looked for at a provider that could not be asked. */
export const notAskedText = (text: string, problem: ProviderProblem, provider: string): string =>
  `Baton has no chat for “${foreign(text)}”, and could not ask ${provider}: ${
    isPassing(problem)
      ? `${slow[problem](provider)}. Please try again in a few minutes.`
      : problemText(problem, provider)
  }`

const isRefusal = (reason: string): reason is RefusedProblem => Object.hasOwn(refusals, reason)

/** Why an assignment came to nothing. Any reason is allowed; an unknown one is not repeated. */
export const problemText = (reason: string, provider: string): string => {
  if (isPassing(reason)) return gaveUp(reason, provider)
  if (reason === RESTORED) return restoredText(provider)
  return refusals[isRefusal(reason) ? reason : 'refused-otherwise'](provider)
}

const restoredText = (provider: string): string =>
  `Baton goes on from a backup that was made before ${provider} had answered, and sends nothing twice. Look at the card who has the chat, and ask again if it should be somebody else.`

/** Everything that has a sentence here. */
export const problems: readonly string[] = [...Object.keys(slow), ...Object.keys(refusals), RESTORED]
