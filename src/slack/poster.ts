import type { webApi } from '@slack/bolt'
import type { JobOutcome } from '../jobs/worker.ts'
import { concernsTheApp, isPassingTrouble, isShut, slackErrorCode } from './slack-error.ts'
import type { PacedCall, Tiers } from './tiers.ts'
import type { MessageView } from './views/message.ts'

/** What became of a call to Slack. A code is Slack's own word, such as `message_not_found`. */
export type Posted =
  | { readonly kind: 'done'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack could not be asked, is in trouble, or its answer was lost: the message may exist. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Nothing was sent: Slack wants fewer calls of this method, or others than ours would read it. */
  | { readonly kind: 'limited'; readonly reason: string; readonly afterMs: number }

export type NotSent = Exclude<Posted, { readonly kind: 'done' }>

/**
 * What a job makes of a message that was not sent, or perhaps not: Slack's trouble passes, and what an admin can put
 * right may take them a night, so both are waited for. Only what Slack will never take ends a job.
 *
 * @param to a channel that the settings name will be opened to us; one of the past, or somebody nobody can write to, may not
 */
export function notSent(posted: NotSent, to: 'our channel' | 'elsewhere'): JobOutcome {
  switch (posted.kind) {
    case 'limited':
      return { kind: 'later', reason: posted.reason, afterMs: posted.afterMs }
    case 'unknown':
      return { kind: 'wait', reason: posted.reason }
    case 'refused': {
      const { code } = posted
      const isWaitedFor = concernsTheApp(code) || (to === 'our channel' && isShut(code))
      return { kind: isWaitedFor ? 'wait' : 'failed', reason: code }
    }
    default:
      return posted satisfies never
  }
}

/** The end of a job that only writes to one person. */
export const sentBy = (posted: Posted): JobOutcome =>
  posted.kind === 'done' ? { kind: 'done' } : notSent(posted, 'elsewhere')

interface How {
  /** The `ts` of the message that is replied to. */
  readonly thread?: string
  /** Nobody waits for it. */
  readonly unhurried?: boolean
}

/** Writes messages for jobs, which are the only ones to try again. Each call waits for its turn. */
export interface Poster {
  /** `to` is a channel, or a person for a direct message. */
  post(to: string, message: MessageView, how?: How): Promise<Posted>
  update(
    at: { readonly channel: string; readonly ts: string },
    message: MessageView,
    how?: Pick<How, 'unhurried'>,
  ): Promise<Posted>
  permalink(at: { readonly channel: string; readonly ts: string }): Promise<string | null>
}

/** @param deps.heldMs how long the channel may not be written to, since people of others than us would read it */
export function createPoster(deps: {
  readonly client: webApi.WebClient
  readonly tiers: Tiers
  readonly heldMs: (channel: string) => number
}): Poster {
  const { client, tiers } = deps

  async function call(
    channel: string,
    paced: Omit<PacedCall, 'keepsPlace'>,
    send: () => Promise<{ channel?: string; ts?: string }>,
  ): Promise<Posted> {
    const heldMs = deps.heldMs(channel)
    if (heldMs > 0)
      return { kind: 'limited', reason: 'the channel may be shared with others', afterMs: heldMs }
    try {
      const sent = await tiers.inTurn({ ...paced, keepsPlace: true }, send)
      if (sent.kind === 'limited') return { ...sent, reason: 'Slack wants fewer calls' }
      const { channel = '', ts = '' } = sent.value
      return { kind: 'done', channel, ts }
    } catch (error) {
      const code = slackErrorCode(error)
      if (code !== null && !isPassingTrouble(code)) return { kind: 'refused', code }
      return { kind: 'unknown', reason: code ?? (error instanceof Error ? error.name : 'unknown error') }
    }
  }

  return {
    post: (to, { text, blocks }, { thread, unhurried = false } = {}) =>
      call(to, { method: 'chat.postMessage', to, unhurried }, () =>
        client.chat.postMessage({
          channel: to,
          ...(thread === undefined ? {} : { thread_ts: thread }),
          text,
          blocks,
          // Links in customers' names and notes are not looked up for a preview.
          unfurl_links: false,
          unfurl_media: false,
        }),
      ),
    update: ({ channel, ts }, { text, blocks }, how) =>
      call(channel, { method: 'chat.update', ...how }, () =>
        client.chat.update({ channel, ts, text, blocks }),
      ),
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
