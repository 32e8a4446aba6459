import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { HealthDesk } from '../routing/account-health.ts'
import { askSlack } from './ask-slack.ts'
import { type Fresh, keepFresh } from './keep-fresh.ts'
import { sharingNotToldText } from './text-channel.ts'
import type { Tiers } from './tiers.ts'

/**
 * Which of our channels people of other organisations read too (Slack Connect). Customers are none of their business,
 * so nothing is written there while that is so, and nothing before it is known. Where Slack refuses to tell, such as an
 * app that lacks the scope, Baton writes as ever and says so: an update must not silence a team.
 */
export interface SharedChannels extends Fresh {
  /** How long to wait before anything may be written to the channel, perhaps; 0 when it may be now. */
  heldMs(channel: string): number
  /** Slack says that something is different: what was known of the channel is not certain any more. */
  changed(channel: string): void
  /** For admins, a sentence for each channel that Slack does not tell about. */
  problems(): readonly string[]
}

const HOUR_MS = 60 * 60_000
/** Slack was away or takes no more calls now, or the bot may be invited any moment. */
const AGAIN_MS = 5_000
const HELD_UNTIL_TOLD_MS = 1_000
/** What waits is taken up so soon after the channel is ours again, or the bot is in it. */
const HELD_MS = 60_000

/** docs.slack.dev/reference/objects/conversation-object; pending: another organisation has been invited. */
const answerSchema = z.object({
  channel: z.object({
    is_ext_shared: z.boolean().default(false),
    is_pending_ext_shared: z.boolean().default(false),
  }),
})

/** @param deps.health hears of it, so that admins do */
export function createSharedChannels(deps: {
  readonly client: webApi.WebClient
  readonly tiers: Tiers
  readonly accounts: readonly Pick<Config['accounts'][number], 'id' | 'channel' | 'allowSharedChannel'>[]
  readonly health: Pick<HealthDesk, 'posted' | 'channel'>
  readonly clock: Clock
  readonly logger: Logger
}): SharedChannels {
  const { client, accounts, health, logger } = deps
  const channels = new Set(accounts.map(({ channel }) => channel))
  /** Accounts that share a channel have to agree that others may read it. */
  const guarded = new Set(accounts.filter((each) => !each.allowSharedChannel).map(({ channel }) => channel))
  /** `hidden`: a private channel that the bot is not in, or none at all. */
  const known = new Map<string, 'ours' | 'shared' | 'hidden'>()
  const problems = new Map<string, string>()

  const accountsOf = (channel: string) => accounts.filter((each) => each.channel === channel)

  /** Whether Slack gave an answer, be it that it does not say. */
  async function readOne(channel: string): Promise<boolean> {
    const asked = await askSlack(deps.tiers, 'conversations.info', async () =>
      answerSchema.safeParse(await client.conversations.info({ channel })),
    )
    if (asked.kind === 'not-now' || (asked.kind === 'told' && !asked.value.success)) return false
    if (asked.kind === 'refused') {
      const isHidden = asked.code === 'channel_not_found'
      known.set(channel, isHidden ? 'hidden' : 'ours')
      if (isHidden) {
        for (const { id } of accountsOf(channel)) await health.posted(id, channel, false)
        return false
      }
      const problem = sharingNotToldText(channel, asked.code)
      if (problems.get(channel) !== problem) logger.warn({ channel, code: asked.code }, problem)
      problems.set(channel, problem)
      return true
    }
    const told = asked.value.data?.channel
    const isShared = told === undefined || told.is_ext_shared || told.is_pending_ext_shared
    problems.delete(channel)
    known.set(channel, isShared ? 'shared' : 'ours')
    for (const { id } of accountsOf(channel))
      await health.channel(id, { channel, isHeld: isShared && guarded.has(channel) })
    return true
  }

  const fresh = keepFresh({
    after: deps.clock.after,
    async read() {
      const told = await Promise.all([...channels].map(readOne))
      return told.every(Boolean) ? HOUR_MS : AGAIN_MS
    },
  })

  return {
    ...fresh,
    heldMs(channel) {
      if (!guarded.has(channel)) return 0
      const sharing = known.get(channel)
      if (sharing === undefined) return HELD_UNTIL_TOLD_MS
      return sharing === 'ours' ? 0 : HELD_MS
    },
    changed(channel) {
      if (!channels.has(channel)) return
      known.delete(channel)
      fresh.look()
    },
    problems: () => [...problems.values()],
  }
}
