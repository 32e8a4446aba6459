import type { SlackMessage } from '../../../slack/model.ts'
import { useHere } from '../here.ts'
import { Shortcuts } from './shortcuts.tsx'

/** What Slack offers on a message: a thread, and the app's message shortcuts if it has any. */
export const MessageActions = (props: {
  readonly message: SlackMessage
  readonly openThread: ((ts: string) => void) | undefined
}) => {
  const { message, openThread } = props
  const { app } = useHere()
  if (openThread === undefined && app.shortcuts.every(({ type }) => type !== 'message')) return null
  return (
    <div className="message-actions">
      {openThread === undefined ? null : (
        <button type="button" onClick={() => openThread(message.ts)}>
          Reply in Thread
        </button>
      )}
      <Shortcuts on={message} />
    </div>
  )
}
