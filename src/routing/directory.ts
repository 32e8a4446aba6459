import type { Clock } from '../clock.ts'
import { directoryJob, directoryReportJob } from '../jobs/people-jobs.ts'
import type { JobOutcome, Try } from '../jobs/worker.ts'
import type { Outcome, ProviderUserPage } from '../providers/contract.ts'
import type { ChangeRun, SlackProfile, Store } from '../store/contract.ts'
import { afterList, profileEffects } from './absence.ts'
import type { Account, Accounts } from './accounts.ts'
import type { DirectoryRun, DirectoryStep, Unread } from './directory-run.ts'
import type { AccountId, Instant, SlackUserId } from './ids.ts'
import type { Linker } from './link-person.ts'
import { matchEveryone } from './match-everyone.ts'
import { askAgain, tryAgain } from './try-again.ts'

export type PeoplePage =
  | { readonly kind: 'page'; readonly people: readonly SlackProfile[]; readonly next: string | null }
  /** Slack does not know the cursor any more: it begins anew. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }

/** A page of everybody in Slack; `cursor` is the `next` of the page before, null for the first. */
export type PeoplePages = (cursor: string | null) => Promise<PeoplePage>

export interface Directory {
  /** Everybody is read, linked and reported to the admin; what is under way already serves them too. */
  linkEveryone(by: SlackUserId): Promise<void>
  /** Everybody is read, so that what has changed outside is noticed. Only who has another address may be linked by it. */
  look(): Promise<void>
  /** When it was last looked at; a store that knows of no time has this one. */
  lookedAt(): Promise<Instant>
  /** The job handler: one page, or the linking of those who were read. */
  step(attempt: Try): Promise<JobOutcome>
}

/** So often a provider is asked again for a page, before the others have their turn without it. */
const TRIES_AT_PROVIDER = 4
/** A provider that lists more is answering nonsense. */
const MOST_USERS = 20_000
/** Links of one transaction: between two of them people are answered. */
const LINKS_AT_ONCE = 100

/**
 * Reads who is in Slack and at the providers, page by page. Each page is kept in one transaction with the cursor
 * of the next, so that a process that dies goes on where it was. There is one reading at a time.
 */
