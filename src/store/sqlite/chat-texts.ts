import type { Database } from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { type EventFacts, noteIn } from '../../routing/audit.ts'
import type { Chat } from '../../routing/chat.ts'
import { type ChatSearch, MOST_RATED } from '../../routing/chat-search.ts'
import { isErased } from '../../routing/erase.ts'
import type { ChatId } from '../../routing/ids.ts'
import { searchedText, searchedWords, soughtEnd, soughtWord } from '../../routing/searched-text.ts'

/**
 * The texts by which chats are found, in an index of every three letters in a row (https://sqlite.org/fts5.html, the
 * trigram tokenizer) that keeps no text of its own. A chat's texts stand under numbers in a row: first who the customer
 * is, then the notes.
 */
export interface ChatTexts {
  /** For a new chat. */
  readonly newSearchId: () => number
  /** Who the customer is, in place of who it was. */
  readonly put: (chat: Pick<Chat, 'id' | 'key' | 'name' | 'phone'>) => void
  readonly addNote: (chat: ChatId, note: string) => void
  /** Who the customer was, and every note. */
  readonly forget: (chat: ChatId) => void
  /** What is forgotten stays in the index until it is written anew. */
  readonly overwriteForgotten: () => void
  /** Takes in the chats of a file of an older version, which had no such index. */
  readonly takeOlder: () => void
}

const TEXTS_OF_A_CHAT = 1_000_000

/** The `search_id` of the chat that a row of `chat_texts` belongs to. */
export const chatOfText = sql.raw(`rowid / ${TEXTS_OF_A_CHAT}`)

export function createChatTexts(sqlite: Database): ChatTexts {
  const idOf = sqlite.prepare<[ChatId], number | null>('SELECT search_id FROM chats WHERE id = ?').pluck()
  // Reckoned by SQLite: what JavaScript hands over as a large number is no integer to it, and then the whole index is read.
  const first = `@id * ${TEXTS_OF_A_CHAT}`
  const ofChat = `rowid BETWEEN ${first} AND ${first} + ${TEXTS_OF_A_CHAT - 1}`
  const addWho = sqlite.prepare(
    `INSERT INTO chat_texts (rowid, numbers, name) VALUES (${first}, @numbers, @name)`,
  )
  const addOne = sqlite.prepare(
    `INSERT INTO chat_texts (rowid, notes)
     VALUES (1 + ifnull((SELECT rowid FROM chat_texts WHERE ${ofChat} ORDER BY rowid DESC LIMIT 1), ${first}), @note)`,
  )
  const removeWho = sqlite.prepare(`DELETE FROM chat_texts WHERE rowid = ${first}`)
  const removeAll = sqlite.prepare(`DELETE FROM chat_texts WHERE ${ofChat}`)
  let newest = sqlite.prepare<[], number | null>('SELECT max(search_id) FROM chats').pluck().get() ?? 0

  function put(chat: Pick<Chat, 'id' | 'key' | 'name' | 'phone'>): void {
    const id = idOf.get(chat.id)
    removeWho.run({ id })
    if (isErased(chat)) return
    addWho.run({ id, numbers: searchedText(chat.phone, chat.key), name: searchedText(chat.name) })
  }

  function addNote(chat: ChatId, text: string): void {
    const id = idOf.get(chat) ?? null
    const note = searchedText(text)
    if (id !== null && note !== '') addOne.run({ id, note })
  }

  return {
    newSearchId() {
      newest += 1
      return newest
    },
    put,
    addNote,
    forget: (chat) => void removeAll.run({ id: idOf.get(chat) }),
    overwriteForgotten: () => void sqlite.exec("INSERT INTO chat_texts (chat_texts) VALUES ('optimize')"),
    takeOlder() {
      const older = sqlite.prepare<[], Pick<Chat, 'id' | 'key' | 'name' | 'phone'>>(
        'SELECT id, key, name, phone FROM chats WHERE search_id IS NULL',
      )
      const number = sqlite.prepare('UPDATE chats SET search_id = ? WHERE id = ?')
      const events = sqlite
        .prepare<[ChatId], string>('SELECT facts FROM events WHERE chat = ? ORDER BY id')
        .pluck()
      sqlite.transaction(() => {
        for (const chat of older.all()) {
          newest += 1
          number.run(newest, chat.id)
          put(chat)
          for (const facts of events.all(chat.id)) {
            const note = noteIn(JSON.parse(facts) as EventFacts)
            if (note !== null) addNote(chat.id, note)
          }
        }
      })()
    },
  }
}

/** What a search looks for in texts: each has to be found in one of the chat's. */
export const matchesOf = ({ text = '', anywhere = [] }: ChatSearch): readonly string[] => {
  const inWho = text.trim() === '' ? [] : sought(text, '{numbers name}')
  const inAll = anywhere.map(({ text, numberEnds }) =>
    [
      sought(text, '{name notes}').join(' AND '),
      ...(numberEnds.length === 0 ? [] : [`numbers : ${anyOf(numberEnds.map(soughtEnd))}`]),
    ]
      .map((part) => `(${part})`)
      .join(' OR '),
  )
  return [...new Set([...inWho, ...inAll])].slice(0, MOST_RATED)
}

/** Found nowhere: a text without a letter, like half an emoji, must not mean every chat. */
const NOTHING = '""'

const sought = (text: string, columns: string): readonly string[] => {
  const words = searchedWords(text)
  return words.length === 0 ? [NOTHING] : words.map((word) => `${columns} : ${anyOf(soughtWord(word))}`)
}

const anyOf = (texts: readonly string[]): string => `(${texts.map(quoted).join(' OR ')})`

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
