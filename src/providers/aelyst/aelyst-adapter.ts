import type { After } from '../../clock.ts'
import { remember } from '../../remember.ts'
import type { ChatKey, Instant, ProviderUserId } from '../../routing/ids.ts'
import { parsePhone } from '../../routing/phone.ts'
import { unreadable } from '../answer.ts'
import type { Assigned, Outcome, ProviderAdapter, ProviderChatList } from '../contract.ts'
import type { HttpClient } from '../http-client.ts'
import { createAelystClient } from './aelyst-client.ts'
import { createAelystContacts } from './aelyst-contacts.ts'
import { createAelystWebhook } from './aelyst-webhook.ts'
import { page } from './answers.ts'
import { commentText } from './comment-text.ts'
import { changeContact, isUnknown, pathOf, readContact, readContactById } from './contact-requests.ts'
import { type Rows, readPage, readPages } from './read-pages.ts'
import { chatOf, conversationOf, openChatsOf, usersOf } from './rows.ts'

/**
 * Aelyst.ai (`https://developers.aelyst.ai/`; JSON, a Bearer token). A chat's key is the number of its contact, always
 * sent as `id:{n}`: a contact's phone and address may change.
 *
 * | operation | request |
 * |---|---|
 * | getcontact | `GET /contact/{id:… phone:… email:…}` |
 * | listcontacts | `POST /contact/list?limit&cursorId` |
 * | updateassignee | `POST /contact/id:{n}/conversation/assignee` |
 * | updateconversationstatus | `POST /contact/id:{n}/conversation/status` |
 * | createcomment | `POST /contact/id:{n}/comment` |
 * | createcontact, and the update | `POST /contact/phone:{number}`, `PUT /contact/id:{n}` |
 * | listspaces: the users | `GET /space/user?limit&cursorId` |
 *
 * Not documented: an unknown assignee's error, assigning in a closed conversation, filtering by `status`, how long
 * 449 lasts, how an address is escaped. What respond.io's SDK and clients do is done there; each place says so.
 *
 * What only reads first waits for its turn within Aelyst's limit, at most 5 s; what changes something is sent at once
 * or `paced`. Lists, an assignment and a saved contact are several requests.
 *
 * @param options.baseUrl with the version: `https://api.aelyst.ai/v1`
 * @param options.webhookKeys of the webhooks that tell Baton; without any there is no webhook
 */
