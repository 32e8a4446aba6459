import { z } from 'zod'
import { type AelystContact, type AelystState, addContact } from './aelyst-state.ts'
import { fits, listBody } from './filter.ts'
import { printedContact, printedId, printedUser, seconds } from './printed-contact.ts'
import { tell, tellClosed } from './tell.ts'

/** What a request gives a method. */
interface Call {
  /** `id:…`, `phone:…` or `email:…`; empty for a list. */
  readonly identifier: string
  readonly query: URLSearchParams
  readonly body: unknown
  readonly nowMs: number
  /** Address of the list without its query and, as on Aelyst's pages, without the version. */
  readonly link: string
}

export interface AelystResult {
  readonly status: number
  readonly body: object
}

type Method = (state: AelystState, call: Call) => AelystResult

/** The documented methods, called as on Aelyst's pages: state and request in, the documented answer out. */
export const methods = {
  getcontact: (state, { identifier }) => {
    const contact = findContact(state, identifier)
    return contact === undefined ? failed(404) : done(printedContact(state, contact))
  },

  /** Says nothing of the contact's id, and may take time. Nobody has written yet, so nothing is open. */
  createcontact: (state, { identifier, body, nowMs }) => {
    const [kind, address] = identifier.split(/:(.*)/s)
    const fields = newContact.safeParse(body).data
    if ((kind !== 'phone' && kind !== 'email') || address === undefined || fields === undefined)
      return failed(400)
    if ([...state.contacts.values()].some((each) => each[kind] === address)) return failed(409)
    const contact = addContact(state, {
      firstName: fields.firstName,
      lastName: fields.lastName ?? null,
      phone: kind === 'phone' ? address : (fields.phone ?? null),
      email: kind === 'email' ? address : (fields.email ?? null),
      status: 'closed',
      createdAtMs: nowMs,
    })
    contact.visible = !state.quirks.addsSlowly
    if (contact.visible) tell(state, 'contact.created', contact)
    return done({ code: '200', message: 'Contact is being created' })
  },

  updatecontact: change((state, contact, { body }) => {
    const fields = newContact.omit({ phone: true }).partial().safeParse(body).data
    if (fields === undefined) return failed(400)
    Object.assign(contact, fields)
    tell(state, 'contact.updated', contact)
    return null
  }),

  /** As a client of respond.io has met it, a closed conversation is answered with success and stays unassigned. */
  updateassignee: change((state, contact, { body, nowMs }) => {
    const assignee = assigneeBody.safeParse(body).data?.assignee
    if (assignee === undefined) return failed(400)
    const user = [...state.users.values()].find(
      (each) => each.id === String(assignee) || each.email === assignee,
    )
    if (assignee !== null && (user === undefined || user.removed)) return failed(400, 'Assignee not found')
    if (contact.status === 'closed') return null
    const to = user?.id ?? null
    state.writes.push({ atMs: nowMs, key: contact.id, from: contact.holder, to })
    contact.holder = to
    tell(state, 'contact.assignee.updated', contact)
    return null
  }),

  updateconversationstatus: change((state, contact, { body, nowMs }) => {
    const status = statusBody.safeParse(body).data?.status
    if (status === undefined) return failed(400)
    contact.status = status === 'close' ? 'closed' : 'open'
    if (status === 'close') contact.holder = null
    if (status === 'close') tellClosed(state, contact, null, nowMs)
    else tell(state, 'conversation.opened', contact)
    return null
  }),

  createcomment: change((state, contact, { body, nowMs }) => {
    const text = commentBody.safeParse(body).data?.text
    if (text === undefined) return failed(400)
    if (text.length > 1000) return failed(400, 'Comment length must not be greater than 1000 characters')
    contact.comments.push({ atMs: nowMs, text })
    tell(state, 'comment.created', contact, { text })
    return done({ contactId: printedId(state.quirks, contact.id), text, created_at: seconds(nowMs) })
  }),

  listcontacts: (state, call) => {
    const body = listBody.safeParse(call.body).data
    if (body === undefined) return failed(400, 'Please check if filter is provided')
    const unknown = body.filter.$and.some(({ field }) => field === 'status') && !state.quirks.statusFilter
    if (unknown) return failed(400)
    const found = [...state.contacts.values()].filter((contact) => contact.visible && fits(contact, body))
    return pageOf(found, call, (contact) => printedContact(state, contact))
  },

  listspaces: (state, call) => {
    const users = [...state.users.values()].filter((user) => !user.removed)
    return pageOf(users, call, (user) => ({
      ...printedUser(state.quirks, user),
      role: user.role,
      team: null,
      restrictions: [],
    }))
  },
} satisfies Record<string, Method>

export type AelystMethod = keyof typeof methods

const documented: Readonly<Record<number, string>> = {
  400: 'Validation error.',
  401: 'UN_AUTHORIZED',
  403: 'Forbidden',
  404: 'Contact not found',
  409: 'Contact already exists',
  429: 'Too Many Requests',
  449: 'Your request cannot be processed at the moment as it is currently in queue. Please try again in a few minutes.',
}

export const failed = (
  code: number,
  message: string = documented[code] ?? 'Unexpected error occurred',
): AelystResult => ({ status: code, body: { code, message } })

const done = (body: object): AelystResult => ({ status: 200, body })

/** A method that changes one contact and, unless it says otherwise, answers with its id. */
function change(
  run: (state: AelystState, contact: AelystContact, call: Call) => AelystResult | null,
): Method {
  return (state, call) => {
    const contact = findContact(state, call.identifier)
    if (contact === undefined) return failed(404)
    if (contact.queued) return failed(449)
    return run(state, contact, call) ?? done({ contactId: printedId(state.quirks, contact.id) })
  }
}

const name = z.string().min(1)
const newContact = z.object({
  firstName: name,
  lastName: name.nullable().exactOptional(),
  phone: z
    .string()
    .regex(/^\+\d+$/)
    .exactOptional(),
  email: z.email().nullable().exactOptional(),
})
const assigneeBody = z.object({ assignee: z.union([z.int(), z.email(), z.null()]) })
const statusBody = z.object({ status: z.enum(['open', 'close']) })
const commentBody = z.object({ text: z.string().min(1) })

const findContact = (state: AelystState, identifier: string): AelystContact | undefined => {
  const [kind, value] = identifier.split(/:(.*)/s)
  if (kind !== 'id' && kind !== 'phone' && kind !== 'email') return undefined
  return [...state.contacts.values()].find((contact) => contact.visible && contact[kind] === value)
}

/** The cursor is the place in the list from which the next page begins. */
const pageOf = <T>(all: readonly T[], { query, link }: Call, print: (row: T) => object): AelystResult => {
  const limit = Number(query.get('limit') ?? 10)
  const from = Number(query.get('cursorId') ?? 0)
  if (!(limit >= 1 && limit < 100) || !Number.isInteger(from)) return failed(400)
  const to = from + limit
  const next = to < all.length ? `${link}?limit=${limit}&cursorId=${to}` : null
  return done({ items: all.slice(from, to).map(print), pagination: { next, previous: null } })
}
