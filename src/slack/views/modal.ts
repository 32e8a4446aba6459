import type { types } from '@slack/bolt'
import { callbackIds } from '../ids.ts'
import { mrkdwn, plain } from '../mrkdwn.ts'
import type { Reply } from '../surface.ts'
import { surfaceText } from '../text-surface.ts'
import { section } from './message.ts'

// Slack's limit for a modal's title and buttons.
export const label = (text: string): types.PlainTextElement => plain(text, 24)

/** A modal that only says something: an answer, or that there is nothing to choose from. */
export const textModal = (title: string, text: string): types.ModalView => {
  const blocks: types.KnownBlock[] = [section(text)]
  return {
    type: 'modal',
    callback_id: callbackIds.message,
    title: label(title),
    close: label('Close'),
    blocks,
  }
}

/** What became of a form, in its place. Without controls: those of the card and of messages do the same. */
export const answerModal = (title: string, { text, blocks }: Omit<Reply, 'kind'>): types.ModalView => {
  const modal = textModal(title, text)
  return blocks === undefined ? modal : { ...modal, blocks: blocks.filter(({ type }) => type !== 'actions') }
}

/** Why a form was not carried out, on top of it. What was typed stays, since inputs keep their ids. */
export const formProblem = (problem: string | null): types.KnownBlock[] =>
  problem === null
    ? []
    : [
        { type: 'alert', level: 'error', text: plain(surfaceText.nothingChanged, 200) },
        { type: 'section', text: mrkdwn(problem) },
      ]

interface Menu {
  readonly blockId: string
  readonly actionId: string
  readonly label: string
  readonly placeholder: string
  readonly focus: boolean
}

/** A menu whose options Baton delivers while the person types; all of them before the first letter. */
export const menu = ({ blockId, actionId, label: text, placeholder, focus }: Menu): types.InputBlock => ({
  type: 'input',
  block_id: blockId,
  label: plain(text, 2000),
  element: {
    type: 'external_select',
    action_id: actionId,
    min_query_length: 0,
    placeholder: plain(placeholder, 150),
    focus_on_load: focus,
  },
})

/** An input of one line or more, a date, or a list that is short enough to be part of the view. */
export const input = (args: {
  readonly blockId: string
  readonly label: string
  readonly hint: string | null
  readonly required: boolean
  readonly element: types.InputBlock['element']
}): types.InputBlock => ({
  type: 'input',
  block_id: args.blockId,
  optional: !args.required,
  label: plain(args.label, 2000),
  ...(args.hint === null ? {} : { hint: plain(args.hint, 2000) }),
  element: args.element,
})

interface Lines {
  readonly blockId: string
  readonly actionId: string
  readonly label: string
  readonly hint: string
}

const maxTextLength = 1000

/** Text of several lines that may be left out. */
export const lines = ({ blockId, actionId, label: text, hint }: Lines): types.InputBlock => ({
  type: 'input',
  block_id: blockId,
  optional: true,
  label: plain(text, 2000),
  hint: plain(hint, 2000),
  element: {
    type: 'plain_text_input',
    action_id: actionId,
    multiline: true,
    max_length: maxTextLength,
  },
})
