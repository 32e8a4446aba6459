import type { Desk } from './desk.ts'
import type { ChatId, EventId, SlackUserId } from './ids.ts'

/** What somebody decided last, as long as the process remembers it; whether it can be undone is to be asked. */
export type LatestDeed = (by: SlackUserId) => { readonly chat: ChatId; readonly event: EventId } | null

/** Only remembered, so that nothing is written for it: what can be undone outlives a restart by little. */
export function rememberDeeds(desk: Omit<Desk, 'latest'>): Desk {
  const last = new Map<SlackUserId, { readonly chat: ChatId; readonly event: EventId }>()
  return {
    ...desk,
    async ask(request, options) {
      const answer = await desk.ask(request, options)
      // Of one of several there is a report.
      if (options?.next === undefined && answer.kind === 'done' && answer.chat.undo?.event === answer.event) {
        last.set(request.by, { chat: answer.chat.id, event: answer.event })
      }
      return answer
    },
    latest: (by) => last.get(by) ?? null,
  }
}
