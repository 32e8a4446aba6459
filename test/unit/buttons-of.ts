import type { MessageView } from '../../src/slack/views/message.ts'

/** Of all its actions blocks, as people see them. */
export const buttonsOf = ({ blocks }: MessageView) =>
  blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
export const labelsOf = (view: MessageView) =>
  buttonsOf(view).flatMap((each) => {
    if (each.type === 'overflow') return each.options.map(({ text }) => text.text)
    return each.type === 'button' ? each.text.text : each.type
  })
