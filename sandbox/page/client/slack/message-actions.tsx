import type { SlackMessage } from '../../../slack/model.ts'
import { useHere } from '../here.ts'
import { useTakes } from '../use-takes.ts'

/** What Slack offers on a message: a thread, and the app's message shortcuts if it has any. */
export const MessageActions = (props: {
  readonly message: SlackMessage
  readonly openThread: ((ts: string) => void) | undefined
}) => {
  const { message, openThread } = props
  const { app, control } = useHere()
  const takes = useTakes()
  const shortcuts = app.shortcuts.filter(({ type }) => type === 'message')
  if (openThread === undefined && shortcuts.length === 0) return null
  const on = { channel: message.channel, ts: message.ts }
  return (
    <div className="message-actions">
      {openThread === undefined ? null : (
        <button type="button" onClick={() => openThread(message.ts)}>
          Reply in Thread
        </button>
      )}
      {shortcuts.map(({ name, description, callbackId }) => (
        <button
          key={callbackId}
          type="button"
          title={description}
          onClick={() => void takes(control.act({ do: 'shortcut', callbackId, on }))}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
