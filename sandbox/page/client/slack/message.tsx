import { memo, useEffect, useRef, useState } from 'react'
import type { SlackMessage } from '../../../slack/model.ts'
import { Blocks } from '../block-kit/blocks.tsx'
import type { ControlEvent, Json } from '../block-kit/contract.ts'
import { Mrkdwn } from '../block-kit/mrkdwn.tsx'
import { offeredOption } from '../control.ts'
import { useHere } from '../here.ts'
import { useTakes } from '../use-takes.ts'
import { Avatar } from './avatar.tsx'
import { MessageActions } from './message-actions.tsx'

const timeFormat = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })

/** Without AM or PM: the margin is narrow. */
const shortTime = (at: Date): string =>
  timeFormat
    .formatToParts(at)
    .map(({ type, value }) => (type === 'dayPeriod' ? '' : value))
    .join('')
    .trim()

const blocksIn = ({ blocks, attachments }: SlackMessage): readonly Json[] => [
  ...blocks,
  ...attachments.flatMap(({ blocks: inside }) => (Array.isArray(inside) ? inside : [])),
]

export const Message = memo(
  (props: {
    readonly message: SlackMessage
    /** Under a message of the same author, whose name is not repeated. */
    readonly goesOn: boolean
    readonly replyCount: number
    readonly openThread?: ((ts: string) => void) | undefined
  }) => {
    const { message, goesOn, replyCount, openThread } = props
    const { users, app } = useHere()
    const author = users.get(message.user)
    const isPrivate = message.ephemeralTo !== null
    const at = new Date(Number(message.ts) * 1000)
    return (
      <article
        className={`message${goesOn ? ' goes-on' : ''}${isPrivate ? ' private' : ''}`}
        data-ts={message.ts}
      >
        <div className="margin">
          {goesOn ? null : <Avatar user={author} />}
          {goesOn ? <time dateTime={at.toISOString()}>{shortTime(at)}</time> : null}
        </div>
        <div className="body">
          {isPrivate ? (
            <p className="only-you">
              <span aria-hidden="true">◉ </span>Only visible to you
            </p>
          ) : null}
          {goesOn ? null : (
            <p className="author">
              <strong>{author?.realName ?? message.user}</strong>
              {message.user === app.botUserId ? <span className="app-mark">APP</span> : null}
              <time dateTime={at.toISOString()}>{timeFormat.format(at)}</time>
            </p>
          )}
          <MessageBody message={message} />
          {replyCount > 0 && openThread !== undefined ? (
            <button type="button" className="replies" onClick={() => openThread(message.ts)}>
              {replyCount === 1 ? '1 reply' : `${replyCount} replies`}
            </button>
          ) : null}
        </div>
        {isPrivate ? null : <MessageActions message={message} openThread={openThread} />}
      </article>
    )
  },
)

/** A message that changes is seen to change. */
const useShownChange = (version: string | null) => {
  const ref = useRef<HTMLDivElement>(null)
  const seen = useRef(version)
  useEffect(() => {
    if (seen.current === version) return
    seen.current = version
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
    ref.current?.animate([{ backgroundColor: 'var(--changed)' }, {}], { duration: 2_500, easing: 'ease-out' })
  }, [version])
  return ref
}

const MessageBody = ({ message }: { readonly message: SlackMessage }) => {
  const { control, names, openLink } = useHere()
  const takes = useTakes()
  const card = useShownChange(message.editedTs)
  const [busy, setBusy] = useState(false)
  const on = { channel: message.channel, ts: message.ts }
  const blocks = blocksIn(message)

  const onAction = async ({ blockId, actionId, type, value }: ControlEvent) => {
    setBusy(true)
    // A window may be behind: Slack sends on what the person saw and clicked. Only buttons can be sent so.
    const forged = type === 'button'
    const chosen = value === null ? {} : { value }
    await takes(control.act({ do: 'click', on, element: actionId, block: blockId, forged, ...chosen }))
    setBusy(false)
  }
  const loadOptions = async (element: string, typed: string) => {
    const { options } = await control.act({ do: 'options', on, element, typed })
    return options.map(offeredOption)
  }

  if (blocks.length === 0) {
    return (
      <div className="said">
        <Mrkdwn text={message.text} names={names} />
        {message.editedTs === null ? null : <span className="edited"> (edited)</span>}
      </div>
    )
  }
  return (
    <div ref={card} className="card" aria-busy={busy}>
      <Blocks
        blocks={blocks}
        surface="message"
        names={names}
        disabled={busy}
        onAction={(event) => void onAction(event)}
        loadOptions={loadOptions}
        openLink={openLink}
      />
    </div>
  )
}
