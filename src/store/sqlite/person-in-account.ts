import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { AccountId, ProviderUserId, SlackUserId } from '../../routing/ids.ts'
import type { SlackProfile } from '../contract.ts'
import type { PeopleMemory } from './people-memory.ts'
import { links, profiles } from './schema.ts'
import type { Statements } from './statements.ts'

/** What a decision has to know of a person, in one statement: their link in the account, and who Slack says they are. */
export function createPersonInAccount(deps: {
  readonly db: BetterSQLite3Database
  readonly statements: Statements
  readonly memory: PeopleMemory
}) {
  const { placeholder } = sql
  const columns = { link: links.providerUser, ...getTableColumns(profiles) }
  const find = deps.statements.rows(
    deps.db
      .select(columns)
      // One row, whether or not there is anything to join.
      .from(sql`(SELECT 1)`)
      .leftJoin(
        links,
        and(eq(links.account, placeholder('account')), eq(links.slackUser, placeholder('person'))),
      )
      .leftJoin(profiles, eq(profiles.user, placeholder('person'))),
    columns,
  )

  return deps.memory.remember(
    (
      account: AccountId | null,
      person: SlackUserId,
    ): { readonly link: ProviderUserId | null; readonly profile: SlackProfile | null } => {
      const found = find.get({ account, person })
      if (found === undefined) return { link: null, profile: null }
      const { link, ...profile } = found
      // Of a row that was not joined every column is null, whatever their types say.
      return { link: link ?? null, profile: profile.user === null ? null : profile }
    },
  )
}
