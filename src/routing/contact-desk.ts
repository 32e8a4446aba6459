import type { After, Clock } from '../clock.ts'
import { cardJob, contactJob, noticeJob } from '../jobs/catalogue.ts'
import type { JobOutcome, Try } from '../jobs/worker.ts'
import type {
  ContactBook,
  ContactFieldId,
  ContactRef,
  ContactValues,
  Outcome,
  ProviderAdapter,
  ProviderProblem,
  SavedContact,
} from '../providers/contract.ts'
import type { ContactEdit, NewContactEdit, Store } from '../store/contract.ts'
import type { Accounts } from './accounts.ts'
import type { EventFacts, NewEvent } from './audit.ts'
import type { AccountId, ChatId, ChatKey, SlackUserId } from './ids.ts'
import { lookedUp } from './look-up.ts'
import { unlistedChat } from './observe.ts'
import { tryAgain } from './try-again.ts'
import { isUnknownChat } from './unknown-chat.ts'

/** What became of what somebody filled in. */
export type ContactEnd =
  | { readonly kind: 'saved'; readonly added: boolean; readonly chat: ChatId }
  | {
      readonly kind: 'refused'
      readonly problem: ProviderProblem
      readonly field: ContactFieldId | null
    }
  /** Kept, and tried again until it has an end, which is told privately. */
  | { readonly kind: 'delayed'; readonly problem: ProviderProblem | null }

/** What the provider says of a customer. */
export type ContactRead =
  | { readonly kind: 'told'; readonly values: ContactValues }
  | { readonly kind: 'unknown' }
  /** Not in time, or it refused. */
  | { readonly kind: 'not-told' }

/** A customer in an account. */
export type Customer = ContactRef & { readonly account: AccountId }

export interface ContactDesk {
  /** What the provider has in the form's fields. */
  read(customer: Customer): Promise<ContactRead>
  /** The chat of a customer whom the provider knows; made, in no queue, where no list has shown one. */
  meet(
    customer: Customer & { readonly key: ChatKey },
    values: ContactValues,
    by: SlackUserId,
  ): Promise<ChatId>
  /** Keeps the edit, and waits a moment for its end. */
  save(edit: NewContactEdit): Promise<ContactEnd>
  /** The job handler that brings edits to the provider. */
  bring(payload: { readonly edit: number }, attempt: Try): Promise<JobOutcome>
}

/** A form must be on the screen 3 s after the click, filled in or not. */
const READ_WITHIN_MS = 1_500
/** Whoever submits a form sees its end there, if it comes so soon. */
const END_WITHIN_MS = 1_900

