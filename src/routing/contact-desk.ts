import type { After, Clock } from '../clock.ts'
import { cardJob, contactJob, noticeJob } from '../jobs/catalogue.ts'
import type { JobOutcome, Try } from '../jobs/worker.ts'
import type {
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
import type { EventFacts } from './audit.ts'
import { unlistedChat } from './observe.ts'
import { tryAgain } from './try-again.ts'

/** What became of what somebody filled in. */
export type ContactEnd =
  | { readonly kind: 'saved'; readonly added: boolean }
  | {
      readonly kind: 'refused'
      readonly problem: ProviderProblem
      readonly field: ContactFieldId | null
    }
  /** Kept, and tried again until it has an end, which is told privately. */
  | { readonly kind: 'delayed'; readonly problem: ProviderProblem | null }

export interface ContactDesk {
  /** What the provider has in the form's fields; null where it did not say so in time. */
  read(contact: Pick<NewContactEdit, 'account'> & ContactRef): Promise<ContactValues | null>
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

  async function saveOne(edit: ContactEdit, attempt: Try): Promise<JobOutcome> {
    const adapter = accounts.get(edit.account)?.adapter
    if (adapter?.contacts === undefined) {
      await end(edit, { kind: 'refused', problem: 'refused-otherwise', field: null })
      return { kind: 'failed', reason: 'the account has no contacts any more' }
    }
    const chat = edit.chat === null ? null : await store.chat(edit.chat)
    const contact = { key: chat?.key ?? null, phone: chat?.phone ?? edit.phone }
    const saved = await saveOnce(adapter, contact, edit.values)
    switch (saved.kind) {
      case 'done':
        await rename(edit, saved.value)
        await end(edit, { kind: 'saved', added: saved.value.kind === 'added' })
        return { kind: 'done' }
      case 'refused':
        await end(edit, { kind: 'refused', problem: saved.problem, field: saved.field ?? null })
        return { kind: 'done' }
      case 'retry': {
        const { problem } = saved
        if (problem === 'paced') return tryAgain(saved)
        if (attempt.last) await end(edit, { kind: 'refused', problem, field: null })
        else takeWatcher(edit.id)?.({ kind: 'delayed', problem })
        return tryAgain(saved)
      }
      default:
        return saved satisfies never
    }
  }

  async function end(edit: ContactEdit, how: Exclude<ContactEnd, { kind: 'delayed' }>): Promise<void> {
    const watcher = takeWatcher(edit.id)
    const now = clock.now()
    await store.endContactEdit(
      edit.id,
      {
        at: now,
        account: edit.account,
        chat: edit.chat,
        actor: edit.by,
        via: 'slack',
        facts: factsOf(edit, how),
      },
      (event) => (watcher ? [] : [noticeJob(event, edit.by, now)]),
    )
    watcher?.(how)
  }

  /** The name that was saved shows at once, not with the next list; a customer who was added can be found. */
  async function rename(edit: ContactEdit, saved: SavedContact): Promise<void> {
    const name = nameIn(edit.values)
    const now = clock.now()
    await store.change({ account: edit.account, key: saved.key }, [], ({ chat, newChatId, currentPoll }) => {
      if (chat !== null) {
        if (name === null || name === chat.name) return { result: null }
        return { result: null, chat: { ...chat, name }, jobs: [cardJob(chat.id, now)] }
      }
      const { account, phone } = edit
      const made = unlistedChat({ id: newChatId, account, key: saved.key, phone, name, now, currentPoll })
      return { result: null, chat: made }
    })
  }

  return {
    async read({ account, ...contact }) {
      const contacts = accounts.get(account)?.adapter.contacts
      if (contacts === undefined) return null
      return within(clock.after, READ_WITHIN_MS, null, async () => {
        const read = await contacts.read(contact)
        return read.kind === 'done' ? read.value : null
      })
    },
    async save(edit) {
      const end = Promise.withResolvers<ContactEnd>()
      const id = await store.addContactEdit(edit, (number) => {
        watching.set(number, end.resolve)
        return contactJob(edit.account, edit.chat, number, clock.now())
      })
      const cancel = clock.after(END_WITHIN_MS, () => takeWatcher(id)?.({ kind: 'delayed', problem: null }))
      return end.promise.finally(cancel)
    },
    async bring({ edit }, attempt) {
      for (const each of await store.contactEdits(edit)) {
        const outcome = await saveOne(each, attempt)
        if (outcome.kind !== 'done') return outcome
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
  { contacts, findChats }: ProviderAdapter,
  contact: ContactRef,
  values: ContactValues,
): Promise<Outcome<SavedContact>> {
  if (contacts === undefined) return { kind: 'refused', problem: 'refused-otherwise', detail: 'no contacts' }
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

/** The customer's name as these values give it, or null when they give none. */
const nameIn = (values: ContactValues): string | null => {
  const { name, 'first-name': first, 'last-name': last } = values
  const parts = [first, last].filter((part) => part !== undefined && part !== '')
  return name || parts.join(' ') || null
}

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
