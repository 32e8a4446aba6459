import { App, HTTPReceiver } from '@slack/bolt'
import Sqlite from 'better-sqlite3'
import type { ChatId } from '../../src/routing/ids.ts'
import { claimByHand } from '../claim-by-hand.ts'
import { answerParent } from '../remote.ts'
import { cpuMs } from './cpu.ts'

/**
 * What Baton is measured against: Bolt's own HTTP receiver and one listener. Like Baton it authorizes
 * without a call and keeps no conversations. Its listener does nothing, or, with a database, the least
 * that keeps a claim: the statements by hand, one transaction for all that came in one turn of the loop.
 */
interface Options {
  readonly signingSecret: string
  readonly database: string | null
}

const answers = {
  cpuMs,
  async start({ signingSecret, database }: Options): Promise<string> {
    const keep = database === null ? async () => undefined : keepByHand(database)
    const receiver = new HTTPReceiver({ signingSecret })
    const app = new App({
      receiver,
      authorize: async () => ({ botId: 'B0BATON', botUserId: 'U0BATON' }),
      convoStore: false,
    })
    app.command('/claim', async ({ ack, command }) => {
      await keep(command.text)
      await ack('It is yours.')
    })
    const server = await app.start({ host: '127.0.0.1', port: 0 })
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/slack/events`
  },
}

function keepByHand(database: string): (phone: string) => Promise<void> {
  const db = new Sqlite(database)
  const byPhone = db.prepare<[string], ChatId>('SELECT id FROM chats WHERE phone = ?').pluck()
  const claim = claimByHand(database)
  let waiting: { readonly chat: ChatId; readonly kept: () => void }[] = []
  return (phone) =>
    new Promise((kept, reject) => {
      const chat = byPhone.get(phone)
      if (chat === undefined) return reject(new Error('no such chat'))
      waiting.push({ chat, kept })
      if (waiting.length > 1) return
      setImmediate(() => {
        const all = waiting
        waiting = []
        claim(all.map((each) => each.chat))
        for (const each of all) each.kept()
      })
    })
}

export type BareApp = typeof answers

answerParent(answers)
