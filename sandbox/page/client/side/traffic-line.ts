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
    case 'wamm-call': {
      const { method, args, fault, tokenAccepted } = traffic
      return {
        ...common,
        way: 'Baton → WAMM',
        what: [`/${method}`, '•••', ...args].join('/'),
        outcome: fault === null ? (tokenAccepted ? 'ok' : 'token refused') : `met: ${fault}`,
        isWrong: fault !== null || !tokenAccepted,
        detail: '',
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

/** Newest first; the same call again and again, such as polls, is one line. */
export const trafficLines = (
  traffic: readonly Traffic[],
  userName: (id: string) => string,
): readonly TrafficLine[] => {
  const lines: TrafficLine[] = []
  for (const each of traffic) {
    const line = trafficLine(each, userName)
    const before = lines.at(-1)
    const again =
      before !== undefined &&
      line.detail === '' &&
      line.what === before.what &&
      line.outcome === before.outcome
    if (again && each.kind === 'wamm-call') lines.splice(-1, 1, { ...line, times: before.times + 1 })
    else lines.push(line)
  }
  return lines.reverse()
}
