import type { types } from '@slack/bolt'
import { clamp, plain, visible } from '../mrkdwn.ts'
import { encodeReceiver, type Receiver } from '../values.ts'

export interface ReceiverFacts extends Receiver {
  readonly name: string
  readonly away: boolean
  /** Null where only one can be meant. */
  readonly accountLabel: string | null
}

// Slack's limits for the menus of forms.
const maxOptions = 100
const maxOptionLength = 75

/** Whoever is away comes last. */
export const receiverOptions = (receivers: readonly ReceiverFacts[]): types.PlainTextOption[] =>
  [...receivers.filter(({ away }) => !away), ...receivers.filter(({ away }) => away)]
    .slice(0, maxOptions)
    .map(({ account, user, name, away, accountLabel }) => ({
      text: plain(
        `${clamp(visible(name), maxOptionLength - mark(away).length)}${mark(away)}`,
        maxOptionLength,
      ),
      ...(accountLabel === null ? {} : { description: plain(accountLabel, maxOptionLength) }),
      value: encodeReceiver({ account, user }),
    }))

const mark = (away: boolean): string => (away ? ' (away)' : '')
