import type { SlackMessage, SlackUser, SlackView, Usergroup } from '../../slack/model.ts'
import type { Channel, Patch, Place, ProviderChat, ProviderMode, ProviderUser, Traffic } from '../contract.ts'

export type ChannelMessages = ReadonlyMap<string, SlackMessage>

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
  readonly providerMode: ProviderMode
  readonly providerUsers: readonly ProviderUser[]
  readonly providerChats: ReadonlyMap<string, ProviderChat>
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
    providerMode: 'normal',
    providerUsers: [],
    providerChats: new Map(),
  }
}

/** The screen after a patch. `viewed`: the channel before the person, whose news count as read. */
export const applyPatch = (before: Screen | null, patch: Patch, viewed: string | null): Screen => {
  const screen = before === null || patch.whole === true ? firstScreen(patch) : before
  const { messages = [], gone = [], providerChats } = patch
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
    providerMode: patch.providerMode ?? screen.providerMode,
    providerUsers: patch.providerUsers ?? screen.providerUsers,
    providerChats:
      providerChats === undefined
        ? screen.providerChats
        : new Map([...screen.providerChats, ...providerChats.map((chat) => [chat.key, chat] as const)]),
  }
}

export const asRead = (screen: Screen, channel: string): Screen => {
  if (!screen.unread.has(channel)) return screen
  const unread = new Map(screen.unread)
  unread.delete(channel)
  return { ...screen, unread }
}
