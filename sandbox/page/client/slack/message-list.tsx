import { memo, useEffect, useRef, useState } from 'react'
import type { SlackMessage } from '../../../slack/model.ts'
import { Message } from './message.tsx'

/** How many messages are shown at first, and how many more each time the top is reached. */
const step = 60

const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const dayOf = (ts: string): string => new Date(Number(ts) * 1000).toDateString()

const sameHandMs = 5 * 60_000

/** Whether it is shown under the one before without repeating who wrote it. */
const goesOn = (message: SlackMessage, before: SlackMessage | undefined): boolean =>
  before !== undefined &&
  before.user === message.user &&
  before.ephemeralTo === message.ephemeralTo &&
  dayOf(before.ts) === dayOf(message.ts) &&
  (Number(message.ts) - Number(before.ts)) * 1000 < sameHandMs

/** The newest at the bottom, where it stays while news comes; older ones are shown when somebody goes up to them. */
export const MessageList = memo(
  (props: {
    readonly label: string
    readonly messages: readonly SlackMessage[]
    readonly replies: ReadonlyMap<string, readonly SlackMessage[]>
    readonly openThread?: (ts: string) => void
  }) => {
    const { messages, replies, openThread } = props
    const [shown, setShown] = useState(step)
    const top = useRef<HTMLDivElement>(null)
    const first = Math.max(0, messages.length - shown)
    const hidden = first > 0

    useEffect(() => {
      if (!hidden || top.current === null) return
      const observer = new IntersectionObserver((entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setShown((before) => before + step)
      })
      observer.observe(top.current)
      return () => observer.disconnect()
    })

    return (
      // A reversed column keeps its distance from the bottom by itself, whatever is added on either end.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      <div className="scroll" role="log" aria-label={props.label} tabIndex={0}>
        <div className="messages">
          <div ref={top} className="messages-top">
            {hidden ? (
              <button type="button" onClick={() => setShown(shown + step)}>
                Show Older Messages ({first})
              </button>
            ) : messages.length === 0 ? (
              <p>Nothing here yet.</p>
            ) : null}
          </div>
          {messages.slice(first).map((message, index) => {
            const before = messages[first + index - 1]
            const newDay = before === undefined || dayOf(before.ts) !== dayOf(message.ts)
            return (
              <div key={message.ts} className="row">
                {newDay ? (
                  <p className="day">
                    <span>{dayFormat.format(Number(message.ts) * 1000)}</span>
                  </p>
                ) : null}
                <Message
                  message={message}
                  goesOn={goesOn(message, before)}
                  replyCount={replies.get(message.ts)?.length ?? 0}
                  openThread={openThread}
                />
              </div>
            )
          })}
        </div>
      </div>
    )
  },
)
