import type { Traffic } from '../../contract.ts'

/** A line of the traffic pane in words. */
export interface TrafficLine {
  readonly id: number
  readonly at: number
  /** From whom to whom. */
  readonly way: string
  readonly what: string
  readonly outcome: string
  readonly isWrong: boolean
  /** What can be unfolded; empty when there is no more. */
  readonly detail: string
  /** How many such calls came in a row. */
  readonly times: number
}

export const trafficLine = (traffic: Traffic, userName: (id: string) => string): TrafficLine => {
  const { id, at } = traffic
  const common = { id, at, times: 1 }
  switch (traffic.kind) {
    case 'slack-call': {
      const { method, args, status, error } = traffic
      return {
        ...common,
        way: 'Baton → Slack',
        what: method,
        outcome: error ?? (status === 200 ? 'ok' : `HTTP ${status}`),
        isWrong: error !== null || status !== 200,
        detail: JSON.stringify(args, null, 2),
      }
    }
    case 'provider-call': {
      const { provider, method, args, body, fault, tokenAccepted } = traffic
      return {
        ...common,
        way: `Baton → ${provider}`,
        what: [method, ...args].join(' '),
        outcome: fault === null ? (tokenAccepted ? 'ok' : 'token refused') : `met: ${fault}`,
        isWrong: fault !== null || !tokenAccepted,
        detail: body === null ? '' : JSON.stringify(body, null, 2),
      }
    }
    case 'interaction': {
      const { user, what, ackMs, error } = traffic
      return {
        ...common,
        way: 'Slack → Baton',
        what: user === null ? what : `${what} by ${userName(user)}`,
        outcome: error ?? `answered in ${Math.round(ackMs)} ms`,
        isWrong: error !== null,
        detail: '',
      }
    }
    case 'breach': {
      const { where, error, pointer, message } = traffic
      return {
        ...common,
        way: 'Against Slack’s rules',
        what: `${where}: ${error}`,
        outcome: pointer === '' ? message : `${message} at ${pointer}`,
        isWrong: true,
        detail: '',
      }
    }
    default:
      return traffic satisfies never
  }
}

/** Newest first; calls that are made again and again, such as polls of several providers, are one line each. */
export const trafficLines = (
  traffic: readonly Traffic[],
  userName: (id: string) => string,
): readonly TrafficLine[] => {
  const lines: TrafficLine[] = []
  /** Nothing but calls of providers comes after this. */
  let providerCallsFrom = 0
  for (const each of traffic) {
    const line = trafficLine(each, userName)
    if (each.kind !== 'provider-call') {
      lines.push(line)
      providerCallsFrom = lines.length
      continue
    }
    const at = lines.findIndex((before, index) => index >= providerCallsFrom && isSame(before, line))
    const [before] = at === -1 ? [] : lines.splice(at, 1)
    lines.push({ ...line, times: 1 + (before?.times ?? 0) })
  }
  return lines.reverse()
}

const isSame = (one: TrafficLine, other: TrafficLine): boolean =>
  one.way === other.way &&
  one.what === other.what &&
  one.outcome === other.outcome &&
  one.detail === other.detail
