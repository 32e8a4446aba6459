/** What a mrkdwn text consists of, as Slack reads it. */
export type MrkdwnInline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'emoji'; readonly name: string; readonly character: string }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'code'; readonly children: readonly MrkdwnInline[] }
  | { readonly kind: 'link'; readonly url: string; readonly label: readonly MrkdwnInline[] | null }
  | { readonly kind: 'user' | 'channel' | 'usergroup'; readonly id: string; readonly label: string | null }
  | { readonly kind: 'broadcast'; readonly range: string; readonly label: string | null }
  | {
      readonly kind: 'date'
      readonly timestampSeconds: number
      readonly format: string
      readonly url: string | null
      readonly fallback: string | null
    }
  /** A `<!…>` that Slack does not know. */
  | { readonly kind: 'command'; readonly command: string; readonly label: string | null }

export type MrkdwnBlock =
  | { readonly kind: 'paragraph' | 'preformatted'; readonly children: readonly MrkdwnInline[] }
  | { readonly kind: 'quote'; readonly children: readonly MrkdwnBlock[] }
