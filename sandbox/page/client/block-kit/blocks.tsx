import { useState } from 'react'
import { stringOrEmpty } from '../../../slack/json.ts'
import { Block } from './block.tsx'
import './blocks.css'
import type { BlocksProps, FormValues } from './contract.ts'
import { type Host, keyOf } from './host.ts'
import { initialValue } from './initial-value.ts'
import { useKeptFocus } from './kept-focus.ts'

/**
 * Blocks of a message, a modal or a Home tab, as Slack would show them. What was entered is kept by the
 * caller in `values`, or else here while the block keeps its id; until then an element shows what the app
 * put there. The colours follow `color-scheme`.
 */
export const Blocks = (props: BlocksProps) => {
  const {
    blocks,
    surface,
    names,
    disabled = false,
    onAction,
    loadOptions,
    onChange,
    errors,
    openLink,
  } = props
  const [kept, setKept] = useState<FormValues>({})
  const values = props.values ?? kept
  const container = useKeptFocus<HTMLDivElement>(blocks)

  const host: Host = {
    surface,
    names,
    disabled,
    loadOptions,
    openLink,
    act: onAction,
    valueOf: ({ blockId, actionId }, element) => {
      const entered = values[blockId]?.[actionId]
      return entered === undefined ? initialValue(element) : entered
    },
    enter: ({ blockId, actionId }, value) => {
      const next = { ...values, [blockId]: { ...values[blockId], [actionId]: value } }
      setKept(next)
      onChange?.(next)
    },
    errorOf: (blockId) => errors?.[blockId] ?? null,
  }

  return (
    <div ref={container} tabIndex={-1} className="bk" data-surface={surface}>
      {blocks.map((block, index) => (
        <div key={keyOf(block.block_id, index)} className="bk-block" data-type={stringOrEmpty(block.type)}>
          <Block host={host} block={block} />
        </div>
      ))}
    </div>
  )
}
