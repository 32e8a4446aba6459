import type { Logger } from '../log.ts'
import type { HealthDesk } from '../routing/account-health.ts'
import type { Account } from '../routing/accounts.ts'

/** Asks an account that no poll asks whether its token is right, so that this does not turn out at the first claim. */
export const createAccountCheck =
  (deps: { readonly health: Pick<HealthDesk, 'read' | 'written'>; readonly logger: Logger }) =>
  async ({ id, adapter }: Account): Promise<void> => {
    const { health, logger } = deps
    const outcome = await adapter.health()
    if (outcome.kind === 'done') return health.read(id, outcome)
    logger.warn({ account: id, problem: outcome.problem }, 'The account does not work')
    return health.written(id, outcome)
  }
