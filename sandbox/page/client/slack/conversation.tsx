import { useCallback, useMemo, useState } from 'react'
import type { SlackMessage, SlackView } from '../../../slack/model.ts'
import { useHere } from '../here.ts'
import type { ChannelMessages } from '../screen.ts'
import { Composer } from './composer.tsx'
import { Home } from './home.tsx'
import { MessageList } from './message-list.tsx'
import { channelTitle } from './sidebar.tsx'
import { Thread } from './thread.tsx'

const isReply = ({ threadTs, ts }: SlackMessage): boolean => threadTs !== null && threadTs !== ts

/** A channel's own messages, and the replies to each. */
const useThreads = (messages: ChannelMessages | undefined) =>
  useMemo(() => {
    const roots: SlackMessage[] = []
    const replies = new Map<string, readonly SlackMessage[]>()
    for (const message of messages?.values() ?? []) {
      if (isReply(message)) {
        const root = message.threadTs ?? ''
        replies.set(root, [...(replies.get(root) ?? []), message])
      } else roots.push(message)
    }
    return { roots, replies }
  }, [messages])

export const Conversation = (props: {
  readonly channel: string
  readonly messages: ChannelMessages | undefined
  readonly home: SlackView | null
}) => {
  const here = useHere()
  const { roots, replies } = useThreads(props.messages)
  const [threadTs, setThreadTs] = useState<string | null>(null)
  const channel = here.channels.find(({ id }) => id === props.channel)
  const isApp = channel?.kind === 'im' && channel.members.includes(here.app.botUserId)
  const [tab, setTab] = useState<'home' | 'messages'>('messages')
  const openThread = useCallback((ts: string) => setThreadTs(ts), [])
  if (channel === undefined) return <main className="conversation" />

  const title = channelTitle(channel, here)
  const canWrite = !channel.isArchived
  const root = roots.find(({ ts }) => ts === threadTs)
  return (
    <>
      <main className="conversation">
        <header className="bar">
          <h2>{channel.kind === 'public' || channel.kind === 'private' ? `#${title}` : title}</h2>
          <p>{isApp ? here.app.description : `${channel.members.length} members`}</p>
          {isApp && here.app.hasHome ? (
            <div className="tabs" role="tablist" aria-label={title}>
              {(['home', 'messages'] as const).map((each) => (
                <button
                  key={each}
                  type="button"
                  role="tab"
                  aria-selected={tab === each}
                  onClick={() => setTab(each)}
                >
                  {each === 'home' ? 'Home' : 'Messages'}
                </button>
              ))}
            </div>
          ) : null}
        </header>
        {isApp && tab === 'home' ? (
          <Home view={props.home} />
        ) : (
          <>
            <MessageList
              label={`Messages in ${title}`}
              messages={roots}
              replies={replies}
              openThread={openThread}
            />
            {canWrite ? (
              <Composer channel={channel.id} threadTs={null} label={`Message to ${title}`} />
            ) : (
              <p className="composer-absent">This channel is archived: nobody can write here.</p>
            )}
          </>
        )}
      </main>
      {root === undefined ? null : (
        <Thread root={root} replies={replies.get(root.ts) ?? []} close={() => setThreadTs(null)} />
      )}
    </>
  )
}
