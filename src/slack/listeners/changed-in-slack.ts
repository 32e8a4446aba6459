import type { EventHandler } from '../surface.ts'
import type { ListenerContext } from './context.ts'

/** docs.slack.dev/reference/events/subteam_updated: also when the group is disabled. What is so now is read anew. */
export const userGroupChanged =
  ({ userGroups }: ListenerContext): EventHandler =>
  async () =>
    userGroups.look()

/** docs.slack.dev/reference/events/channel_shared: `channel` is the id of a public or private channel. */
export const channelSharingChanged =
  ({ sharedChannels }: ListenerContext): EventHandler =>
  async ({ channel }) => {
    if (channel !== null) sharedChannels.changed(channel)
  }
