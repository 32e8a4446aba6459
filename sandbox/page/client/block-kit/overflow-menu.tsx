import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { type JsonRecord, recordsIn, stringOrNull, textObjectText } from '../../../slack/json.ts'
import { useConfirmation } from './confirmation.tsx'
import type { ElementProps } from './host.ts'
import { PlainText } from './plain-text.tsx'

/** The menu behind three dots (ARIA's menu button pattern). */
export const OverflowMenu = ({ host, field, element }: ElementProps) => {
  const { confirmed, dialog } = useConfirmation(element, host)
  const [activeIndex, setActiveIndex] = useState<number | null>(null)
  const menuId = useId()
  const button = useRef<HTMLButtonElement>(null)
  const items = useRef<HTMLDivElement>(null)
  const options = recordsIn(element.options)
  const isOpen = activeIndex !== null

  useEffect(() => {
    const item = activeIndex === null ? null : items.current?.children.item(activeIndex)
    if (item instanceof HTMLElement) item.focus()
  }, [activeIndex])

  const close = () => {
    setActiveIndex(null)
    button.current?.focus()
  }

  const choose = (option: JsonRecord) => {
    close()
    confirmed(() => {
      const url = stringOrNull(option.url)
      if (url !== null) host.openLink?.(url)
      host.act({
        ...field,
        type: 'overflow',
        value: stringOrNull(option.value),
        optionText: textObjectText(option.text),
      })
    })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (activeIndex === null) return
    if (event.key === 'Tab') {
      setActiveIndex(null)
      return
    }
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') setActiveIndex((activeIndex + 1) % options.length)
    else if (event.key === 'ArrowUp') setActiveIndex((activeIndex + options.length - 1) % options.length)
    else if (event.key === 'Home') setActiveIndex(0)
    else if (event.key === 'End') setActiveIndex(options.length - 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="bk-overflow">
      <button
        ref={button}
        type="button"
        className="bk-button bk-overflow-button"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        aria-disabled={host.disabled || undefined}
        onClick={() => {
          if (!host.disabled) setActiveIndex(isOpen ? null : 0)
        }}
        onKeyDown={(event) => {
          if (host.disabled || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
          event.preventDefault()
          setActiveIndex(event.key === 'ArrowDown' ? 0 : options.length - 1)
        }}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {isOpen && (
        <div
          ref={items}
          id={menuId}
          role="menu"
          aria-label="More actions"
          className="bk-popup"
          onKeyDown={onKeyDown}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (relatedTarget !== button.current && !currentTarget.contains(relatedTarget))
              setActiveIndex(null)
          }}
        >
          {options.map((option, index) => (
            <button
              key={`${String(option.value)} ${textObjectText(option.text)}`}
              type="button"
              role="menuitem"
              tabIndex={index === activeIndex ? 0 : -1}
              className="bk-option"
              onClick={() => choose(option)}
            >
              <PlainText text={textObjectText(option.text)} />
              {option.description !== undefined && (
                <span className="bk-option-description">{textObjectText(option.description)}</span>
              )}
            </button>
          ))}
        </div>
      )}
      {dialog}
    </div>
  )
}
