import { foreign, mentionChannel } from './mrkdwn.ts'

/** What Baton says when a command, a button or a form cannot be understood, or something breaks. */
export const surfaceText = {
  stillWorking: 'Still working on it. The answer follows here in a moment.',
  unknownControl:
    'This button is from an older version of Baton and does nothing any more. Send `/baton help` to see what works now.',
  triggerExpired: 'Slack took too long to open the form. Nothing was changed: please try once more.',
  malformed: 'Baton could not read that, and nothing was changed. Please try again from a fresh message.',
  otherWorkspace: 'Baton serves only the workspace it was installed in. Please ask a colleague there.',
  slackFailed: 'Slack did not take the answer. Send the command again to see how things stand.',
  noChats: 'You have no chats. `/claim next` takes the longest-waiting one.',
  noneWaiting: 'No chat is waiting right now. New ones show up in the channel as they arrive.',
  noReceivers:
    'Baton knows of nobody else who could have the chat. Colleagues show up here once they are users of the inbox, or an admin has linked them.',
  nothingChanged: 'Nothing was changed.',
  notAboutChat:
    "This message is not about a chat. Choose History on a chat's card or in its thread, or send `/chats history` with a number or name.",
  chooseChat: 'Please choose a chat.',
  chooseReceiver: 'Please choose a colleague.',
  receiverOfOtherAccount: 'This colleague is not in the account of the chat. Please choose another.',
  restarting: 'Baton is restarting. Nothing was changed: please try again in a few seconds.',
} as const

export const wentWrongText = (incident: string): string =>
  `Something went wrong on Baton's side, and it has been recorded. Please try again; if it happens again, give an admin this number: ${foreign(incident)}.`

export const unknownCommandText = (command: string, tried: string): string =>
  `Baton does not know “${foreign(`${command} ${tried}`)}”. Send \`/baton help\` to see what it can do.`

export const usageText = (command: 'claim' | 'handoff' | 'contact' | 'chats'): string => {
  switch (command) {
    case 'claim':
      return 'Send `/claim` to choose a chat, `/claim next` for the longest-waiting one, `/claim next 3` for three, or `/claim` with a number or name.'
    case 'handoff':
      return 'Send `/handoff` for a form, or `/handoff` with a number or name, then @colleague and, if you like, a note. With a question mark after @colleague they are asked first.'
    case 'contact':
      return 'Send `/contact` to choose one of your chats, or `/contact` with a number or name, to see and change what the inbox keeps about the customer.'
    case 'chats':
      return 'Send `/chats history` with a number or name to see who did what with a chat, when and why. Closed chats are found too.'
    default:
      return command satisfies never
  }
}

/** Who reads the note of a hand-off; these providers keep it as a comment. */
export const noteHint = (providers: readonly string[]): string => {
  const hint =
    'Your colleague gets it in a private message. Everybody can read it in the thread of the card, with phone numbers masked.'
  return providers.length === 0
    ? hint
    : `${hint} Staff can read it in ${providers.join(' and ')} too, as a comment.`
}

/** At the choice whether a hand-off waits for the customer, for chats of these providers. */
export const onReplyHint = (providers: readonly string[]): string =>
  `The last is for ${providers.join(' and ')}: the chat is assigned there once the customer has answered. Here your colleague has it at once.`

/** At the same choice, for a chat of a provider that cannot. */
export const cannotWaitText = (provider: string): string =>
  `${provider} cannot wait with an assignment. Choose another way.`

/** What was searched for; `text` is what the person typed. */
export interface Tried {
  readonly kind: 'phone' | 'key' | 'id' | 'email' | 'name' | 'nothing'
  readonly text: string
}

const searchedAs: Readonly<Record<Tried['kind'], string>> = {
  phone: 'as a phone number and as a chat id',
  key: 'as a chat id',
  id: 'as an id',
  email: 'as an e-mail address',
  name: "in customers' names and numbers",
  nothing: 'in every way it knows',
}

/** `among`: which chats were looked through. */
export const notFoundText = ({ kind, text }: Tried, among: 'open' | 'all' = 'open'): string =>
  `No ${among === 'open' ? 'open chat' : 'chat'} matches “${foreign(text)}”. Baton searched ${searchedAs[kind]}. Try the whole number with its country code, or part of the name.`

export const severalMatchText = (text: string, count: number): string =>
  `${count} chats match “${foreign(text)}”. Choose the one you mean, or add more of the name or number.`

/** `/handoff @colleague` by somebody who has more than one chat. */
export const whichOfYoursText = (count: number): string =>
  `Which of your ${count} chats? Choose one, or name the customer before the colleague: \`/handoff Ivan @colleague\`.`

/** Baton was not invited to the channel with this Slack id. */
export const notInChannelText = (channel: string): string =>
  `Baton is not in ${mentionChannel(channel)}, so it cannot post there. Invite it with \`/invite @Baton\` in that channel, or correct the channel's id in Baton's settings.`

export const receiverMissingText =
  'Who should get the chat? Mention a colleague with @, and choose them from the list that Slack shows.'

/** On a message that no longer stands for its chat. */
export const movedText = (link: string | null): string =>
  link === null
    ? 'This chat has a newer card further down in the channel. Use that one.'
    : `This chat has <${link}|a newer card>. Use that one.`
