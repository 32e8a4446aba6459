import Sqlite from 'better-sqlite3'
import type { ChatId } from '../src/routing/ids.ts'
import { ACCOUNT } from './seed-store.ts'
import { staff } from './staff.ts'

const [ann] = staff

/**
 * What any program does that keeps a claim: three reads, an event, the chat and two jobs, in one
 * transaction that waits for the disk. All ids of one call share it.
 */
export function claimByHand(file: string): (ids: readonly ChatId[]) => void {
  const db = new Sqlite(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  const chatById = db.prepare<[string], { version: number }>('SELECT * FROM chats WHERE id = ?')
  const linkOf = db.prepare('SELECT provider_user FROM links WHERE account = ? AND slack_user = ?').pluck()
  const pollOf = db.prepare('SELECT poll FROM accounts WHERE id = ?').pluck()
  const addEvent = db.prepare(
    'INSERT INTO events (at, account, chat, actor, via, facts) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const update = db.prepare(
    `UPDATE chats SET status = ?, owner = ?, owner_since = ?, owner_via = ?, holder = ?, pending = ?,
      problem = ?, version = ?, waiting_since = ?, last_message_at = ?, written_in_poll = ? WHERE id = ?`,
  )
  const put = db.prepare(
    `INSERT INTO jobs (kind, key, pool, payload, run_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET payload = excluded.payload, run_at = excluded.run_at, asked = asked + 1`,
  )
  return db.transaction((ids: readonly ChatId[]) => {
    for (const id of ids) {
      const now = Date.now()
      const chat = chatById.get(id)
      const owner = linkOf.get(ACCOUNT, ann.slackUser)
      pollOf.get(ACCOUNT)
      const facts = JSON.stringify({ kind: 'claimed', to: owner })
      const event = addEvent.run(now, ACCOUNT, id, ann.slackUser, 'slack', facts).lastInsertRowid
      const pending = JSON.stringify({
        wanted: owner,
        receiver: null,
        basis: null,
        basisSince: null,
        maybeWritten: [],
        by: ann.slackUser,
        event: Number(event),
        delayed: null,
      })
      const version = (chat?.version ?? 0) + 1
      update.run('open', owner, now, 'slack', null, pending, null, version, null, now, 1, id)
      put.run('assign', `assign:${id}`, ACCOUNT, JSON.stringify({ account: ACCOUNT, chat: id }), now)
      put.run('card', `card:${id}`, 'slack', JSON.stringify({ chat: id }), now + 1_500)
    }
  })
}
