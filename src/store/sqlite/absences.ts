import { and, eq, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Absence } from '../../routing/absence.ts'
import type { AccountId, ProviderUserId } from '../../routing/ids.ts'
import type { PeopleMemory } from './people-memory.ts'
import { links, profiles, providerUsers } from './schema.ts'
import type { Statements } from './statements.ts'

/** Why a provider's user cannot work on chats; null when they can, and for whom no list has shown. */
export type AbsenceOf = (account: AccountId, user: ProviderUserId) => Absence | null

export function createAbsenceOf(deps: {
  readonly db: BetterSQLite3Database
  readonly statements: Statements
  readonly memory: PeopleMemory
}): AbsenceOf {
  const { db, statements, memory } = deps
  const [account, user] = [sql.placeholder('account'), sql.placeholder('user')]
  const activeOf = statements.rows(
    db
      .select({ active: providerUsers.active })
      .from(providerUsers)
      .where(and(eq(providerUsers.account, account), eq(providerUsers.id, user))),
    { active: providerUsers.active },
  )
  const deactivatedOf = statements.rows(
    db
      .select({ deactivated: profiles.deactivated })
      .from(links)
      .innerJoin(profiles, eq(profiles.user, links.slackUser))
      .where(and(eq(links.account, account), eq(links.providerUser, user))),
    { deactivated: profiles.deactivated },
  )
  return memory.remember((account, user) => {
    const who = { account, user }
    if (activeOf.get(who)?.active === false) return 'provider'
    return deactivatedOf.get(who)?.deactivated === true ? 'slack' : null
  })
}
