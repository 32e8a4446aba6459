import { providers } from '../providers/registry.ts'

/** How a setting of an account is called, for whoever is to change it. */
export function settingOf(
  { id, provider }: { readonly id: string; readonly provider: string },
  setting: 'token' | 'channel' | 'baseUrl',
): string {
  const variable = providers.find(({ name }) => name === provider)?.variables[setting]
  return id === provider && variable !== undefined
    ? `${variable} (${setting} in an accounts file)`
    : `${setting} of the account ${id} in ACCOUNTS_FILE`
}
