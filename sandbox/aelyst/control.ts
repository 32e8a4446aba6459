import { z } from 'zod'
import { type Control, withBody } from '../provider/control.ts'
import { deliveries } from '../provider/webhook.ts'
import type { SandboxAelyst } from './start-aelyst.ts'

const id = z.string().regex(/^\d+$/)

/** The sandbox's functions over HTTP; those that every provider has are in provider/control.ts. */
export const aelystControl: Control<SandboxAelyst> = {
  views: {
    state: ({ state, isUp, faults, breaches }) => ({
      isUp,
      faults: faults.active(),
      contacts: [...state.contacts.values()],
      users: [...state.users.values()],
      quirks: state.quirks,
      breaches,
    }),
    writes: ({ writes }) => writes,
    told: ({ told }) => told,
  },
  actions: {
    'customer-writes': withBody(
      z.object({
        phone: z.exactOptional(z.string()),
        email: z.exactOptional(z.string()),
        text: z.string(),
        firstName: z.exactOptional(z.string()),
        lastName: z.exactOptional(z.string()),
      }),
      (aelyst, body) => void aelyst.customerWrites(body, body),
    ),
    'staff-writes': withBody(z.object({ id, text: z.string() }), (aelyst, body) =>
      aelyst.staffWrites(body.id, body.text),
    ),
    assign: withBody(z.object({ id, userId: z.string().nullable() }), (aelyst, body) =>
      aelyst.assignInProvider(body.id, body.userId),
    ),
    close: withBody(z.object({ id }), (aelyst, body) => aelyst.closeConversation(body.id)),
    'add-user': withBody(
      z.object({
        id,
        firstName: z.string(),
        lastName: z.exactOptional(z.string()),
        email: z.exactOptional(z.string()),
        role: z.exactOptional(z.enum(['agent', 'manager', 'owner'])),
      }),
      (aelyst, user) => aelyst.addUser(user),
    ),
    'remove-user': withBody(z.object({ id }), (aelyst, body) => aelyst.removeUser(body.id)),
    'queue-work': withBody(z.object({ id, queued: z.boolean().default(true) }), (aelyst, body) =>
      aelyst.queueWork(body.id, body.queued),
    ),
    'finish-adding': (aelyst) => aelyst.finishAdding(),
    webhook: withBody(
      z.object({ webhook: z.object({ url: z.url(), key: z.string() }).nullable() }),
      (aelyst, { webhook }) => aelyst.setWebhook(webhook),
    ),
    delivery: withBody(z.object({ delivery: z.enum(deliveries) }), (aelyst, { delivery }) =>
      aelyst.setDelivery(delivery),
    ),
    quirks: withBody(
      z.object({
        ids: z.exactOptional(z.enum(['numbers', 'strings'])),
        nobody: z.exactOptional(z.enum(['null', 'empty', 'missing'])),
        statusFilter: z.exactOptional(z.boolean()),
        limited: z.exactOptional(z.boolean()),
        addsSlowly: z.exactOptional(z.boolean()),
      }),
      (aelyst, quirks) => aelyst.setQuirks(quirks),
    ),
  },
}
