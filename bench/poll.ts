import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { z } from 'zod'
import { systemClock } from '../src/clock.ts'
import { createPoller } from '../src/intake/poller.ts'
import { createLogger } from '../src/log.ts'
import { createHttpClient } from '../src/providers/http-client.ts'
import { createWammAdapter } from '../src/providers/wamm/wamm-adapter.ts'
import { createHealthDesk } from '../src/routing/account-health.ts'
import { elapsedMs, inTurns } from './measure.ts'
import { asMs, comparison, type Line } from './report.ts'
import { ACCOUNT, customers, openStore } from './seed-store.ts'

const CHATS = 900
const ROUNDS = 25

/** A poll that shows nothing new, beside fetching the same body and reading it with JSON.parse and zod. */
export async function measurePoll(directory: string): Promise<readonly Line[]> {
  const body = JSON.stringify({ err: 0, data: customers(CHATS).map(wammRow) })
  const users = JSON.stringify({ err: 0, data: [{ user_id: 100, name: 'Ann Abel', email: 'ann@acme.test' }] })
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(request.url?.includes('user_list') ? users : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`

  const http = createHttpClient({
    timeoutMs: 8_000,
    maxBodyBytes: 8 * 1024 * 1024,
    connections: 1,
    after: systemClock.after,
  })
  const adapter = createWammAdapter({
    token: 'wamm-bench-token',
    baseUrl,
    timeZone: 'UTC',
    http,
    now: systemClock.now,
  })
  mkdirSync(join(directory, 'poll'))
  const store = openStore(join(directory, 'poll', 'baton.db'))
  const poller = createPoller({
    account: { id: ACCOUNT, adapter, channel: 'C0SUPPORT' },
    listChats: adapter.listChats ?? (() => Promise.reject(new Error('WAMM lists chats'))),
    store,
    enrolment: { refreshDirectory: async () => ({ kind: 'done', value: [] }) },
    health: createHealthDesk({ store, clock: systemClock, admins: [] }),
    clock: systemClock,
    random: () => 0.5,
    everyMs: 30_000,
    logger: createLogger({ level: 'fatal', secrets: [] }),
  })
  await poller.pollOnce()
  const known = await store.openChats(ACCOUNT)
  if (known.length !== CHATS) throw new Error(`the first poll found ${known.length} chats`)

  const read = async (): Promise<void> => {
    const result = await http.send({ method: 'GET', url: `${baseUrl}/api2/user_chats` })
    if (result.kind === 'failed') throw new Error(result.detail)
    answer.parse(JSON.parse(result.text))
  }
  const rounds = await inTurns(ROUNDS, {
    ours: () => elapsedMs(poller.pollOnce),
    bare: () => elapsedMs(read),
  })
  await store.close()
  await http.close()
  server.close()
  server.closeAllConnections()
  return [comparison(`a poll of ${CHATS} unchanged chats`, rounds, asMs, { atMost: 3 })]
}

const answer = z.object({
  err: z.number(),
  data: z.array(
    z.object({
      chat_id: z.string(),
      chat_name: z.string(),
      phone: z.string(),
      avatar: z.string(),
      user_id: z.string(),
      date_msg: z.string(),
      api_id: z.string(),
    }),
  ),
})

const wammRow = (
  { key, name, lastMessageAt }: ReturnType<typeof customers>[number],
  index: number,
): z.input<typeof answer>['data'][number] => ({
  chat_id: String(1000 + index),
  chat_name: name ?? key,
  phone: key,
  avatar: '',
  user_id: '',
  date_msg: new Date(lastMessageAt ?? 0).toISOString().slice(0, 19).replace('T', ' '),
  api_id: '1001',
})
