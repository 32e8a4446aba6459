import type { SlackMessage } from '../../../slack/model.ts'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'

const noReplies: ReadonlyMap<string, readonly SlackMessage[]> = new Map()

export const Thread = (props: {
  readonly root: SlackMessage
  readonly replies: readonly SlackMessage[]
  readonly close: () => void
}) => {
  const { root, replies, close } = props
  return (
    <aside className="thread" aria-label="Thread">
      <header className="bar">
        <h2>Thread</h2>
        <button type="button" className="quiet" onClick={close}>
          Close
        </button>
      </header>
      <MessageList label="Messages in this thread" messages={[root, ...replies]} replies={noReplies} />
      <Composer channel={root.channel} threadTs={root.ts} label="Reply in this thread" />
    </aside>
  )
}
