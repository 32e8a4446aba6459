import type { SlackUserId } from './ids.ts'
import type { Role } from './intent.ts'

/** Who has which role, as the settings say. */
export function createRoleOf(named: {
  readonly admins: readonly SlackUserId[]
  readonly leads: readonly SlackUserId[]
}): (user: SlackUserId) => Role {
  const admins = new Set(named.admins)
  const leads = new Set(named.leads)
  return (user) => (admins.has(user) ? 'admin' : leads.has(user) ? 'lead' : 'agent')
}
