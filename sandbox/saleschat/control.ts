import { z } from 'zod'
import { type Control, withBody } from '../provider/control.ts'
import { e164 } from './requests.ts'
import type { SandboxSalesChat } from './start-saleschat.ts'

const id = z.string().min(1)

/** The sandbox's functions over HTTP; those that every provider has are in provider/control.ts. */
export const salesChatControl: Control<SandboxSalesChat> = {
  views: {
    state: ({ state, isUp, faults }) => ({
      isUp,
      faults: faults.active(),
      contacts: [...state.contacts.values()],
      users: [...state.users.values()],
      groups: [...state.groups.values()],
      accepted: [...state.accepted.values()],
      breaches: state.breaches,
      role: state.role,
    }),
    writes: ({ writes }) => writes,
  },
  actions: {
    'add-user': withBody(z.object({ id, name: z.string() }), (saleschat, user) => saleschat.addUser(user)),
    'add-group': withBody(
      z.object({ id, name: z.string(), members: z.array(id).min(1) }),
      (saleschat, group) => saleschat.addGroup(group),
    ),
    'add-contact': withBody(
      z.object({
        id,
        phone: e164,
        crmId: z.exactOptional(z.string()),
        firstName: z.exactOptional(z.string()),
        lastName: z.exactOptional(z.string()),
        createdAtMs: z.exactOptional(z.number()),
      }),
      (saleschat, contact) => saleschat.addContact(contact),
    ),
    assign: withBody(z.object({ id, userId: id.nullable() }), (saleschat, body) =>
      saleschat.assignInProvider(body.id, body.userId),
    ),
    'expire-contact': withBody(z.object({ id }), (saleschat, body) => saleschat.expireContact(body.id)),
    'customer-replies': withBody(z.object({ id }), (saleschat, body) => saleschat.customerReplies(body.id)),
    settle: (saleschat) => saleschat.settle(),
    role: withBody(z.object({ role: z.enum(['ADMIN', 'MEMBER']) }), (saleschat, { role }) =>
      saleschat.setRole(role),
    ),
  },
}
