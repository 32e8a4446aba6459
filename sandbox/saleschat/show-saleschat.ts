import type { ProviderScreen } from '../provider/provider-screen.ts'
import type { SalesChatState, SalesChatWrite } from './saleschat-state.ts'
import type { SandboxSalesChat } from './start-saleschat.ts'

export const showSalesChat = (saleschat: SandboxSalesChat): ProviderScreen => ({
  id: 'saleschat',
  name: 'SalesChat.pro',
  assigns: 'assignChatroom',
  provider: saleschat,
  token: saleschat.token,
  chats: () =>
    [...saleschat.state.contacts.values()].map((contact) => {
      const { id, crmId, phone, firstName, lastName, holder, expired, stage, disposition } = contact
      const accepted = saleschat.state.accepted.get(id)
      return {
        key: id,
        name: `${firstName} ${lastName}`.trim() || crmId,
        address: phone,
        holder,
        accepted:
          accepted === undefined
            ? null
            : { to: receiverName(saleschat.state, accepted), onReply: accepted.onHandover },
        open: !expired,
        lastMessage: null,
        note: [stage, disposition].filter((part) => part !== null).join(', '),
      }
    }),
  users: () => [...saleschat.state.users.values()].map(({ id, name }) => ({ id, name, canHold: true })),
})

/** Whom an assignment is to; of a group, SalesChat has not chosen anybody yet. */
export const receiverName = ({ users, groups }: SalesChatState, { to }: SalesChatWrite): string =>
  'user' in to ? (users.get(to.user)?.name ?? to.user) : (groups.get(to.group)?.name ?? to.group)
