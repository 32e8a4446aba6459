import type { webApi } from '@slack/bolt'
import type { After } from '../clock.ts'
import type { Logger } from '../log.ts'
import type { Recipient } from './payload.ts'
import type { Reply } from './surface.ts'
import type { PacedCall, Tiers } from './tiers.ts'

/** Writes privately to the person who acted. Never rejects; false, with a line in the log, where Slack takes it in no way. */
export type Tell = (to: Recipient, reply: Reply) => Promise<boolean>

const responseTimeoutMs = 5_000

/**
 * Tries the `response_url` of the interaction, which works wherever the person is but only for 30 minutes
 * and five times; then an ephemeral message, which needs the bot in the channel; then a direct message.
 */
export const createTell = (options: {
  readonly client: webApi.WebClient
  readonly tiers: Tiers
  readonly fetch: typeof globalThis.fetch
  readonly after: After
  readonly logger: Logger
}): Tell => {
  const { client, logger } = options

  const byResponseUrl = async (url: string, reply: Reply): Promise<void> => {
    const deadline = new AbortController()
    const cancelDeadline = options.after(responseTimeoutMs, () => deadline.abort())
    const response = await options
      .fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        // Unless told not to, an answer to a button takes the place of the message: of a card, too.
        body: JSON.stringify({
          ...message(reply),
          response_type: 'ephemeral',
          replace_original: reply.inPlace === true,
        }),
        signal: deadline.signal,
        redirect: 'error',
      })
      .finally(cancelDeadline)
    await response.body?.cancel()
    if (!response.ok) throw new Error(`Slack answered ${response.status}`)
  }

  const inTurn = async (call: PacedCall, send: () => Promise<unknown>): Promise<void> => {
    const sent = await options.tiers.inTurn(call, send)
    if (sent.kind === 'limited') throw new Error('Slack takes no more calls of this method now')
  }

  return async (to, reply) => {
    const { user, channel, responseUrl } = to
    const ways: (() => Promise<unknown>)[] = []
    if (responseUrl !== null) ways.push(() => byResponseUrl(responseUrl, reply))
    if (user !== null && channel !== null) {
      ways.push(() =>
        inTurn({ method: 'chat.postEphemeral' }, () =>
          client.chat.postEphemeral({ channel, user, ...message(reply) }),
        ),
      )
    }
    if (user !== null) {
      ways.push(() =>
        inTurn({ method: 'chat.postMessage', to: user }, () =>
          client.chat.postMessage({ channel: user, ...message(reply) }),
        ),
      )
    }

    let problem: unknown = new Error('The payload names nobody')
    for (const way of ways) {
      try {
        await way()
        return true
      } catch (error) {
        problem = error
      }
    }
    logger.error({ err: problem }, 'An answer could not be delivered')
    return false
  }
}

const message = (reply: Reply) => ({
  text: reply.text,
  ...(reply.blocks ? { blocks: [...reply.blocks] } : {}),
})
