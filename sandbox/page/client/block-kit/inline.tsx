import { type ReactNode, useEffect, useState } from 'react'
import type { BlocksProps, Names } from './contract.ts'
import { formatSlackDate } from './slack-date.ts'

/** Parts of a text that mrkdwn and rich text have in common. */

export interface InlineProps {
  readonly names: Names
  readonly openLink?: BlocksProps['openLink']
}

const followed = /^(?:https?|mailto|tel|slack):/i

export const Link = ({
  url,
  openLink,
  children,
}: {
  readonly url: string
  readonly openLink: BlocksProps['openLink']
  readonly children: ReactNode
}) =>
  followed.test(url) ? (
    <a
      className="bk-link"
      href={url}
      target="_blank"
      rel="noreferrer"
      onClick={(event) => {
        if (openLink === undefined) return
        event.preventDefault()
        openLink(url)
      }}
    >
      {children}
    </a>
  ) : (
    <span className="bk-link">{children}</span>
  )

export const Mention = ({
  kind,
  id,
  label = null,
  names,
}: {
  readonly kind: 'user' | 'channel' | 'usergroup'
  readonly id: string
  readonly label?: string | null
  readonly names: Names
}) => {
  const sign = kind === 'channel' ? '#' : '@'
  const shown = (names[kind](id) ?? label ?? id).replace(/^[@#]/, '')
  return (
    <span className="bk-mention" data-id={id}>
      {sign}
      {shown}
    </span>
  )
}

/** Loud on purpose: in Slack this would have called everybody. */
export const Ping = ({ range, label = null }: { readonly range: string; readonly label?: string | null }) => (
  <strong className="bk-ping">
    {label ?? `@${range}`}
    <span className="bk-ping-note"> pings everybody here</span>
  </strong>
)

const useNow = (changesMs: number | null): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (changesMs === null) return
    const timer = setInterval(() => setNow(Date.now()), changesMs)
    return () => clearInterval(timer)
  }, [changesMs])
  return now
}

export const SlackDate = ({
  timestampSeconds,
  format,
  url,
  fallback,
  openLink,
}: {
  readonly timestampSeconds: number
  readonly format: string
  readonly url: string | null
  readonly fallback: string | null
  readonly openLink: BlocksProps['openLink']
}) => {
  const isRelative = format.includes('{ago}') || format.includes('pretty}')
  const nowMs = useNow(isRelative ? 20_000 : null)
  const shown = formatSlackDate({ timestampSeconds, format, nowMs, locale: null, timeZone: null })
  if (shown === null) return <>{fallback ?? String(timestampSeconds)}</>
  const date = new Date(timestampSeconds * 1000)
  const time = (
    <time className="bk-date" dateTime={date.toISOString()} title={date.toLocaleString()}>
      {shown}
    </time>
  )
  return url === null ? (
    time
  ) : (
    <Link url={url} openLink={openLink}>
      {time}
    </Link>
  )
}
