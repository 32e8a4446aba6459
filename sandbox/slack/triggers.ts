import type { Ids } from './ids.ts'
import { Refusal } from './refusal.ts'

const lifetimeMs = 3_000
/** Far more than can be alive at once; older ones answer `invalid_trigger_id`. */
const remembered = 20_000

interface Trigger {
  readonly user: string
  readonly viewId: string | null
  readonly madeAt: number
  used: boolean
}

export interface Triggers {
  /** A `trigger_id` for what `user` just did; `viewId` is the modal in which it was done. */
  readonly make: (user: string, viewId: string | null) => string
  /** Uses it up. Throws Slack's refusal when it is unknown, used or older than 3 s. */
  readonly exchange: (id: string) => { readonly user: string; readonly viewId: string | null }
}

export const createTriggers = (ids: Ids, clock: () => number): Triggers => {
  const triggers = new Map<string, Trigger>()
  return {
    make: (user, viewId) => {
      if (triggers.size >= remembered) {
        const oldest = triggers.keys().next()
        if (!oldest.done) triggers.delete(oldest.value)
      }
      const id = `${Math.floor(clock())}.${triggers.size}.${ids.secret()}`
      triggers.set(id, { user, viewId, madeAt: clock(), used: false })
      return id
    },
    exchange: (id) => {
      const trigger = triggers.get(id)
      if (trigger === undefined) throw new Refusal('invalid_trigger_id')
      if (trigger.used) throw new Refusal('exchanged_trigger_id')
      if (clock() - trigger.madeAt >= lifetimeMs) throw new Refusal('expired_trigger_id')
      trigger.used = true
      return trigger
    },
  }
}
