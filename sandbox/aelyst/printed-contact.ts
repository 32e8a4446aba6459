import type { AelystContact, AelystQuirks, AelystState, AelystUser } from './aelyst-state.ts'

/** A contact as Aelyst prints it, in an answer and in what it tells by itself. */
export const printedContact = (state: AelystState, contact: AelystContact): object => {
  const { quirks } = state
  const holder = contact.holder === null ? undefined : state.users.get(contact.holder)
  const nobody = { null: { assignee: null }, empty: { assignee: {} }, missing: {} }[quirks.nobody]
  return {
    id: printedId(quirks, contact.id),
    firstName: contact.firstName,
    lastName: contact.lastName,
    phone: contact.phone,
    email: contact.email,
    language: 'en',
    profilePic: null,
    countryCode: null,
    custom_fields: [],
    status: contact.status,
    tags: [],
    ...(holder === undefined ? nobody : { assignee: printedUser(quirks, holder) }),
    lifecycle: null,
    created_at: seconds(contact.createdAtMs),
    isBlocked: false,
  }
}

export const printedUser = (
  quirks: AelystQuirks,
  { id, firstName, lastName, email }: AelystUser,
): object => ({
  id: printedId(quirks, id),
  firstName,
  lastName,
  email,
})

export const printedId = (quirks: AelystQuirks, id: string): string | number =>
  quirks.ids === 'strings' ? id : Number(id)

export const seconds = (atMs: number): number => Math.floor(atMs / 1000)
