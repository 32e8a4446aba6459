import { placedElements, readableText } from '../slack/elements.ts'
import { type JsonRecord, recordOrEmpty, recordsIn, stringOrEmpty, textObjectText } from '../slack/json.ts'
import type { SlackView, StateValues } from '../slack/model.ts'
import type { People } from '../slack/people.ts'

/** Blocks as a person reads them: names for mentions, times for dates, buttons in brackets. */
export interface ScreenText {
  blocks(blocks: readonly JsonRecord[], values?: StateValues): readonly string[]
  modal(view: SlackView): readonly string[]
}

export const createScreenText = (deps: {
  readonly people: Pick<People, 'user' | 'channel'>
  readonly now: () => number
}): ScreenText => {
  const { people, now } = deps

  const read = (mrkdwn: string): string =>
    mrkdwn
      .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => people.user(id)?.realName ?? id)
      .replace(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => `#${people.channel(id)?.name ?? id}`)
      .replace(/<!date\^(\d+)\^[^>]*>/g, (_, seconds: string) => timeOf(Number(seconds) * 1_000, now()))
      .replace(/<https?:[^|>]+\|([^>]+)>/g, '$1')
      .replace(/\*([^*\n]+)\*/g, '$1')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&')

  const linesOf = (text: string): readonly string[] => (text === '' ? [] : read(text).split('\n'))

  const block = (each: JsonRecord, values: StateValues): readonly string[] => {
    switch (each.type) {
      case 'section':
        return linesOf(textObjectText(each.text))
      case 'context':
        return recordsIn(each.elements).flatMap((element) => linesOf(stringOrEmpty(element.text)))
      case 'actions':
        return [recordsIn(each.elements).map(button).join('  ')]
      case 'alert':
        return linesOf(textObjectText(each.text)).map((line) => `! ${line}`)
      case 'input': {
        const { element } = each
        const entered =
          values[stringOrEmpty(each.block_id)]?.[stringOrEmpty(recordOrEmpty(element).action_id)]
        const shown = enteredText(entered) || textObjectText(recordOrEmpty(element).placeholder)
        return [`${textObjectText(each.label)}: ${shown === '' ? '(empty)' : shown}`]
      }
      case 'rich_text':
        return readableText(each)
          .split('\n')
          .map((line) => `> ${line}`)
      default:
        return linesOf(readableText(each))
    }
  }

  const blocks: ScreenText['blocks'] = (all, values = {}) => all.flatMap((each) => block(each, values))

  return {
    blocks,
    modal: ({ blocks: shown, source, values }) => [
      ...blocks(shown, values),
      [source.submit, source.close]
        .map(textObjectText)
        .filter((text) => text !== '')
        .map((text) => `[ ${text} ]`)
        .join('  '),
    ],
  }
}

/** The texts of the buttons that a person can press. */
export const buttonsIn = (blocks: readonly JsonRecord[]): readonly string[] =>
  placedElements(blocks).flatMap(({ element }) =>
    element.type === 'button' ? [textObjectText(element.text)] : [],
  )

const button = (element: JsonRecord): string => `[ ${textObjectText(element.text) || 'More'} ]`

const enteredText = (entered: JsonRecord | undefined): string =>
  stringOrEmpty(entered?.value) || textObjectText(recordOrEmpty(entered?.selected_option).text)

const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** As Slack shows `{date_short_pretty} {time}` to somebody in this machine's time zone. */
const timeOf = (atMs: number, nowMs: number): string =>
  new Date(atMs).toDateString() === new Date(nowMs).toDateString()
    ? `today ${clockTime.format(atMs)}`
    : dayAndTime.format(atMs)
