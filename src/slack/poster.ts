import type { webApi } from '@slack/bolt'
import type { Clock } from '../clock.ts'
import { type Instant, later } from '../routing/ids.ts'
import { isPassingTrouble, slackErrorCode, slackRetryAfterMs } from './slack-error.ts'
import type { MessageView } from './views/message.ts'

/** What became of a call to Slack. A code is Slack's own word, such as `message_not_found`. */
export type Posted =
  | { readonly kind: 'done'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack could not be asked, is in trouble, or its answer was lost: the message may exist. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Slack wants fewer calls of this method; nothing was sent. */
  | { readonly kind: 'limited'; readonly afterMs: number }

/** Writes messages for jobs, which are the only ones to try again. */
export interface Poster {
  /** `to` is a channel, or a person for a direct message; `thread` the `ts` of the message that is replied to. */
  post(to: string, message: MessageView, place?: { readonly thread: string }): Promise<Posted>
  update(at: { readonly channel: string; readonly ts: string }, message: MessageView): Promise<Posted>
  permalink(at: { readonly channel: string; readonly ts: string }): Promise<string | null>
}

export function createPoster(deps: { readonly client: webApi.WebClient; readonly clock: Clock }): Poster {
  const { client, clock } = deps
  /** Slack limits each method on its own; once it has said so, nobody asks before the time is over. */
  const limitedUntil = new Map<string, Instant>()

  async function call(
    method: string,
    send: () => Promise<{ channel?: string; ts?: string }>,
  ): Promise<Posted> {
    const waitMs = (limitedUntil.get(method) ?? 0) - clock.now()
    if (waitMs > 0) return { kind: 'limited', afterMs: waitMs }
    try {
      const { channel = '', ts = '' } = await send()
      return { kind: 'done', channel, ts }
    } catch (error) {
      const afterMs = slackRetryAfterMs(error)
      if (afterMs !== null) {
        limitedUntil.set(method, later(clock.now(), afterMs))
        return { kind: 'limited', afterMs }
      }
      const code = slackErrorCode(error)
      if (code !== null && !isPassingTrouble(code)) return { kind: 'refused', code }
      return { kind: 'unknown', reason: code ?? (error instanceof Error ? error.name : 'unknown error') }
    }
  }

  return {
    post: (to, { text, blocks }, place) =>
      call('chat.postMessage', () =>
        client.chat.postMessage({
          channel: to,
          ...(place === undefined ? {} : { thread_ts: place.thread }),
          text,
          blocks,
          // Links in customers' names and notes are not looked up for a preview.
          unfurl_links: false,
          unfurl_media: false,
        }),
      ),
    update: ({ channel, ts }, { text, blocks }) =>
      call('chat.update', () => client.chat.update({ channel, ts, text, blocks })),
    async permalink({ channel, ts }) {
      try {
        const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts })
        return permalink ?? null
      } catch {
        return null
      }
    },
  }
}
