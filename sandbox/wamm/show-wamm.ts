import type { ProviderScreen } from '../provider/provider-screen.ts'
import type { SandboxWamm } from './start-wamm.ts'

export const showWamm = (wamm: SandboxWamm): ProviderScreen => ({
  id: 'wamm',
  name: 'WAMM.chat',
  assigns: 'contact_to_user',
  provider: wamm,
  token: wamm.token,
  chats: () =>
    [...wamm.state.chats.values()].map(({ key, name, phoneReal, holder, open, messages, notes }) => ({
      key,
      name,
      address: phoneReal ?? key,
      holder,
      accepted: null,
      open,
      lastMessage: messages.at(-1) ?? null,
      note: notes,
    })),
  users: () =>
    [...wamm.state.users.values()]
      .filter(({ deleted }) => !deleted)
      .map(({ id, name, blocked }) => ({ id, name, canHold: !blocked })),
})
