import { isRecord } from '../../../slack/json.ts'
import type { InlineProps } from './inline.tsx'
import { Mrkdwn } from './mrkdwn.tsx'
import { PlainText } from './plain-text.tsx'
import { Problem } from './problem.tsx'

/** A composition object `plain_text` or `mrkdwn`. */
export const TextObject = ({ value, ...shared }: InlineProps & { readonly value: unknown }) => {
  if (!isRecord(value) || typeof value.text !== 'string') return <Problem what="this text" source={value} />
  switch (value.type) {
    case 'plain_text':
      return <PlainText text={value.text} emoji={value.emoji !== false} />
    case 'mrkdwn':
      return <Mrkdwn text={value.text} verbatim={value.verbatim === true} {...shared} />
    default:
      return <Problem what={`a text of type “${String(value.type)}”`} source={value} />
  }
}
