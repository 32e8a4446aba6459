import type { ServerResponse } from 'node:http'
import type { ProviderScreen } from '../provider/provider-screen.ts'
import type { SlackChannel, SlackMessage, SlackUser } from '../slack/model.ts'
import type { SandboxSlack } from '../slack/start-slack.ts'
import type { AppSurface, Channel, Patch, Place } from './contract.ts'
import { createProviderPatch } from './provider-patch.ts'
import type { TrafficLog } from './traffic.ts'

export interface FeedParts {
  readonly slack: SandboxSlack
  readonly providers: readonly ProviderScreen[]
  readonly traffic: TrafficLog
  readonly app: AppSurface
}

/**
 * Follows the sandbox as one person sees it: a whole patch at once, then one for each turn of the event
 * loop in which something changed. Returns the function that stops it.
 */
export const follow = (parts: FeedParts, user: SlackUser, tell: (patch: Patch) => void): (() => void) => {
  const { slack, providers, traffic, app } = parts
  const me = user.id
  // Slack shows an app's conversation before anybody has written in it.
  slack.people.direct([slack.app.botUserId, me])
  const providerPatches = providers.map(createProviderPatch)

  let channels = channelsOf(slack, me)
  let changedMessages = new Map<string, Place>()
  let lastTrafficId = 0
  const changed = new Set<'people' | 'modals' | 'home' | 'sockets' | 'providers' | 'traffic'>()

  const visible = (message: SlackMessage): boolean =>
    message.ephemeralTo === null || message.ephemeralTo === me
  const messagesIn = (channel: SlackChannel): readonly SlackMessage[] =>
    slack.messagesIn(channel.id).filter(visible)

  const takeTraffic = () => {
    const lines = traffic.after(lastTrafficId)
    lastTrafficId = lines.at(-1)?.id ?? lastTrafficId
    return lines
  }

  const peoplePart = (): Patch => {
    const before = new Set(channels.map(({ id }) => id))
    channels = channelsOf(slack, me)
    const joined = channels.filter(({ id }) => !before.has(id))
    return {
      users: slack.people.users(),
      usergroups: slack.people.usergroups(),
      channels: channels.map(shownChannel),
      messages: joined.flatMap(messagesIn),
    }
  }

  const messagesPart = (): Pick<Patch, 'messages' | 'gone'> => {
    const places = [...changedMessages.values()]
    changedMessages = new Map()
    const messages: SlackMessage[] = []
    const gone: Place[] = []
    for (const place of places) {
      if (!channels.some(({ id }) => id === place.channel)) continue
      const message = slack.message(place.channel, place.ts)
      if (message === null) gone.push(place)
      else if (visible(message)) messages.push(message)
    }
    return { messages, gone }
  }

  const providersPart = (): Pick<Patch, 'providers'> => {
    const patches = providerPatches.map((patchOf) => patchOf()).filter((each) => each !== null)
    return patches.length > 0 ? { providers: patches } : {}
  }

  const patch = (): Patch => {
    const people = changed.has('people') ? peoplePart() : {}
    const { messages = [], gone = [] } = messagesPart()
    const all = [...(people.messages ?? []), ...messages]
    const part: Patch = {
      ...people,
      ...(all.length > 0 ? { messages: all } : {}),
      ...(gone.length > 0 ? { gone } : {}),
      ...(changed.has('modals') ? { modals: slack.as(me).modals() } : {}),
      ...(changed.has('home') ? { home: slack.as(me).home() } : {}),
      ...(changed.has('sockets') ? { sockets: slack.sockets.open } : {}),
      ...(changed.has('providers') ? providersPart() : {}),
      ...(changed.has('traffic') ? { traffic: takeTraffic() } : {}),
    }
    changed.clear()
    return part
  }

  let due: NodeJS.Immediate | null = null
  const arrange = () => {
    due ??= setImmediate(() => {
      due = null
      const part = patch()
      if (Object.keys(part).length > 0) tell(part)
    })
  }

  const mark = (what: Parameters<typeof changed.add>[0]) => {
    changed.add(what)
    arrange()
  }

  const stopSlack = slack.onChange((change) => {
    switch (change.kind) {
      case 'message':
        if (change.user !== null && change.user !== me) return
        changedMessages.set(`${change.channel} ${change.ts}`, { channel: change.channel, ts: change.ts })
        return arrange()
      case 'modals':
      case 'home':
        return change.user === me ? mark(change.kind) : undefined
      case 'people':
      case 'sockets':
        return mark(change.kind)
      case 'call':
      case 'interaction':
      case 'breach':
      case 'faults':
        return
      default:
        change satisfies never
    }
  })
  const stopProviders = providers.map(({ provider }) => provider.onChange(() => mark('providers')))
  const stopTraffic = traffic.onLine(() => mark('traffic'))

  tell({
    whole: true,
    team: { id: slack.team.id, name: slack.team.name },
    app: { ...app, botUserId: slack.app.botUserId },
    me,
    users: slack.people.users(),
    usergroups: slack.people.usergroups(),
    channels: channels.map(shownChannel),
    messages: channels.flatMap(messagesIn),
    modals: slack.as(me).modals(),
    home: slack.as(me).home(),
    sockets: slack.sockets.open,
    traffic: takeTraffic(),
    ...providersPart(),
  })

  return () => {
    if (due !== null) clearImmediate(due)
    stopSlack()
    for (const stop of stopProviders) stop()
    stopTraffic()
  }
}

/** Server-sent events: one `data:` line of JSON for each patch. */
export const serveFeed = (parts: FeedParts, user: SlackUser, response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const stop = follow(parts, user, (patch) => response.write(`data: ${JSON.stringify(patch)}\n\n`))
  response.on('close', stop)
}

const channelsOf = (slack: SandboxSlack, user: string): readonly SlackChannel[] =>
  slack.people.channels().filter(({ members }) => members.has(user))

const shownChannel = ({ members, ...channel }: SlackChannel): Channel => ({
  ...channel,
  members: [...members],
})