export function createDirectory(deps: {
  readonly store: Pick<
    Store,
    | 'directoryRun'
    | 'changeDirectoryRun'
    | 'saveProfiles'
    | 'saveProviderUsers'
    | 'profiles'
    | 'providerUsers'
    | 'linksIn'
    | 'unlinkedIn'
  >
  readonly pages: PeoplePages
  readonly linker: Pick<Linker, 'link'>
  readonly accounts: Accounts
  readonly clock: Clock
}): Directory {
  const { store, accounts, clock } = deps

  const begin = (askedBy: readonly SlackUserId[]): Promise<void> =>
    store.changeDirectoryRun((run) => {
      const now = clock.now()
      const jobs = [directoryJob(now)]
      if (run !== null && run.step.kind !== 'ended') {
        return { run: { ...run, askedBy: [...new Set([...run.askedBy, ...askedBy])] }, jobs }
      }
      const step = { kind: 'people', cursor: null } as const
      return { run: { startedAt: now, askedBy, step, unread: [] }, jobs }
    })

  /** The step that follows, unless another try was quicker. */
  const go =
    (from: DirectoryStep, to: DirectoryStep, unread: readonly Unread[] = []): ChangeRun =>
    (run) =>
      run === null || JSON.stringify(run.step) !== JSON.stringify(from)
        ? null
        : { run: { ...run, step: to, unread: [...run.unread, ...unread] }, jobs: [directoryJob(clock.now())] }

  const listing = [...accounts.values()].filter(({ adapter }) => adapter.listUsers !== undefined)

  /** What is read after the account; null stands for Slack, which is read first. */
  function after(account: AccountId | null): DirectoryStep {
    const next = account === null ? listing[0] : listing[listing.findIndex(({ id }) => id === account) + 1]
    return next === undefined
      ? { kind: 'links' }
      : { kind: 'users', account: next.id, cursor: null, listed: [] }
  }

  async function readPeople(step: DirectoryStep & { kind: 'people' }, { last }: Try): Promise<JobOutcome> {
    const page = await deps.pages(step.cursor)
    switch (page.kind) {
      case 'page': {
        const next: DirectoryStep = page.next === null ? after(null) : { kind: 'people', cursor: page.next }
        await store.saveProfiles(
          page.people,
          (before, person, links) => profileEffects(before, person, links, clock.now()),
          go(step, next),
        )
        return { kind: 'done' }
      }
      case 'lost':
        await store.changeDirectoryRun(go(step, { kind: 'people', cursor: null }))
        return { kind: 'done' }
      case 'retry':
        if (page.afterMs !== undefined) return askAgain(page)
        // Whoever asked for it is told what was not read, rather than nothing.
        if (!last) return { kind: 'retry', reason: page.reason }
        await store.changeDirectoryRun(go(step, after(null), [{ account: null, problem: page.reason }]))
        return { kind: 'done' }
      default:
        return page satisfies never
    }
  }

  async function readUsers(step: DirectoryStep & { kind: 'users' }, { attempt }: Try): Promise<JobOutcome> {
    const { account: id, listed: before } = step
    const account = accounts.get(id)
    const page = account === undefined ? null : await pageOf(account, step.cursor)
    if (page === null) {
      await store.changeDirectoryRun(go(step, after(id)))
      return { kind: 'done' }
    }
    if (page.kind === 'retry' && (page.problem === 'paced' || attempt < TRIES_AT_PROVIDER))
      return tryAgain(page)
    if (page.kind !== 'done') return passOver(step, page.problem)
    const { users, next } = page.value
    const listed = [...before, ...users]
    // Somebody owns the account, and a page does not follow itself.
    const isNonsense =
      listed.length === 0 || listed.length > MOST_USERS || (next !== null && next === step.cursor)
    if (isNonsense) return passOver(step, 'unreadable-answer')
    if (next !== null) {
      await store.changeDirectoryRun(go(step, { ...step, cursor: next, listed }))
      return { kind: 'done' }
    }
    await store.saveProviderUsers(
      id,
      (known) => afterList(id, known, listed, clock.now()),
      go(step, after(id)),
    )
    return { kind: 'done' }
  }

  async function passOver(step: DirectoryStep & { kind: 'users' }, problem: string): Promise<JobOutcome> {
    const { account } = step
    await store.changeDirectoryRun(go(step, after(account), [{ account, problem }]))
    return { kind: 'done' }
  }

  /** Links whoever can be; one who cannot is found again by the report, and holds up nobody. */
  async function linkAll({ askedBy, unread: failed }: DirectoryRun): Promise<JobOutcome> {
    const [actor] = askedBy
    // Who was not read now may be blocked by now.
    const read = listing.filter(({ id }) => !failed.some(({ account }) => account === id))
    if (actor !== undefined) for (const { id } of read) await linkAllIn(id, actor)
    await store.changeDirectoryRun((run) => {
      const isSame = run?.step.kind === 'links' && (askedBy.length > 0 || run.askedBy.length === 0)
      if (run === null || !isSame) return null
      const now = clock.now()
      const { startedAt: since, unread } = run
      return {
        run: { ...run, step: { kind: 'ended', at: now } },
        jobs: run.askedBy.map((to) => directoryReportJob({ to, since, unread: [...unread] }, now)),
      }
    })
    return { kind: 'done' }
  }

  async function linkAllIn(account: AccountId, actor: SlackUserId): Promise<void> {
    const { standings } = matchEveryone(
      await store.profiles(),
      await store.providerUsers(account),
      await store.linksIn(account),
      await store.unlinkedIn(account),
    )
    const matches = standings.filter((standing) => standing.kind === 'match')
    for (let from = 0; from < matches.length; from += LINKS_AT_ONCE) {
      await Promise.allSettled(
        matches
          .slice(from, from + LINKS_AT_ONCE)
          .map(({ person, user }) => deps.linker.link(account, person, user, { actor, how: 'email' })),
      )
    }
  }

  return {
    linkEveryone: (by) => begin([by]),
    look: () => begin([]),
    async lookedAt() {
      const now = clock.now()
      const known = await store.directoryRun()
      if (known !== null) return known.startedAt
      const never = { startedAt: now, askedBy: [], step: { kind: 'ended', at: now }, unread: [] } as const
      await store.changeDirectoryRun((run) => (run === null ? { run: never, jobs: [] } : null))
      return now
    },
    async step(attempt) {
      const run = await store.directoryRun()
      if (run === null) return { kind: 'done' }
      const { step } = run
      switch (step.kind) {
        case 'people':
          return readPeople(step, attempt)
        case 'users':
          return readUsers(step, attempt)
        case 'links':
          return linkAll(run)
        case 'ended':
          return { kind: 'done' }
        default:
          return step satisfies never
      }
    },
  }
}

/** A provider without pages lists everybody at once; null where it lists nobody. */
async function pageOf(
  { adapter }: Account,
  cursor: string | null,
): Promise<Outcome<ProviderUserPage> | null> {
  if (adapter.listUserPage !== undefined) return adapter.listUserPage(cursor)
  const listed = await adapter.listUsers?.()
  if (listed === undefined) return null
  return listed.kind === 'done' ? { kind: 'done', value: { users: listed.value, next: null } } : listed
}
