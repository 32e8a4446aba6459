import type { Clock } from '../clock.ts'
import { seenCardJob } from '../jobs/catalogue.ts'
import { returnOffersJob } from '../jobs/offer-jobs.ts'
import { absenceJob, absenceNoticeJob, personJob, relinkJob, secondLookJob } from '../jobs/people-jobs.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { ProviderUser } from '../providers/contract.ts'
import type { KnownUser, Link, PeopleEffects, SlackProfile, Store } from '../store/contract.ts'
import { heldBy } from './held-by.ts'
import { type AccountId, type EventId, groupIdOf, type Instant, later, type SlackUserId } from './ids.ts'

/**
 * Why somebody cannot work on chats: `provider`: blocked or deleted there; `slack`: deactivated in Slack. Their chats
 * stay where the provider has them, and anybody may claim them (decide.ts).
 */
export type Absence = 'provider' | 'slack'

export const noEffects: PeopleEffects = { events: [], jobs: [] }

/**
 * What Slack's newer word on a person means: whether they are absent, that an address may match another user now, and
 * that whoever has become a guest can answer no offer.
 */
export function profileEffects(
  before: SlackProfile | null,
  after: SlackProfile,
  links: readonly Link[],
  now: Instant,
): PeopleEffects {
  const wasAbsent = before?.deactivated ?? false
  const kind = after.deactivated ? 'absent' : 'returned'
  const isNewAddress = before !== null && before.email !== after.email && after.email !== null
  return {
    events:
      wasAbsent === after.deactivated
        ? []
        : links.map(({ account, providerUser: user }) =>
            absenceEvent({ kind, account, user, why: 'slack' }, now),
          ),
    jobs: [
      ...(isNewAddress && after.eligible ? [personJob(after.user, now)] : []),
      ...(before?.eligible === true && !after.eligible
        ? [returnOffersJob({ to: after.user, account: null, why: 'gone' }, now)]
        : []),
    ],
  }
}

/** Whoever a list does not show is asked about again after this time, and believed to be gone if it is still so. */
export const SECOND_LOOK_MS = 60_000

/**
 * What a provider's newer list of its users means: who is absent, and that somebody may have been made anew. Whom it
 * does not show at all counts as deleted only when a later list shows it too, because one short answer must not let
 * anybody claim from anybody; and somebody owns the account, so a list of nobody says nothing.
 */
export function afterList(
  account: AccountId,
  known: readonly KnownUser[],
  listed: readonly ProviderUser[],
  now: Instant,
): PeopleEffects & { readonly users: readonly KnownUser[] } {
  if (listed.length === 0) return { users: known, ...noEffects }
  const shown = new Set(listed.map(({ id }) => id))
  const users: readonly KnownUser[] = [
    ...listed,
    ...known.filter(({ id }) => !shown.has(id)).map((user) => notShown(user, now)),
  ]
  const before = new Map(known.map((user) => [user.id, user]))
  const turned = users.filter(
    ({ id, active }) =>
      groupIdOf(id) === null && before.get(id) !== undefined && before.get(id)?.active !== active,
  )
  const isNew = ({ id, email }: ProviderUser): boolean => before.get(id)?.email !== email
  const inDoubt = users.some(({ missingSince }) => missingSince === now)
  return {
    users,
    events: turned.map(({ id: user, active }) =>
      absenceEvent({ kind: active ? 'returned' : 'absent', account, user, why: 'provider' }, now),
    ),
    jobs: [
      ...(known.length > 0 && (turned.length > 0 || listed.some(isNew)) ? [relinkJob(account, now)] : []),
      ...(inDoubt ? [secondLookJob(account, later(now, SECOND_LOOK_MS))] : []),
    ],
  }
}

function notShown(user: KnownUser, now: Instant): KnownUser {
  if (!user.active) return user
  const missingSince = user.missingSince ?? now
  const isGone = now - missingSince >= SECOND_LOOK_MS
  return { ...user, active: !isGone, missingSince: isGone ? null : missingSince }
}

const absenceEvent = (
  {
    kind,
    account,
    user,
    why,
  }: {
    readonly kind: 'absent' | 'returned'
    readonly account: AccountId
    readonly user: ProviderUser['id']
    readonly why: Absence
  },
  now: Instant,
): PeopleEffects['events'][number] => ({
  event: {
    at: now,
    account,
    chat: null,
    actor: null,
    via: why === 'provider' ? 'provider' : 'rule',
    facts: { kind, user, why },
  },
  jobs: (event) => [absenceJob(event, now)],
})

/**
 * Somebody became absent, or came back: their cards are to show it and, where chats are left behind, the leads to hear
 * of it. What they were asked to take is asked of them no more. Whatever else follows from an absence belongs here.
 */
export function createAbsences(deps: {
  readonly store: Pick<Store, 'event' | 'findChats' | 'slackUsers' | 'profile' | 'addJobs'>
  readonly clock: Clock
  /** Asked each time, because members of user groups change. */
  readonly leads: () => readonly SlackUserId[]
  readonly admins: readonly SlackUserId[]
}) {
  const { store, clock, admins } = deps
  return async ({ event: id }: { readonly event: EventId }): Promise<JobOutcome> => {
    const event = await store.event(id)
    if (event?.facts.kind !== 'absent' && event?.facts.kind !== 'returned') return { kind: 'done' }
    const { account, facts } = event
    const chats = await heldBy(store, account, facts.user)
    const isTold = facts.kind === 'absent' && chats.length > 0 && !(await wasToldOf(account, facts))
    const now = clock.now()
    const person = (await store.slackUsers(account, [facts.user])).get(facts.user)
    const leads = deps.leads()
    const hears = leads.length > 0 ? leads : admins
    await store.addJobs([
      ...chats.map((chat) => seenCardJob(chat, now)),
      ...(facts.kind === 'absent' && person !== undefined
        ? [returnOffersJob({ to: person, account, why: 'gone' }, now)]
        : []),
      ...(isTold ? hears.map((lead) => absenceNoticeJob(id, lead, now)) : []),
    ])
    return { kind: 'done' }
  }

  /** Who leaves is often deactivated in Slack and then blocked at the provider: leads hear of it once. */
  async function wasToldOf(
    account: AccountId,
    { user, why }: { readonly user: ProviderUser['id']; readonly why: Absence },
  ): Promise<boolean> {
    if (why === 'slack') return false
    const person = (await store.slackUsers(account, [user])).get(user)
    return person !== undefined && (await store.profile(person))?.deactivated === true
  }
}
