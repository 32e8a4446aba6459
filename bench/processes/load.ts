import { Agent, request } from 'undici'
import { slackSignature } from '../../sandbox/slack/http-delivery.ts'
import { answerParent } from '../remote.ts'

/** One thing that Slack delivers: a command, or an interaction as JSON in the field `payload`. */
export type Delivery =
  | { readonly kind: 'command'; readonly user: string; readonly command: string; readonly text: string }
  | { readonly kind: 'interaction'; readonly payload: object }

export interface Burst {
  readonly url: string
  readonly signingSecret: string
  /** Address at the sandbox where late answers would go. */
  readonly responseUrl: string
  readonly inFlight: number
  /** Between an answer and the next request, as people do. */
  readonly pauseMs: number
  readonly deliveries: readonly Delivery[]
}

export interface BurstResult {
  /** From sending a request to having read its answer, in milliseconds. */
  readonly latencies: readonly number[]
  readonly elapsedMs: number
  /** Requests that were not answered with 200. */
  readonly failed: number
}

export interface Assigning {
  readonly url: string
  readonly token: string
  readonly keys: readonly string[]
  readonly user: string
  readonly inFlight: number
}

const agent = new Agent({ connections: 64, pipelining: 1 })

const answers = {
  /** What a claim asks of WAMM and nothing else, `inFlight` chats at once. */
  async assign({ url, token, keys, user, inFlight }: Assigning): Promise<void> {
    const get = async (path: string): Promise<void> => {
      const answer = await request(`${url}/api2/${path}`, { dispatcher: agent })
      if (answer.statusCode !== 200) throw new Error(`WAMM answered ${answer.statusCode}`)
      await answer.body.json()
    }
    const rest = keys.values()
    const assignRest = async (): Promise<void> => {
      for (const key of rest) {
        await get(`contact_get/${token}/${key}`)
        await get(`contact_to_user/${token}/${key}/${user}`)
      }
    }
    await Promise.all(Array.from({ length: inFlight }, assignRest))
  },
  /** Signs everything first, then keeps `inFlight` requests under way until all are answered. */
  async burst({ url, inFlight, pauseMs, ...burst }: Burst): Promise<BurstResult> {
    const requests = burst.deliveries.map((delivery) => signed(delivery, burst))
    const latencies: number[] = []
    let failed = 0
    let next = 0
    const sendRest = async (): Promise<void> => {
      for (let mine = requests[next++]; mine !== undefined; mine = requests[next++]) {
        const sentAt = performance.now()
        const answer = await request(url, { method: 'POST', dispatcher: agent, ...mine })
        await answer.body.dump()
        latencies.push(performance.now() - sentAt)
        if (answer.statusCode !== 200) failed += 1
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: inFlight }, sendRest))
    return { latencies, elapsedMs: performance.now() - startedAt, failed }
  },
}
export type Load = typeof answers

function signed(
  delivery: Delivery,
  { signingSecret, responseUrl }: Omit<Burst, 'url' | 'inFlight' | 'pauseMs'>,
) {
  const body = new URLSearchParams(fieldsOf(delivery, responseUrl)).toString()
  const timestamp = String(Math.floor(Date.now() / 1000))
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': slackSignature(signingSecret, timestamp, body),
    },
  }
}

function fieldsOf(delivery: Delivery, responseUrl: string): Record<string, string> {
  if (delivery.kind === 'interaction') return { payload: JSON.stringify(delivery.payload) }
  const { user, command, text } = delivery
  return {
    token: 'sandbox-verification-token',
    team_id: 'T0ACME',
    team_domain: 'acme',
    channel_id: 'C0SUPPORT',
    channel_name: 'support',
    user_id: user,
    user_name: user.toLowerCase(),
    command,
    text,
    api_app_id: 'A0BATON',
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: '1760000000000.1.0123456789abcdef',
  }
}

answerParent(answers)
