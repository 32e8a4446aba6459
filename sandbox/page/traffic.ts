import type { ProviderScreen } from '../provider/provider-screen.ts'
import type { SandboxSlack } from '../slack/start-slack.ts'
import type { Traffic } from './contract.ts'

const kept = 400

type Line = Traffic extends infer Each ? (Each extends Traffic ? Omit<Each, 'id'> : never) : never

export interface TrafficLog {
  /** Those after the one with this id, oldest first; at most the latest 400. */
  readonly after: (id: number) => readonly Traffic[]
  /** Returns the function that stops it. */
  readonly onLine: (listener: () => void) => () => void
  readonly close: () => void
}

/**
 * What Baton exchanges with Slack and the providers, in the order in which it happened, with each breach of Slack's
 * rules beside the call that it was in. Tokens are hidden, wherever they are.
 */
export const createTrafficLog = ({
  slack,
  providers,
}: {
  readonly slack: SandboxSlack
  readonly providers: readonly ProviderScreen[]
}): TrafficLog => {
  const secrets = [
    slack.botToken,
    slack.appToken,
    slack.signingSecret,
    ...providers.map(({ token }) => token),
  ]
  const lines: Traffic[] = []
  const listeners = new Set<() => void>()
  let lastId = 0

  const hide = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return secrets.reduce((text, secret) => text.replaceAll(secret, '•••'), value)
    }
    if (Array.isArray(value)) return value.map(hide)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hide(each)]))
  }

  const add = (line: Line): void => {
    lastId += 1
    lines.push({ ...line, id: lastId })
    if (lines.length >= 2 * kept) lines.splice(0, kept)
    for (const listener of listeners) listener()
  }

  const addSlackCall = ({ method, args, at, status, error }: SandboxSlack['calls'][number]) =>
    add({ kind: 'slack-call', at, method, args: hide(args), status, error })
  const addProviderCall = (
    { name }: ProviderScreen,
    { atMs, method, args, body, fault, tokenAccepted }: ProviderScreen['provider']['calls'][number],
  ) =>
    add({
      kind: 'provider-call',
      at: atMs,
      provider: name,
      method,
      args,
      body: hide(body),
      fault,
      tokenAccepted,
    })
  const addInteraction = ({ at, user, what, ackMs, error }: SandboxSlack['interactions'][number]) =>
    add({ kind: 'interaction', at, user, what, ackMs, error })

  const earlier = [
    ...slack.calls.slice(-kept).map((each) => ({ at: each.at, add: () => addSlackCall(each) })),
    ...slack.interactions.slice(-kept).map((each) => ({ at: each.at, add: () => addInteraction(each) })),
    ...providers.flatMap((screen) =>
      screen.provider.calls
        .slice(-kept)
        .map((each) => ({ at: each.atMs, add: () => addProviderCall(screen, each) })),
    ),
  ]
  for (const each of earlier.sort((a, b) => a.at - b.at)) each.add()
  for (const breach of slack.breaches) add({ kind: 'breach', at: Date.now(), ...breach })

  const stopSlack = slack.onChange((change) => {
    // Each of these is announced at once, when it is the newest of its list.
    if (change.kind === 'call') {
      const call = slack.calls.at(-1)
      if (call !== undefined) addSlackCall(call)
    } else if (change.kind === 'interaction') {
      const interaction = slack.interactions.at(-1)
      if (interaction !== undefined) addInteraction(interaction)
    } else if (change.kind === 'breach') {
      const breach = slack.breaches.at(-1)
      if (breach !== undefined) add({ kind: 'breach', at: Date.now(), ...breach })
    }
  })
  const stopProviders = providers.map((screen) => {
    const { provider } = screen
    let seen = provider.calls.length
    return provider.onChange(() => {
      for (const call of provider.calls.slice(seen)) addProviderCall(screen, call)
      seen = provider.calls.length
    })
  })

  return {
    after: (id) => lines.filter((line) => line.id > id).slice(-kept),
    onLine: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      stopSlack()
      for (const stop of stopProviders) stop()
    },
  }
}
