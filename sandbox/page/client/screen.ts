import type { ProviderId, ShownChat, ShownUser } from '../../provider/provider-screen.ts'
import type { SlackMessage, SlackUser, SlackView, Usergroup } from '../../slack/model.ts'
import type { Channel, Patch, Place, ProviderMode, ProviderPatch, Traffic } from '../contract.ts'

export type ChannelMessages = ReadonlyMap<string, SlackMessage>

/** One provider's own screens. */
export interface ShownProvider extends Pick<ProviderPatch, 'id' | 'name' | 'assigns'> {
  readonly mode: ProviderMode
  readonly users: readonly ShownUser[]
  readonly chats: ReadonlyMap<string, ShownChat>
}

/** All that one person has before them. It is made of patches and of nothing else. */
export interface Screen {
  readonly team: { readonly id: string; readonly name: string }
  readonly app: NonNullable<Patch['app']>
  readonly me: string
  readonly users: ReadonlyMap<string, SlackUser>
  readonly usergroups: ReadonlyMap<string, Usergroup>
  readonly channels: readonly Channel[]
  /** Channel → ts → message, oldest first. */
  readonly messages: ReadonlyMap<string, ChannelMessages>
  /** Channel → how many messages came while another one was open. */
  readonly unread: ReadonlyMap<string, number>
  readonly modals: readonly SlackView[]
  readonly home: SlackView | null
  readonly sockets: number
  /** Oldest first. */
  readonly traffic: readonly Traffic[]
  /** In the order in which they are shown. */
  readonly providers: ReadonlyMap<ProviderId, ShownProvider>
}

const keptTraffic = 400

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]))

const withMessages = (
  before: ReadonlyMap<string, ChannelMessages>,
  changed: readonly SlackMessage[],
  gone: readonly Place[],
): ReadonlyMap<string, ChannelMessages> => {
  if (changed.length === 0 && gone.length === 0) return before
  const copies = new Map<string, Map<string, SlackMessage>>()
  const copyOf = (channel: string) => {
    const copy = copies.get(channel) ?? new Map(before.get(channel))
    copies.set(channel, copy)
    return copy
  }
  for (const message of changed) copyOf(message.channel).set(message.ts, message)
  for (const { channel, ts } of gone) copyOf(channel).delete(ts)
  return new Map([...before, ...copies])
}

const withUnread = (screen: Screen, arrived: readonly SlackMessage[], viewed: string | null) => {
  const news = arrived.filter(
    ({ channel, ts, user }) =>
      channel !== viewed && user !== screen.me && screen.messages.get(channel)?.has(ts) !== true,
  )
  if (news.length === 0) return screen.unread
  const unread = new Map(screen.unread)
  for (const { channel } of news) unread.set(channel, (unread.get(channel) ?? 0) + 1)
  return unread
}

const firstScreen = ({ team, app, me }: Patch): Screen => {
  if (team === undefined || app === undefined || me === undefined)
    throw new Error('The first patch is not whole')
  return {
    team,
    app,
    me,
    users: new Map(),
    usergroups: new Map(),
    channels: [],
    messages: new Map(),
    unread: new Map(),
    modals: [],
    home: null,
    sockets: 0,
    traffic: [],
    providers: new Map(),
  }
}

const withProviders = (before: Screen['providers'], patches: readonly ProviderPatch[]): Screen['providers'] =>
  new Map([
    ...before,
    ...patches.map(({ id, name, assigns, mode, users, chats = [] }): [ProviderId, ShownProvider] => {
      const known = before.get(id)
      return [
        id,
        {
          id,
          name,
          assigns,
          mode: mode ?? known?.mode ?? 'normal',
          users: users ?? known?.users ?? [],
          chats: new Map([...(known?.chats ?? []), ...chats.map((chat) => [chat.key, chat] as const)]),
        },
      ]
    }),
  ])

/** The screen after a patch. `viewed`: the channel before the person, whose news count as read. */
export const applyPatch = (before: Screen | null, patch: Patch, viewed: string | null): Screen => {
  const screen = before === null || patch.whole === true ? firstScreen(patch) : before
  const { messages = [], gone = [] } = patch
  return {
    ...screen,
    users: patch.users === undefined ? screen.users : byId(patch.users),
    usergroups: patch.usergroups === undefined ? screen.usergroups : byId(patch.usergroups),
    channels: patch.channels ?? screen.channels,
    messages: withMessages(screen.messages, messages, gone),
    unread: patch.whole === true ? (before?.unread ?? screen.unread) : withUnread(screen, messages, viewed),
    modals: patch.modals ?? screen.modals,
    home: patch.home === undefined ? screen.home : patch.home,
    sockets: patch.sockets ?? screen.sockets,
    traffic:
      patch.traffic === undefined
        ? screen.traffic
        : [...screen.traffic, ...patch.traffic].slice(-keptTraffic),
    providers:
      patch.providers === undefined ? screen.providers : withProviders(screen.providers, patch.providers),
  }
}

export const asRead = (screen: Screen, channel: string): Screen => {
  if (!screen.unread.has(channel)) return screen
  const unread = new Map(screen.unread)
  unread.delete(channel)
  return { ...screen, unread }
}
