import { mentionChannel } from './mrkdwn.ts'

/** What admins read of a channel that is not their organisation's alone. */

/** `provider` names the account where there are several. */
export const channelSharedText = (channel: string, provider: string): string =>
  `Baton posts no cards of ${provider}: people of another organisation read ${mentionChannel(channel)}. Stop sharing it, or give ${provider} another channel in Baton's settings; the cards follow. If others are to read them, set the account's allowSharedChannel to true in the accounts file.`

export const channelUsableText = (channel: string, provider: string): string =>
  `Baton posts the cards of ${provider} in ${mentionChannel(channel)} again. There is nothing left to do.`

/** Slack does not say whether it is shared. */
export const sharingNotToldText = (channel: string, code: string): string =>
  `Slack does not tell Baton whether ${mentionChannel(channel)} is shared with another organisation (${code}), so cards are posted there in any case. Install the app again with manifest.yml, which asks for channels:read and groups:read.`
