import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { type Address, useAddress } from './address.ts'
import { createControl } from './control.ts'
import { type Here, HereContext } from './here.ts'
import type { Screen } from './screen.ts'
import { createScreenStore, type ScreenStore } from './screen-store.ts'
import { SidePanes } from './side/side-panes.tsx'
import { Conversation } from './slack/conversation.tsx'
import { Modal } from './slack/modal.tsx'
import { Sidebar } from './slack/sidebar.tsx'
import { TopBar } from './slack/top-bar.tsx'
import { Tip } from './tip.tsx'
import { Toasts } from './toasts.tsx'

type Go = (change: Partial<Address>) => void

export const App = () => {
  const [address, go] = useAddress()
  return (
    <Toasts>
      <Window key={address.as} address={address} go={go} />
    </Toasts>
  )
}

const Window = ({ address, go }: { readonly address: Address; readonly go: Go }) => {
  const [store] = useState(() => createScreenStore(address.as))
  const { screen, connected, heldBack } = useSyncExternalStore(store.subscribe, store.get)
  if (screen === null) {
    return (
      <main className="starting">
        <p>{connected ? 'One moment.' : 'Connecting to the sandbox. Is the demo running?'}</p>
      </main>
    )
  }
  return (
    <Desk
      screen={screen}
      store={store}
      connected={connected}
      heldBack={heldBack}
      channel={address.in}
      go={go}
      as={address.as}
    />
  )
}

/** The channel with most of the app's messages: the one with the cards. */
const firstChannel = ({ channels, messages, app }: Screen): string => {
  const shared = channels.filter(({ kind }) => kind === 'public' || kind === 'private')
  const written = (id: string) =>
    [...(messages.get(id)?.values() ?? [])].filter(({ user }) => user === app.botUserId).length
  const [best] = shared
    .map(({ id }) => ({ id, count: written(id) }))
    .sort((one, other) => other.count - one.count)
  return best?.id ?? channels[0]?.id ?? ''
}

const useHereOf = (screen: Screen, go: Go): Here => {
  const { me, app, users, usergroups, channels } = screen
  return useMemo(
    () => ({
      me,
      app,
      users,
      usergroups,
      channels,
      control: createControl(me),
      names: {
        user: (id) => users.get(id)?.realName ?? null,
        channel: (id) => channels.find((each) => each.id === id)?.name ?? null,
        usergroup: (id) => usergroups.get(id)?.handle ?? null,
        listUsers: () => [...users.values()].filter(({ isDeleted }) => !isDeleted).map(({ id }) => id),
        listChannels: () =>
          channels.filter(({ kind }) => kind === 'public' || kind === 'private').map(({ id }) => id),
      },
      openLink: (url) => {
        const permalink = /\.slack\.com\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})/.exec(url)
        if (permalink === null) window.open(url, '_blank', 'noopener')
        else {
          go({ in: permalink[1] ?? null })
          window.location.hash = `${permalink[2]}.${permalink[3]}`
        }
      },
    }),
    [me, app, users, usergroups, channels, go],
  )
}

const Desk = (props: {
  readonly screen: Screen
  readonly store: ScreenStore
  readonly connected: boolean
  readonly heldBack: number | null
  readonly channel: string | null
  readonly go: Go
  readonly as: string | null
}) => {
  const { screen, store, heldBack, go } = props
  const here = useHereOf(screen, go)
  const [fallback] = useState(() => firstChannel(screen))
  const channel = screen.channels.find(({ id, name }) => id === props.channel || name === props.channel)
  const open = channel?.id ?? fallback

  useEffect(() => {
    store.view(open)
  }, [store, open])

  const handle = screen.users.get(screen.me)?.name ?? screen.me
  useEffect(() => {
    if (props.as !== handle) go({ as: handle })
    document.title = `${screen.users.get(screen.me)?.realName ?? handle} · Baton’s sandbox`
  }, [props.as, handle, go, screen.users, screen.me])

  return (
    <HereContext value={here}>
      <div className="page">
        <TopBar heldBack={heldBack} store={store} channel={open} go={go} />
        <Notices screen={screen} connected={props.connected} heldBack={heldBack} resume={store.resume} />
        <Tip name={screen.users.get(screen.me)?.realName ?? handle} />
        <div className="panes">
          <Sidebar channels={screen.channels} unread={screen.unread} open={open} go={go} />
          <Conversation key={open} channel={open} messages={screen.messages.get(open)} home={screen.home} />
          <SidePanes screen={screen} />
        </div>
      </div>
      <Modal views={screen.modals} />
    </HereContext>
  )
}

const Notices = (props: {
  readonly screen: Screen
  readonly connected: boolean
  readonly heldBack: number | null
  readonly resume: () => void
}) => {
  const { screen, connected, heldBack } = props
  return (
    <div className="notices" role="status">
      {connected ? null : (
        <p className="notice">The sandbox does not answer; trying again. Is the demo running?</p>
      )}
      {connected && screen.sockets === 0 ? (
        <p className="notice">{screen.app.name} is not connected to Slack just now.</p>
      ) : null}
      {heldBack === null ? null : (
        <p className="notice">
          This window is paused: it shows how things were{heldBack === 0 ? '' : ', and there is news'}. What
          you click is still sent.{' '}
          <button type="button" onClick={props.resume}>
            Go Live
          </button>
        </p>
      )}
    </div>
  )
}
