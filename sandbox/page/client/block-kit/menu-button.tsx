import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { PlainText } from './plain-text.tsx'

export interface MenuEntry {
  readonly key: string
  readonly text: string
  readonly description?: string | undefined
  readonly choose: () => void
}

/** A button that opens a menu (ARIA's menu button pattern). */
export const MenuButton = (props: {
  readonly label: string
  /** What is seen of the button. */
  readonly face: string
  readonly disabled?: boolean
  readonly entries: readonly MenuEntry[]
}) => {
  const { label, face, disabled = false, entries } = props
  const [activeIndex, setActiveIndex] = useState<number | null>(null)
  const menuId = useId()
  const button = useRef<HTMLButtonElement>(null)
  const items = useRef<HTMLDivElement>(null)
  const isOpen = activeIndex !== null

  useEffect(() => {
    const item = activeIndex === null ? null : items.current?.children.item(activeIndex)
    if (item instanceof HTMLElement) item.focus()
  }, [activeIndex])

  const close = () => {
    setActiveIndex(null)
    button.current?.focus()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (activeIndex === null) return
    if (event.key === 'Tab') {
      setActiveIndex(null)
      return
    }
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') setActiveIndex((activeIndex + 1) % entries.length)
    else if (event.key === 'ArrowUp') setActiveIndex((activeIndex + entries.length - 1) % entries.length)
    else if (event.key === 'Home') setActiveIndex(0)
    else if (event.key === 'End') setActiveIndex(entries.length - 1)
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
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        aria-disabled={disabled || undefined}
        onClick={() => {
          if (!disabled) setActiveIndex(isOpen ? null : 0)
        }}
        onKeyDown={(event) => {
          if (disabled || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
          event.preventDefault()
          setActiveIndex(event.key === 'ArrowDown' ? 0 : entries.length - 1)
        }}
      >
        <span aria-hidden="true">{face}</span>
      </button>
      {isOpen && (
        <div
          ref={items}
          id={menuId}
          role="menu"
          aria-label={label}
          className="bk-popup"
          onKeyDown={onKeyDown}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (relatedTarget !== button.current && !currentTarget.contains(relatedTarget))
              setActiveIndex(null)
          }}
        >
          {entries.map(({ key, text, description, choose }, index) => (
            <button
              key={key}
              type="button"
              role="menuitem"
              tabIndex={index === activeIndex ? 0 : -1}
              className="bk-option"
              onClick={() => {
                close()
                choose()
              }}
            >
              <PlainText text={text} />
              {description !== undefined && <span className="bk-option-description">{description}</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
