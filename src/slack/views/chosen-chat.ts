import type { types } from '@slack/bolt'
import { actionIds, blockIds } from '../ids.ts'
import { stateText } from '../text.ts'
import type { ChatRef } from '../values.ts'
import { customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { section } from './message.ts'
import { menu } from './modal.ts'

/** Which chat a form is about: the one it was opened from, one of mine, or there is none. */
export type ChosenChat =
  | { readonly kind: 'fixed'; readonly facts: ChatFacts }
  | { readonly kind: 'choose' }
  | { readonly kind: 'none' }

export const fixedChat = (chat: ChosenChat): ChatRef | null =>
  chat.kind === 'fixed' ? { chat: chat.facts.id, version: chat.facts.version } : null

export const chosenChat = (chat: Exclude<ChosenChat, { kind: 'none' }>): types.KnownBlock =>
  chat.kind === 'fixed'
    ? section(`${customerLine(chat.facts)}\n${stateText(chat.facts)}`)
    : menu({
        blockId: blockIds.chat,
        actionId: actionIds.myChat,
        label: 'Which of your chats',
        placeholder: 'Choose a chat, or type to search',
        focus: true,
      })
