import { useId } from 'react'
import { isRecord, type JsonRecord, stringOrEmpty } from '../../../slack/json.ts'
import { valueElement } from './element.tsx'
import type { Host, InputLabels } from './host.ts'
import { Problem } from './problem.tsx'
import { TextObject } from './text-object.tsx'

/** A field of a form, tied to its label, its hint and what is wrong with it. */
export const InputBlock = ({
  host,
  blockId,
  block,
}: {
  readonly host: Host
  readonly blockId: string
  readonly block: JsonRecord
}) => {
  const id = useId()
  const { names, errorOf } = host
  const { element, label, hint, optional } = block
  if (!isRecord(element)) return <Problem what="an input without an element" source={block} />
  const type = stringOrEmpty(element.type)
  const error = errorOf(blockId)
  const hintId = hint === undefined ? undefined : `${id}-hint`
  const errorId = error === null ? undefined : `${id}-error`
  const labels: InputLabels = {
    labelId: `${id}-label`,
    inputId: `${id}-input`,
    descriptionIds: [errorId, hintId].filter((each) => each !== undefined).join(' ') || undefined,
    isInvalid: error !== null,
    isRequired: optional !== true,
    dispatches: block.dispatch_action === true,
  }
  const field = { blockId, actionId: stringOrEmpty(element.action_id) }
  const control = valueElement(type, { host, field, element, labels })
  const isGroup = type === 'radio_buttons' || type === 'checkboxes'
  const labelText = (
    <>
      <TextObject value={label} names={names} />
      {optional === true && <span className="bk-optional"> (optional)</span>}
    </>
  )

  return (
    <div className="bk-input" data-invalid={error !== null || undefined}>
      {isGroup ? (
        <div id={labels.labelId} className="bk-label">
          {labelText}
        </div>
      ) : (
        <label id={labels.labelId} className="bk-label" htmlFor={labels.inputId}>
          {labelText}
        </label>
      )}
      {control ?? <Problem what={`an element of type “${type}” in a form`} source={element} />}
      <div role="alert" id={errorId} className="bk-error">
        {error}
      </div>
      {hintId !== undefined && (
        <div id={hintId} className="bk-hint">
          <TextObject value={hint} names={names} />
        </div>
      )}
    </div>
  )
}
