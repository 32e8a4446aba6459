import { createServer, type IncomingHttpHeaders } from 'node:http'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { readBody } from '../../sandbox/slack/http-exchange.ts'
import {
  isRecord,
  type JsonRecord,
  parseJson,
  recordOrEmpty,
  stringOrEmpty,
} from '../../sandbox/slack/json.ts'
import { type SandboxSlack, type SlackOptions, startSlack } from '../../sandbox/slack/start-slack.ts'

export const start = async (options: SlackOptions = {}): Promise<SandboxSlack> => {
  const slack = await startSlack(options)
  onTestFinished(() => slack.close())
  return slack
}

export const call = async (
  slack: SandboxSlack,
  method: string,
  args: JsonRecord,
  token: string = slack.botToken,
) => {
  const answer = await fetch(slack.apiUrl + method, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  })
  return recordOrEmpty(await answer.json())
}

export const postJson = (url: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** An app on a bare WebSocket: `answer` decides what each payload is acknowledged with. */
export const connect = async (slack: SandboxSlack, answer: (payload: JsonRecord) => unknown = () => null) => {
  const opened = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  })
  const url = stringOrEmpty(recordOrEmpty(await opened.json()).url)
  const envelopes: JsonRecord[] = []
  const socket = new WebSocket(url)
  const before = slack.sockets.open
  socket.on('message', (data) => {
    const envelope = parseJson(data.toString())
    if (!isRecord(envelope)) return
    envelopes.push(envelope)
    if (envelope.envelope_id === undefined) return
    const payload = answer(recordOrEmpty(envelope.payload))
    socket.send(
      JSON.stringify({ envelope_id: envelope.envelope_id, ...(payload === null ? {} : { payload }) }),
    )
  })
  await slack.until(() => slack.sockets.open > before)
  return { envelopes, url, payloads: () => envelopes.map((each) => recordOrEmpty(each.payload)) }
}

interface Heard {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An app on a bare HTTP server. */
export const listen = async (slack: SandboxSlack, status: (count: number) => number = () => 200) => {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    heard.push({ headers: request.headers, body: await readBody(request) })
    response.writeHead(status(heard.length)).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  slack.setRequestUrl(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/slack/events`)
  return heard
}

export const plain = (text: string) => ({ type: 'plain_text', text })
const button = (text: string, action_id: string, value: string) => ({
  type: 'button',
  text: plain(text),
  action_id,
  value,
})
const option = (text: string, value: string) => ({ text: plain(text), value })
export const card = [
  { type: 'actions', block_id: 'first', elements: [button('Claim Chat', 'claim', '7')] },
  {
    type: 'actions',
    block_id: 'second',
    elements: [
      button('Claim Chat', 'claim', '8'),
      {
        type: 'overflow',
        action_id: 'more',
        options: [option('History', 'history'), option('Contact', 'c')],
      },
      { type: 'users_select', action_id: 'to', placeholder: plain('Who') },
    ],
  },
]

export const postCard = async (slack: SandboxSlack, args: JsonRecord = {}) => {
  const { ts, channel } = await call(slack, 'chat.postMessage', {
    channel: 'C0SUPPORT',
    text: 'Anna waits',
    blocks: card,
    ...args,
  })
  const message = slack.message(stringOrEmpty(channel), stringOrEmpty(ts))
  if (message === null) throw new Error('not posted')
  return message
}
