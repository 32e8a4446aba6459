import { z } from 'zod'
import { type Control, withBody } from '../provider/control.ts'
import { deliveries } from '../provider/webhook.ts'
import type { SandboxWamm } from './start-wamm.ts'
import { numberRefusals } from './wamm-state.ts'

const key = z.string().min(1)

/** The sandbox's functions over HTTP; those that every provider has are in provider/control.ts. */
export const wammControl: Control<SandboxWamm> = {
  views: {
    state: ({ state, isUp, faults }) => ({
      isUp,
      faults: faults.active(),
      chats: [...state.chats.values()],
      users: [...state.users.values()],
      channel: state.channel,
    }),
    writes: ({ writes }) => writes,
    told: ({ told }) => told,
  },
  actions: {
    'customer-writes': withBody(
      z.object({
        key,
        text: z.string(),
        name: z.exactOptional(z.string()),
        phoneReal: z.exactOptional(z.string()),
        tip: z.exactOptional(z.enum(['user', 'group'])),
      }),
      (wamm, { key: chat, ...message }) => wamm.customerWrites(chat, message),
    ),
    'staff-writes': withBody(
      z.object({ key, userId: z.string(), text: z.string() }),
      (wamm, { key: chat, ...message }) => wamm.staffWrites(chat, message),
    ),
    assign: withBody(z.object({ key, userId: z.string().nullable() }), (wamm, body) =>
      wamm.assignInProvider(body.key, body.userId),
    ),
    close: withBody(z.object({ key }), (wamm, body) => wamm.closeChat(body.key)),
    'add-user': withBody(
      z.object({
        id: z.string().regex(/^\d+$/),
        name: z.string(),
        email: z.exactOptional(z.string()),
        role: z.exactOptional(z.enum(['user', 'admin'])),
      }),
      (wamm, user) => wamm.addUser(user),
    ),
    'block-user': withBody(
      z.object({ id: z.string(), blocked: z.boolean().default(true) }),
      (wamm, { id, blocked }) => wamm.blockUser(id, blocked),
    ),
    'delete-user': withBody(z.object({ id: z.string() }), (wamm, { id }) => wamm.deleteUser(id)),
    number: withBody(
      z.object({ key, refusal: z.enum(numberRefusals).nullable() }),
      (wamm, { refusal, ...body }) => wamm.setNumber(body.key, refusal),
    ),
    channel: withBody(
      z.object({ state: z.enum(['authorized', 'notAuthorized', 'starting', 'blocked']) }),
      (wamm, { state }) => wamm.setChannelState(state),
    ),
    webhook: withBody(z.object({ url: z.url().nullable() }), (wamm, { url }) => wamm.setWebhook(url)),
    delivery: withBody(z.object({ delivery: z.enum(deliveries) }), (wamm, { delivery }) =>
      wamm.setDelivery(delivery),
    ),
    'trailing-commas': withBody(z.object({ on: z.boolean() }), (wamm, { on }) => wamm.setTrailingCommas(on)),
  },
}
