import type { ProviderScreen } from '../provider/provider-screen.ts'
import type { SandboxAelyst } from './start-aelyst.ts'

export const showAelyst = (aelyst: SandboxAelyst): ProviderScreen => ({
  id: 'aelyst',
  name: 'Aelyst.ai',
  assigns: 'updateassignee',
  provider: aelyst,
  token: aelyst.token,
  chats: () =>
    [...aelyst.state.contacts.values()]
      .filter(({ visible }) => visible)
      .map(({ id, firstName, lastName, phone, email, status, holder, messages, comments }) => ({
        key: id,
        name: [firstName, lastName].filter((part) => part !== null).join(' '),
        address: phone ?? email ?? '',
        holder,
        accepted: null,
        open: status === 'open',
        lastMessage: messages.at(-1) ?? null,
        note: comments.at(-1)?.text ?? '',
      })),
  users: () =>
    [...aelyst.state.users.values()]
      .filter(({ removed }) => !removed)
      .map(({ id, firstName, lastName }) => ({ id, name: `${firstName} ${lastName}`.trim(), canHold: true })),
})