export const createAelystAdapter = (options: {
  readonly token: string
  readonly baseUrl: string
  readonly webhookKeys?: readonly string[] | undefined
  readonly http: HttpClient
  readonly now: () => Instant
  readonly after: After
}): ProviderAdapter => {
  const { webhookKeys, now } = options
  const client = createAelystClient({ ...options, baseUrl: options.baseUrl.replace(/\/+$/, '') })
  const readPhone = remember((text) => parsePhone(text, null))
  let statusFilterRefused = false

  const setAssignee = async (chat: ChatKey, assignee: number | string | null): Promise<Outcome<Assigned>> => {
    const changed = await changeContact(client, chat, {
      method: 'POST',
      action: 'conversation/assignee',
      body: { assignee },
      about: assignee === null ? 'chat' : 'assignee',
    })
    return changed.kind === 'done' ? { kind: 'done', value: 'confirmed' } : changed
  }

  /** respond.io answers 200 for a closed conversation and leaves it unassigned, as a client has met it. */
  const confirm = async (chat: ChatKey, to: ProviderUserId): Promise<Outcome<Assigned>> => {
    const read = await readContactById(client, chat)
    if (read.kind !== 'done') return { kind: 'done', value: 'accepted' }
    if (read.value.assignee === to) return { kind: 'done', value: 'confirmed' }
    return conversationOf(read.value) === 'closed'
      ? { kind: 'refused', problem: 'conversation-closed', detail: 'nobody was assigned' }
      : { kind: 'retry', problem: 'queued', detail: 'not assigned yet, or to another user', sent: true }
  }

  const listContacts = (condition: Condition): Promise<Rows> =>
    readPages((query) =>
      client.read({
        method: 'POST',
        path: '/contact/list',
        query,
        body: {
          search: '',
          timezone: 'Asia/Kuala_Lumpur',
          filter: { $and: [{ category: 'contactField', ...condition }] },
        },
        about: 'list',
      }),
    )

  /** Undefined when Aelyst does not know the filter. */
  const listOpen = async (): Promise<Outcome<ProviderChatList> | undefined> => {
    const listed = await listContacts({ field: 'status', operator: 'isEqualTo', value: 'open' })
    if (listed.kind === 'refused' && listed.problem === 'value-invalid') return undefined
    if (listed.kind !== 'rows') return listed
    const { chats, broken } = openChatsOf(listed.rows, readPhone)
    return { kind: 'done', value: { chats, complete: listed.complete && broken === 0 } }
  }

  const listUnassigned = async (): Promise<Outcome<ProviderChatList>> => {
    const listed = await listContacts({ field: 'assigneeUserId', operator: 'isEqualTo', value: null })
    if (listed.kind !== 'rows') return listed
    statusFilterRefused = true
    return { kind: 'done', value: { chats: openChatsOf(listed.rows, readPhone).chats, complete: false } }
  }

  const askUsers = (query: string) =>
    client.read({ method: 'GET', path: '/space/user', query, about: 'list' })

  return {
    label: 'Aelyst',

    async assign(chat, to) {
      const assignee = assigneeOf(to)
      if (assignee === null) return noSuchUser
      const assigned = await setAssignee(chat, assignee)
      return assigned.kind === 'done' && typeof assignee === 'number' ? confirm(chat, to) : assigned
    },

    unassign: (chat) => setAssignee(chat, null),

    async readChat(chat) {
      const read = await readContactById(client, chat)
      return read.kind === 'done' ? { kind: 'done', value: chatOf(read.value, readPhone) } : read
    },

    /**
     * The open ones. That listcontacts can filter by `status` is known from clients of respond.io only; without it
     * the documented filter gives those that nobody holds.
     */
    listChats: async () => (statusFilterRefused ? undefined : await listOpen()) ?? listUnassigned(),

    async findChats(by) {
      const path = pathOf(by)
      if (path === null) return { kind: 'done', value: [] }
      const read = await readContact(client, path)
      if (isUnknown(read)) return { kind: 'done', value: [] }
      return read.kind === 'done' ? { kind: 'done', value: [chatOf(read.value, readPhone)] } : read
    },

    /** Whose invitation is pending is not among them. */
    async listUsers() {
      const listed = await readPages(askUsers)
      if (listed.kind !== 'rows') return listed
      const users = usersOf(listed.rows)
      // Never an empty list: somebody owns the workspace.
      return listed.complete && users.length > 0
        ? { kind: 'done', value: users }
        : unreadable('answered not all users')
    },

    async listUserPage(cursor) {
      const read = await readPage(askUsers, cursor)
      if (read.kind !== 'page') return read
      if (read.next === 'lost') return unreadable('answered not all users')
      return { kind: 'done', value: { users: usersOf(read.rows), next: read.next } }
    },

    comment: (chat, text) =>
      changeContact(client, chat, {
        method: 'POST',
        action: 'comment',
        body: { text: commentText(text) },
        about: 'chat',
      }),

    contacts: createAelystContacts(client),

    ...(webhookKeys === undefined ? {} : { webhook: createAelystWebhook({ keys: webhookKeys, now }) }),

    async health() {
      const answer = await client.read({
        method: 'GET',
        path: '/space/user',
        query: 'limit=1',
        about: 'list',
      })
      if (answer.kind !== 'answer') return answer
      return page.safeParse(answer.body).success
        ? { kind: 'done', value: null }
        : unreadable('answered no list')
    },
  }
}

interface Condition {
  readonly field: 'status' | 'assigneeUserId'
  readonly operator: 'isEqualTo'
  readonly value: string | null
}

/** updateassignee: "User ID or email of the assignee user", the id as an integer. */
const assigneeOf = (user: ProviderUserId): number | string | null => {
  if (/^[1-9]\d*$/.test(user) && Number.isSafeInteger(Number(user))) return Number(user)
  return user.includes('@') ? user : null
}

const noSuchUser: Outcome<never> = {
  kind: 'refused',
  problem: 'user-not-found',
  detail: 'cannot be a user of Aelyst',
}
