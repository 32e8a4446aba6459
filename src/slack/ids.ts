import type { ContactFieldId } from '../providers/contract.ts'

/**
 * Names that Slack sends back to us. Messages that were posted long ago carry them too: a name is never
 * reused for something else, and one that is gone is answered with "older version".
 */
export const actionIds = {
  claim: 'claim_chat',
  claimNext: 'claim_next',
  handOff: 'hand_off',
  release: 'release',
  accept: 'accept_offer',
  decline: 'decline_offer',
  takeBack: 'take_back_offer',
  undo: 'undo_decision',
  /** Opens the form about several chats; what is chosen there. */
  several: 'several_chats',
  myChats: 'my_chats',
  deed: 'deed',
  /** The menus, both in forms and when they ask for options. */
  waitingChat: 'waiting_chat',
  myChat: 'my_chat',
  receiver: 'receiver',
  note: 'note',
  reason: 'reason',
  how: 'how',
  /** What else there is to do with a chat, on its card and in lists. */
  chatMenu: 'chat_menu',
  /** Pages of a chat's history. */
  historyNewer: 'history_newer',
  historyOlder: 'history_older',
  /** Pages of a private list. The value of each is what it leads to. */
  listPrevious: 'list_previous',
  listNext: 'list_next',
  listAgain: 'list_again',
  listMine: 'list_mine',
  listWaiting: 'list_waiting',
  phone: 'phone',
  linkByHand: 'link_by_hand',
  /** Who is to be linked: in Slack, where, and as whom there. */
  person: 'person',
  account: 'account',
  providerUser: 'provider_user',
  providerUserId: 'provider_user_id',
  /** Controls of the Home tab. The value of each is the look that it leads to. */
  homePrevious: 'home_previous',
  homeNext: 'home_next',
  homeShow: 'home_show',
  homeAccount: 'home_account',
  homeWaits: 'home_waits',
  /** The doctor's test message. */
  doctorPress: 'doctor_press',
  /** Jobs that were given up: the list, and what is done with one. */
  failedJobs: 'failed_jobs',
  jobRetry: 'job_retry',
  jobGiveUp: 'job_give_up',
} as const

/** Both the block and the action of a field of the contact form. */
export const contactFieldId = (field: ContactFieldId): string => `contact_${field}`

export const callbackIds = {
  claimPicker: 'claim_picker',
  handOffForm: 'hand_off_form',
  releaseForm: 'release_form',
  declineForm: 'decline_form',
  contactPicker: 'contact_picker',
  contactForm: 'contact_form',
  linkForm: 'link_form',
  severalForm: 'several_form',
  home: 'home',
  /** Modals without anything to submit: loading, answers, empty states. */
  message: 'message',
} as const

/** In Slack's menus: without a message, and on one. manifest.yml names the same. */
export const shortcutIds = {
  claim: 'claim_a_chat',
  handOff: 'hand_off_a_chat',
  release: 'release_a_chat',
  contact: 'contact_of_a_chat',
  claimThis: 'claim_this_chat',
  handOffThis: 'hand_off_this_chat',
  releaseThis: 'release_this_chat',
  contactOfThis: 'contact_of_this_chat',
  historyOfThis: 'history_of_this_chat',
} as const

/** Of inputs; fixed, so that Slack keeps what was typed when a form is updated, and errors find their field. */
export const blockIds = {
  chat: 'chat',
  chats: 'chats',
  deed: 'deed',
  receiver: 'receiver',
  note: 'note',
  how: 'how',
  reason: 'reason',
  phone: 'phone',
  person: 'person',
  account: 'account',
  providerUser: 'provider_user',
  providerUserId: 'provider_user_id',
} as const
