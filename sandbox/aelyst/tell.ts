import { createHmac } from 'node:crypto'
import type { WebhookTarget } from '../provider/webhook.ts'
import type { AelystContact, AelystMessage, AelystState, AelystUser } from './aelyst-state.ts'
import { printedContact, printedId, printedUser, seconds } from './printed-contact.ts'

type EventType =
  | 'contact.created'
  | 'contact.updated'
  | 'contact.assignee.updated'
  | 'conversation.opened'
  | 'conversation.closed'
  | 'message.received'
  | 'message.sent'
  | 'comment.created'

/** Tells the workspace's webhooks, in the bodies that clients of respond.io have met. */
export const tell = (
  state: AelystState,
  type: EventType,
  contact: AelystContact,
  more: Readonly<Record<string, unknown>> = {},
): void => {
  state.events += 1
  const number = String(state.events).padStart(12, '0')
  state.webhook.tell({
    event_type: type,
    event_id: `00000000-0000-4000-8000-${number}`,
    contact: printedContact(state, contact),
    ...more,
  })
}

export const tellMessage = (state: AelystState, contact: AelystContact, message: AelystMessage): void => {
  const incoming = message.from === 'customer'
  const id = printedId(state.quirks, contact.id)
  tell(state, incoming ? 'message.received' : 'message.sent', contact, {
    message: {
      messageId: message.atMs * 1_000 + contact.messages.length,
      channelMessageId: String(contact.messages.length),
      contactId: id,
      channelId: 1,
      traffic: incoming ? 'incoming' : 'outgoing',
      message: { type: 'text', text: message.text },
      timestamp: seconds(message.atMs),
      ...(incoming ? {} : { sender: { source: 'user' } }),
    },
    channel: { id: 1, name: 'Sandbox', source: contact.phone === null ? 'email' : 'whatsapp', meta: '{}' },
  })
}

export const tellClosed = (
  state: AelystState,
  contact: AelystContact,
  by: AelystUser | null,
  nowMs: number,
): void =>
  tell(state, 'conversation.closed', contact, {
    conversation: {
      category: null,
      summary: null,
      closedTime: seconds(nowMs),
      closedBy: by === null ? {} : printedUser(state.quirks, by),
      closedBySource: by === null ? 'api' : 'user',
    },
  })

/** Of a webhook with this signing key: base64 of the body's HMAC-SHA256. */
export const signedBy = (url: string, key: string): WebhookTarget => ({
  url,
  sign: (body) => ({ 'X-Webhook-Signature': createHmac('sha256', key).update(body).digest('base64') }),
})
