import { accountName } from '../../routing/accounts.ts'
import { notReadText } from '../text-health.ts'
import type { ListenerContext } from './context.ts'

/** A sentence for each account whose chats may be out of date. */
export const notRead = async ({ staleAccounts, accounts }: ListenerContext): Promise<readonly string[]> =>
  (await staleAccounts()).map(({ account, notReadSince }) =>
    notReadText(accountName(accounts, account), notReadSince),
  )
