/**
 * Names that Slack sends back to us. Messages that were posted long ago carry them too: a name is never
 * reused for something else, and one that is gone is answered with "older version".
 */
export const actionIds = {
  claim: 'claim_chat',
  handOff: 'hand_off',
  release: 'release',
  /** The menus, both in forms and when they ask for options. */
  waitingChat: 'waiting_chat',
  myChat: 'my_chat',
  receiver: 'receiver',
  note: 'note',
  reason: 'reason',
  onReply: 'on_reply',
} as const

export const callbackIds = {
  claimPicker: 'claim_picker',
  handOffForm: 'hand_off_form',
  releaseForm: 'release_form',
  /** Modals without anything to submit: loading, answers, empty states. */
  message: 'message',
} as const

/** Of inputs; fixed, so that Slack keeps what was typed when a form is updated, and errors find their field. */
export const blockIds = {
  chat: 'chat',
  receiver: 'receiver',
  note: 'note',
  onReply: 'on_reply',
  reason: 'reason',
} as const
