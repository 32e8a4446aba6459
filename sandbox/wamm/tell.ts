import type { WammChat, WammMessage, WammState } from './wamm-state.ts'

/**
 * Tells the channel's webhook of a message, and of one to the customer that it has been delivered. What WAMM tells of
 * a state is not readable on its page; here it is what the method msg_state answers.
 */
export const createTell = (deps: {
  readonly state: WammState
  readonly localTime: (atMs: number) => string
  readonly tell: (event: object) => void
}): ((chat: WammChat, message: WammMessage) => void) => {
  const { state, localTime, tell } = deps
  let lastId = 1_234_566
  return (chat, { atMs, from, text }) => {
    lastId += 1
    const byStaff = from === 'staff'
    tell({
      tip: 'msg',
      msg_data: {
        msg_id: lastId,
        qoute_msg_id: null,
        from_api: 0,
        from_me: byStaff ? 1 : 0,
        phone_acc: state.channel.phone,
        phone: chat.key,
        ...(chat.phoneReal === null ? {} : { phone_real: chat.phoneReal }),
        chat_name: chat.name,
        tip_msg: 'textMessage',
        msg_text: text,
        msg_link: null,
        date_ins: localTime(atMs),
        state: byStaff ? 'sent' : 'received',
        senderId: null,
        senderName: null,
      },
    })
    if (byStaff) tell({ tip: 'msg_state', msg_data: { msg_id: lastId, phone: chat.key, state: 'delivered' } })
  }
}
