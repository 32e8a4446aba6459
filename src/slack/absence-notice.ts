import type { JobPayload } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import { type Accounts, accountName } from '../routing/accounts.ts'
import { heldBy, MOST_HELD } from '../routing/held-by.ts'
import type { Store } from '../store/contract.ts'
import { type Poster, sentBy } from './poster.ts'
import type { Presenter } from './present.ts'
import { absenceNoticeText } from './text-absence.ts'
import { textMessage } from './views/message.ts'

/** Tells a lead that somebody who has chats cannot work on them, as far as that is still so. */
export function createAbsenceNotice(deps: {
  readonly store: Pick<Store, 'event' | 'findChats' | 'absences'>
  readonly accounts: Accounts
  readonly present: Pick<Presenter, 'people'>
  readonly poster: Pick<Poster, 'post'>
}) {
  const { store, accounts, present, poster } = deps
  return async ({ event: id, to }: JobPayload<'absence-notice'>): Promise<JobOutcome> => {
    const event = await store.event(id)
    if (event?.facts.kind !== 'absent') return { kind: 'done' }
    const { account, facts } = event
    const absence = (await store.absences(account, [facts.user])).get(facts.user)
    const chats = await heldBy(store, account, facts.user)
    if (absence === undefined || chats.length === 0) return { kind: 'done' }
    const who = (await present.people(account, [facts.user])).get(facts.user) ?? null
    const provider = accountName(accounts, account)
    const more = chats.length >= MOST_HELD
    const text = absenceNoticeText(who, absence, { provider, chats: chats.length, more })
    return sentBy(await poster.post(to, textMessage(text)))
  }
}
