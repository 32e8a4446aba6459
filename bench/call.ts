import { Agent, request } from 'undici'
import { systemClock } from '../src/clock.ts'
import { createAelystAdapter } from '../src/providers/aelyst/aelyst-adapter.ts'
import type { Outcome } from '../src/providers/contract.ts'
import { createHttpClient } from '../src/providers/http-client.ts'
import { createSalesChatAdapter } from '../src/providers/saleschat/saleschat-adapter.ts'
import { createWammAdapter } from '../src/providers/wamm/wamm-adapter.ts'
import { chatKey, type Instant, instant, providerUserId } from '../src/routing/ids.ts'
import { elapsedMs, inTurns, median } from './measure.ts'
import type { Providers } from './processes/providers.ts'
import { startRemote } from './remote.ts'
import { asMs, comparison, type Line } from './report.ts'

const ROUNDS = 15
const WARM_UPS = 3
const CALLS = 300

/**
 * An adapter's call, one after the other, beside the same requests by undici alone, whose answers are read and not
 * looked at. The sandbox of the providers is a process of its own.
 */
export async function measureCalls(): Promise<readonly Line[]> {
  const providers = startRemote<Providers>(new URL('./processes/providers.ts', import.meta.url))
  const { token, ...urls } = await providers.ask('addresses', undefined)
  const http = createHttpClient({
    timeoutMs: 8_000,
    maxBodyBytes: 8 * 1024 * 1024,
    connections: 8,
    after: systemClock.after,
  })
  const agent = new Agent({ connections: 8, pipelining: 1 })
  const bare = async (method: 'GET' | 'POST', url: string, options: BareOptions = {}): Promise<void> => {
    const answer = await request(url, { dispatcher: agent, method, ...options })
    if (answer.statusCode >= 300) throw new Error(`${method} answered ${answer.statusCode}`)
    await answer.body.text()
  }

  let at = Date.UTC(2026, 10, 20)
  /** Each request a minute after the one before, so that none waits for its turn. */
  const now = (): Instant => {
    at += 60_000
    return instant(at)
  }
  const edges = { token, http, now, after: systemClock.after }
  const wamm = createWammAdapter({ ...edges, baseUrl: urls.wamm, timeZone: 'UTC' })
  const saleschat = createSalesChatAdapter({
    ...edges,
    baseUrl: urls.saleschat,
    orgId: 'org-1',
    users: [],
    groups: [],
  })
  const aelyst = createAelystAdapter({ ...edges, baseUrl: urls.aelyst })

  const wammKey = chatKey('79001234567')
  const contact = `${urls.aelyst}/contact/id:501`
  const headers = { authorization: `Bearer ${token}` }
  const withJson = (body: string): BareOptions => ({
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  })
  const calls: readonly Call[] = [
    {
      what: 'WAMM: assign',
      ours: () => wamm.assign(wammKey, providerUserId('100')),
      bare: () => bare('GET', `${urls.wamm}/api2/contact_to_user/${token}/79001234567/100`),
    },
    {
      what: 'WAMM: read',
      ours: () => wamm.readChat?.(wammKey),
      bare: () => bare('GET', `${urls.wamm}/api2/contact_get/${token}/79001234567`),
    },
    {
      what: 'SalesChat: assign',
      ours: () => saleschat.assign(chatKey('c-ivan'), providerUserId('u-ann')),
      bare: () =>
        bare(
          'POST',
          `${urls.saleschat}/v3/orgs/org-1/contacts/c-ivan/assign`,
          withJson('{"user_id":"u-ann","assign_on_handover":false}'),
        ),
    },
    {
      what: 'SalesChat: look up',
      ours: () => saleschat.findChats?.({ phone: '+79001234567' }),
      bare: () => bare('GET', `${urls.saleschat}/v2/org/org-1/contact/pn/%2B79001234567`, { headers }),
    },
    {
      what: 'Aelyst: assign, and read',
      ours: () => aelyst.assign(chatKey('501'), providerUserId('1')),
      bare: async () => {
        await bare('POST', `${contact}/conversation/assignee`, withJson('{"assignee":1}'))
        await bare('GET', contact, { headers })
      },
    },
    {
      what: 'Aelyst: read',
      ours: () => aelyst.readChat?.(chatKey('501')),
      bare: () => bare('GET', contact, { headers }),
    },
  ]
  const lines: Line[] = []
  try {
    for (const { what, ours, bare } of calls) {
      const work = {
        ours: () => medianMs(async () => mustBeDone(await ours())),
        bare: () => medianMs(bare),
      }
      await inTurns(WARM_UPS, work)
      lines.push(comparison(what, await inTurns(ROUNDS, work), asMs, { atMost: 1.3 }))
    }
  } finally {
    await Promise.all([http.close(), agent.close(), providers.end()])
  }
  return lines
}

interface BareOptions {
  readonly headers?: Record<string, string>
  readonly body?: string
}

interface Call {
  readonly what: string
  readonly ours: () => Promise<Outcome<unknown>> | undefined
  readonly bare: () => Promise<void>
}

/** Of one call among many: whatever else the machine does strikes a few of them. */
const medianMs = async (call: () => Promise<void>): Promise<number> => {
  const times: number[] = []
  for (let done = 0; done < CALLS; done += 1) times.push(await elapsedMs(call))
  return median(times)
}

const mustBeDone = (outcome: Outcome<unknown> | undefined): void => {
  if (outcome?.kind !== 'done') throw new Error(`the call was not done: ${JSON.stringify(outcome)}`)
}
