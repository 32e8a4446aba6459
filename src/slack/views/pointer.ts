import { movedText } from '../text-surface.ts'
import { type MessageView, textMessage } from './message.ts'

/** What a second message for the same chat turns into; `link` leads to the card that lives on. */
export const pointerMessage = (link: string | null): MessageView => textMessage(movedText(link))
