import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useHere } from '../here.ts'
import { useTakes } from '../use-takes.ts'
import { type Completion, commandIn, complete, encodeMessage, type Suggestion } from './completion.ts'
import { Shortcuts } from './shortcuts.tsx'

/** Where people write messages and, outside of threads, commands. */
export const Composer = (props: {
  readonly channel: string
  readonly threadTs: string | null
  readonly label: string
}) => {
  const { channel, threadTs, label } = props
  const { app, users, control } = useHere()
  const takes = useTakes()
  const people = [...users.values()]
  const [text, setText] = useState('')
  const [completion, setCompletion] = useState<Completion | null>(null)
  const [active, setActive] = useState(0)
  const [note, setNote] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()

  const type = (next: string, caret: number) => {
    setText(next)
    setNote('')
    setActive(0)
    setCompletion(complete(next, caret, { commands: app.commands, people }))
  }

  const pick = ({ insert }: Suggestion) => {
    const caret = field.current?.selectionStart ?? text.length
    const before = `${text.slice(0, completion?.from ?? caret)}${insert} `
    // At once: the next key may follow at any moment.
    flushSync(() => {
      setText(before + text.slice(caret).replace(/^ /, ''))
      setCompletion(null)
    })
    field.current?.focus()
    field.current?.setSelectionRange(before.length, before.length)
  }

  const send = async () => {
    const command = commandIn(text)
    if (text.trim() === '') return
    setCompletion(null)
    if (command !== null && threadTs !== null) {
      return setNote(`${command.name} is not supported in threads. Sorry!`)
    }
    if (command !== null && !app.commands.some((each) => each.command === command.name)) {
      return setNote(`${command.name} is not a valid command.`)
    }
    setText('')
    const thread = threadTs === null ? {} : { threadTs }
    const act =
      command === null
        ? { do: 'say', channel, text: encodeMessage(text, people), ...thread }
        : { do: 'command', command: command.name, text: command.text, channel }
    const taken = await takes(control.act(act))
    // Whoever has typed on meanwhile keeps that.
    if (taken === null) setText((since) => (since === '' ? text : since))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (completion !== null) {
      const { suggestions } = completion
      const chosen = suggestions[active]
      const isWhole = chosen !== undefined && text.trim() === chosen.insert
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        const by = event.key === 'ArrowDown' ? 1 : suggestions.length - 1
        return setActive((active + by) % suggestions.length)
      }
      if (event.key === 'Escape') return setCompletion(null)
      if (chosen !== undefined && (event.key === 'Tab' || (event.key === 'Enter' && !isWhole))) {
        event.preventDefault()
        return pick(chosen)
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void send()
    }
  }

  const hint = (): string => {
    if (completion !== null) {
      const count = completion.suggestions.length
      return count === 1 ? '1 suggestion: Tab takes it.' : `${count} suggestions: ↑ ↓ choose, Tab takes.`
    }
    const typed = commandIn(text)
    const meant = app.commands.find(({ command }) => command === typed?.name)
    return meant === undefined ? '' : `${meant.command} ${meant.usageHint}: ${meant.description}`
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {completion === null ? null : (
        <div className="suggestions" id={`${id}-list`} role="listbox" aria-label="Suggestions">
          {completion.suggestions.map((each, index) => (
            // The field keeps the focus and says which option is active: options take no keys themselves.
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            <div
              key={each.insert}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(each)}
            >
              <strong>{each.title}</strong> <span className="hint">{each.hint}</span>
              <span className="description">{each.description}</span>
            </div>
          ))}
        </div>
      )}
      {threadTs === null ? <Shortcuts on={null} /> : null}
      <textarea
        ref={field}
        rows={1}
        value={text}
        placeholder={threadTs === null ? 'Write a message, or / for commands' : 'Reply'}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={completion === null ? undefined : `${id}-list`}
        aria-activedescendant={completion === null ? undefined : `${id}-${active}`}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => type(target.value, target.selectionStart)}
        onKeyDown={onKeyDown}
        onBlur={() => setCompletion(null)}
      />
      <button type="submit" className="send" disabled={text.trim() === ''}>
        Send
      </button>
      <p className={note === '' ? 'below' : 'below wrong'} id={`${id}-note`} role="status">
        {note === '' ? hint() : note}
      </p>
    </form>
  )
}
