import type { ReactNode } from 'react'
import type { Channel } from '../../contract.ts'
import { type Address, searchOf } from '../address.ts'
import { type Here, useHere } from '../here.ts'
import { Avatar } from './avatar.tsx'

/** The one other member of a direct conversation. */
const otherMember = (channel: Channel, { me, users }: Here) =>
  users.get(channel.members.find((member) => member !== me) ?? me)

export const channelTitle = (channel: Channel, here: Here): string => {
  switch (channel.kind) {
    case 'public':
    case 'private':
      return channel.name
    case 'im':
      return otherMember(channel, here)?.realName ?? channel.name
    case 'mpim':
      return channel.members.map((member) => here.users.get(member)?.realName ?? member).join(', ')
    default:
      return channel.kind satisfies never
  }
}

export const Sidebar = (props: {
  readonly channels: readonly Channel[]
  readonly unread: ReadonlyMap<string, number>
  readonly open: string
  readonly go: (change: Partial<Address>) => void
}) => {
  const here = useHere()
  const as = here.users.get(here.me)?.name ?? here.me
  const isApp = ({ kind, members }: Channel) => kind === 'im' && members.includes(here.app.botUserId)
  const shared = props.channels.filter(({ kind }) => kind === 'public' || kind === 'private')
  const direct = props.channels.filter((each) => !isApp(each) && (each.kind === 'im' || each.kind === 'mpim'))
  const apps = props.channels.filter(isApp)

  const line = (channel: Channel, sign: ReactNode) => {
    const count = props.unread.get(channel.id) ?? 0
    return (
      <li key={channel.id}>
        <a
          href={searchOf({ as, in: channel.id })}
          aria-current={channel.id === props.open ? 'page' : undefined}
          className={count > 0 ? 'unread' : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            props.go({ in: channel.id })
          }}
        >
          {sign}
          <span className="name">{channelTitle(channel, here)}</span>
          {channel.isArchived ? <span className="note">archived</span> : null}
          {channel.isExtShared ? <span className="note">shared</span> : null}
          {count > 0 ? (
            <span className="count">
              {count}
              <span className="unseen"> unread</span>
            </span>
          ) : null}
        </a>
      </li>
    )
  }
  const hash = (channel: Channel) => (
    <span aria-hidden="true" className="hash">
      {channel.kind === 'private' ? '◆' : '#'}
    </span>
  )
  const face = (channel: Channel) => <Avatar small user={otherMember(channel, here)} />

  return (
    <nav className="sidebar" aria-label="Conversations">
      <h2>Channels</h2>
      <ul>{shared.map((channel) => line(channel, hash(channel)))}</ul>
      {direct.length === 0 ? null : (
        <>
          <h2>Direct messages</h2>
          <ul>{direct.map((channel) => line(channel, face(channel)))}</ul>
        </>
      )}
      <h2>Apps</h2>
      <ul>{apps.map((channel) => line(channel, face(channel)))}</ul>
    </nav>
  )
}
