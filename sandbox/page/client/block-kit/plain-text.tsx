import './text.css'
import { withEmoji } from './emoji.ts'

/** A `plain_text` object: nothing in it is markup, but `:name:` is an emoji unless the app said no. */
export const PlainText = ({ text, emoji = true }: { readonly text: string; readonly emoji?: boolean }) => (
  <span className="bk-text">{emoji ? withEmoji(text) : text}</span>
)
