import type { types } from '@slack/bolt'
import { plain, visible } from '../mrkdwn.ts'
import { encodeReceiver, type Receiver } from '../values.ts'

export interface ReceiverFacts extends Receiver {
  readonly name: string
  /** Null where only one can be meant. */
  readonly accountLabel: string | null
}

// Slack's limits for the menus of forms.
const maxOptions = 100
const maxOptionLength = 75

export const receiverOptions = (receivers: readonly ReceiverFacts[]): types.PlainTextOption[] =>
  receivers.slice(0, maxOptions).map(({ account, user, name, accountLabel }) => ({
    text: plain(visible(name), maxOptionLength),
    ...(accountLabel === null ? {} : { description: plain(accountLabel, maxOptionLength) }),
    value: encodeReceiver({ account, user }),
  }))
