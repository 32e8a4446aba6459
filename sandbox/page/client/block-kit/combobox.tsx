import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { OfferedOption } from './contract.ts'
import { useFocusOnLoad } from './focus-on-load.ts'
import type { InputLabels } from './host.ts'
import type { Offered } from './offered-options.ts'

interface ComboboxProps {
  readonly offered: Offered
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly typed: string | null
  /** Null: nothing is typed, and what is chosen is shown. */
  readonly onType: (typed: string | null) => void
  readonly chosen: readonly OfferedOption[]
  readonly isMultiple: boolean
  readonly maxChosen: number
  readonly onChoose: (option: OfferedOption) => void
  /** Null where a choice cannot be taken back. */
  readonly onRemove: ((option: OfferedOption) => void) | null
  readonly placeholder: string
  readonly labels: InputLabels | null
  readonly disabled: boolean
  readonly focusOnLoad: boolean
}

/**
 * A text field with a list of what fits (ARIA's combobox pattern): typing searches, arrows move, Enter
 * chooses, Escape closes the list and nothing else. The focus stays in the field.
 */
export const Combobox = (props: ComboboxProps) => {
  const { offered, isOpen, typed, chosen, isMultiple, labels, disabled, placeholder } = props
  const [activeIndex, setActiveIndex] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const popup = useRef<HTMLDivElement>(null)
  const id = useId()
  const groups = offered.kind === 'ready' ? offered.groups : []
  const options = groups.flatMap((group) => group.options)
  const isListed = isOpen && options.length > 0
  const active = isListed ? Math.min(activeIndex, options.length - 1) : null
  const single = isMultiple ? null : (chosen[0] ?? null)
  const isChosen = (option: OfferedOption) => chosen.some(({ value }) => value === option.value)
  const optionId = (index: number) => `${id}-option-${index}`
  const status = isOpen ? statusOf(offered, options.length, typed ?? '') : null

  useFocusOnLoad(field, props.focusOnLoad)
  useEffect(() => {
    if (isOpen) popup.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  useEffect(() => {
    if (active !== null) popup.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const open = () => {
    if (disabled || isOpen) return
    const chosenIndex = single === null ? 0 : options.findIndex(({ value }) => value === single.value)
    setActiveIndex(Math.max(0, chosenIndex))
    props.onOpenChange(true)
  }
  const close = () => {
    props.onOpenChange(false)
    props.onType(null)
  }
  const choose = (option: OfferedOption) => {
    if (disabled) return
    if (isMultiple && isChosen(option)) props.onRemove?.(option)
    else if (!isMultiple || chosen.length < props.maxChosen) props.onChoose(option)
    if (isMultiple) props.onType(null)
    else close()
  }
  const type = (text: string) => {
    if (disabled) return
    setActiveIndex(0)
    props.onType(text)
    props.onOpenChange(true)
    if (text === '' && single !== null) props.onRemove?.(single)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const lastChosen = chosen.at(-1)
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        const step = event.key === 'ArrowDown' ? 1 : options.length - 1
        if (!isOpen) open()
        else if (active !== null) setActiveIndex((active + step) % options.length)
        break
      }
      case 'Enter': {
        const option = active === null ? undefined : options[active]
        if (option === undefined) open()
        else choose(option)
        break
      }
      case 'Escape':
        if (!isOpen && typed === null) return
        close()
        break
      case 'Backspace':
        if (disabled || !isMultiple || (typed ?? '') !== '') return
        if (lastChosen !== undefined) props.onRemove?.(lastChosen)
        return
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="bk-combobox" data-open={isOpen || undefined}>
      {isMultiple && chosen.length > 0 && (
        <ul className="bk-chips" aria-label="Chosen">
          {chosen.map((option) => (
            <li key={option.value} className="bk-chip">
              {option.text}
              <button
                type="button"
                aria-label={`Remove ${option.text}`}
                aria-disabled={disabled || undefined}
                onClick={() => {
                  if (disabled) return
                  props.onRemove?.(option)
                  field.current?.focus()
                }}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        ref={field}
        id={labels?.inputId}
        className="bk-field"
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={isListed}
        aria-controls={isListed ? `${id}-list` : undefined}
        aria-activedescendant={active === null ? undefined : optionId(active)}
        aria-label={labels === null ? placeholder : undefined}
        aria-describedby={labels?.descriptionIds}
        aria-invalid={labels?.isInvalid || undefined}
        aria-required={labels?.isRequired || undefined}
        aria-disabled={disabled || undefined}
        placeholder={placeholder}
        value={typed ?? single?.text ?? ''}
        onChange={(event) => type(event.target.value)}
        onClick={open}
        onFocus={(event) => event.target.select()}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      <div ref={popup} className="bk-popup bk-combobox-popup" hidden={!isOpen}>
        {isListed && (
          <div
            id={`${id}-list`}
            role="listbox"
            tabIndex={-1}
            aria-label={labels === null ? placeholder : undefined}
            aria-labelledby={labels?.labelId}
            aria-multiselectable={isMultiple || undefined}
            // Otherwise the field would lose the focus, and the list close, before the click.
            onMouseDown={(event) => event.preventDefault()}
          >
            {groups.map(({ label, options: inGroup }, groupIndex) => {
              const before = groups.slice(0, groupIndex).reduce((sum, group) => sum + group.options.length, 0)
              const items = inGroup.map((option, index) => (
                <Option
                  key={option.value}
                  id={optionId(before + index)}
                  option={option}
                  isChosen={isChosen(option)}
                  isActive={before + index === active}
                  onChoose={() => choose(option)}
                />
              ))
              return label === null ? (
                items
              ) : (
                // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a listbox
                <div key={label} role="group" aria-label={label}>
                  <div className="bk-group-label" aria-hidden="true">
                    {label}
                  </div>
                  {items}
                </div>
              )
            })}
          </div>
        )}
        <div role="status" className="bk-status" data-kind={offered.kind}>
          {status}
        </div>
      </div>
    </div>
  )
}

const Option = ({
  id,
  option,
  isChosen,
  isActive,
  onChoose,
}: {
  readonly id: string
  readonly option: OfferedOption
  readonly isChosen: boolean
  readonly isActive: boolean
  readonly onChoose: () => void
}) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and takes the keys
  <div
    id={id}
    role="option"
    aria-selected={isChosen}
    tabIndex={-1}
    className="bk-option"
    data-active={isActive || undefined}
    onClick={onChoose}
  >
    <span>{option.text}</span>
    {option.description !== null && <span className="bk-option-description">{option.description}</span>}
  </div>
)

const statusOf = (offered: Offered, count: number, typed: string): string | null => {
  switch (offered.kind) {
    case 'loading':
      return 'Loading…'
    case 'too-short':
      return offered.missing === 1 ? 'Type one more letter.' : `Type ${offered.missing} more letters.`
    case 'failed':
      return `The options could not be loaded: ${offered.message}`
    case 'ready':
      if (count > 0) return count === 1 ? '1 option' : `${count} options`
      return typed === '' ? 'There is nothing to choose from.' : `No matches for “${typed}”.`
    default:
      return offered satisfies never
  }
}