export function createContactDesk(deps: {
  readonly store: Pick<Store, 'chat' | 'change' | 'addContactEdit' | 'contactEdits' | 'endContactEdit'>
  readonly accounts: Accounts
  readonly clock: Clock
}): ContactDesk {
  const { store, accounts, clock } = deps
  /** People whose form is still open, by the edit's number. */
  const watching = new Map<number, (end: ContactEnd) => void>()

  /** From now on it is ours to tell whoever has the form open; undefined when nobody has. */
  function takeWatcher(edit: number): ((end: ContactEnd) => void) | undefined {
    const watcher = watching.get(edit)
    watching.delete(edit)
    return watcher
  }

  async function saveAtProvider(edit: ContactEdit): Promise<Outcome<SavedContact>> {
    const adapter = accounts.get(edit.account)?.adapter
    const chat = edit.chat === null ? null : await store.chat(edit.chat)
    const contact = { key: chat?.key ?? null, phone: chat?.phone ?? edit.phone }
    return adapter?.contacts === undefined
      ? { kind: 'refused', problem: 'refused-otherwise', detail: 'the account has no contacts any more' }
      : saveOnce(adapter, adapter.contacts, contact, edit.values)
  }

  async function end(edit: ContactEdit, how: Exclude<ContactEnd, { kind: 'delayed' }>): Promise<void> {
    const watcher = takeWatcher(edit.id)
    const now = clock.now()
    const event: NewEvent = {
      at: now,
      account: edit.account,
      chat: how.kind === 'saved' ? how.chat : edit.chat,
      actor: edit.by,
      via: 'slack',
      facts: factsOf(edit, how),
    }
    try {
      await store.endContactEdit(edit.id, event, (id) => (watcher ? [] : [noticeJob(id, edit.by, now)]))
    } catch (error) {
      // The job comes back to it, and tells its end.
      watcher?.({ kind: 'delayed', problem: null })
      throw error
    }
    watcher?.(how)
  }

  /**
   * A name that the provider has shows at once, not with the next list. `lookedUpBy`: who has named the customer; null
   * where another event tells of them.
   */
  function show(
    customer: Customer & { readonly key: ChatKey },
    name: string | null,
    lookedUpBy: SlackUserId | null,
  ): Promise<ChatId> {
    const { account, key, phone } = customer
    const now = clock.now()
    return store.change({ account, key }, [], ({ chat, newChatId, currentPoll }) => {
      if (chat === null) {
        const made = unlistedChat({ id: newChatId, account, key, phone, name, now, currentPoll })
        const event = lookedUpBy === null ? {} : { event: lookedUp(made, lookedUpBy, now) }
        return { result: made.id, chat: made, ...event }
      }
      if (name === null || name === chat.name) return { result: chat.id }
      return { result: chat.id, chat: { ...chat, name }, jobs: [cardJob(chat.id, now)] }
    })
  }

  return {
    async read({ account, ...contact }) {
      const contacts = accounts.get(account)?.adapter.contacts
      if (contacts === undefined) return { kind: 'not-told' }
      return within<ContactRead>(clock.after, READ_WITHIN_MS, { kind: 'not-told' }, async () => {
        const read = await contacts.read(contact)
        if (read.kind === 'done') return { kind: 'told', values: read.value }
        return { kind: isUnknownChat(read) ? 'unknown' : 'not-told' }
      })
    },
    meet: (customer, values, by) => show(customer, nameIn(values), by),
    async save(edit) {
      const ended = Promise.withResolvers<ContactEnd>()
      const id = await store.addContactEdit(edit, (number) => {
        watching.set(number, ended.resolve)
        return contactJob(edit.account, edit.chat, number, clock.now())
      })
      const cancel = clock.after(END_WITHIN_MS, () => takeWatcher(id)?.({ kind: 'delayed', problem: null }))
      return ended.promise.finally(cancel)
    },
    async bring({ edit }, attempt) {
      const edits = await store.contactEdits(edit)
      for (const [at, each] of edits.entries()) {
        const saved = await saveAtProvider(each)
        switch (saved.kind) {
          case 'done': {
            const { kind, key } = saved.value
            const added = kind === 'added'
            // Of somebody new, a part of the name that was left out is no part of it.
            const name = nameIn(added ? { 'first-name': '', 'last-name': '', ...each.values } : each.values)
            await end(each, { kind: 'saved', added, chat: await show({ ...each, key }, name, null) })
            break
          }
          case 'refused':
            await end(each, { kind: 'refused', problem: saved.problem, field: saved.field ?? null })
            break
          case 'retry': {
            const { problem } = saved
            if (problem === 'paced') return tryAgain(saved)
            // Later edits of the same chat wait behind this one, and share its end where there is no next try.
            for (const left of edits.slice(at)) {
              if (attempt.last) await end(left, { kind: 'refused', problem, field: null })
              else takeWatcher(left.id)?.({ kind: 'delayed', problem })
            }
            return tryAgain(saved)
          }
          default:
            return saved satisfies never
        }
      }
      return { kind: 'done' }
    },
  }
}

/**
 * Adding cannot be repeated safely: after a lost answer the customer exists already. One who is just as
 * they were to be added is ours.
 */
async function saveOnce(
  { findChats }: ProviderAdapter,
  contacts: ContactBook,
  contact: ContactRef,
  values: ContactValues,
): Promise<Outcome<SavedContact>> {
  const saved = await contacts.save(contact, values)
  const { key, phone } = contact
  if (saved.kind !== 'refused' || saved.problem !== 'contact-exists' || key !== null || phone === null)
    return saved
  const found = await findChats?.({ phone })
  for (const { key: other } of found?.kind === 'done' ? found.value : []) {
    const read = await contacts.read({ key: other, phone })
    if (read.kind === 'done' && hasAll(read.value, values))
      return { kind: 'done', value: { kind: 'added', key: other } }
  }
  return saved
}

/** Whether the values are among those that the provider tells; it need not tell all of them. */
const hasAll = (told: ContactValues, values: ContactValues): boolean =>
  Object.entries(told).length > 0 &&
  Object.entries(told).every(([field, value]) => {
    const wanted = Object.entries(values).find(([other]) => other === field)?.[1]
    return wanted === undefined || wanted === value
  })

const factsOf = (edit: ContactEdit, end: Exclude<ContactEnd, { kind: 'delayed' }>): EventFacts => {
  switch (end.kind) {
    case 'saved':
      return { kind: 'contact-saved', added: end.added, fields: Object.keys(edit.values) }
    case 'refused':
      return { kind: 'contact-refused', added: edit.chat === null, reason: end.problem, field: end.field }
    default:
      return end satisfies never
  }
}

/** The customer's name as these values give it, or null when they give none, or not all of it. */
const nameIn = ({ name, 'first-name': first, 'last-name': last }: ContactValues): string | null =>
  name || (first !== undefined && last !== undefined && `${first} ${last}`.trim()) || null

/** What `work` gives within `ms`, else `otherwise`; `work` goes on. */
const within = async <T>(after: After, ms: number, otherwise: T, work: () => Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<T>()
  const cancel = after(ms, () => late.resolve(otherwise))
  try {
    return await Promise.race([work(), late.promise])
  } finally {
    cancel()
  }
}
