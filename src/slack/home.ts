import type { types, webApi } from '@slack/bolt'
import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import { type Instant, instant, later, type SlackUserId } from '../routing/ids.ts'
import type { Store } from '../store/contract.ts'
import { digestOf } from './digest.ts'
import type { ReadHome } from './home-facts.ts'
import { firstLook, type HomeLook } from './home-look.ts'
import { isPassingTrouble, slackErrorCode } from './slack-error.ts'
import type { Tiers } from './tiers.ts'
import { homeView } from './views/home.ts'
import { withoutAges } from './views/home-overview.ts'

/** Home tabs are kept right for so long after somebody last looked or clicked there. */
const WATCHED_MS = 10 * 60_000
/** What changes within this time is one update: a claim and its confirmation, a poll's many chats. */
const TOGETHER_MS = 1_000
/** What is no change of a chat is shown by then: time for answers that ends, names, how accounts do. */
const LOOKED_AGAIN_MS = 60_000
const TRIED_AGAIN_MS = 5_000
/** So that the time on the way to Slack costs no turns. */
const AT_ONCE = 4
/** Before each drawing that nobody waits for: the process has people to answer meanwhile. */
const REST_MS = 40

/**
 * Keeps the Home tabs of those who are looking at them as the store says. Who looks is only remembered: after a
 * restart, the next look counts.
 */
export interface Home {
  /**
   * The person has their tab before them, perhaps with another look than before; `hash` is Slack's of what they see,
   * null when that is nothing. Resolves when it has been brought up to date, or is to be tried again later.
   */
  show(
    user: SlackUserId,
    seen: { readonly look: HomeLook | null; readonly hash?: string | null },
  ): Promise<void>
  stop(): Promise<void>
}

interface Viewer {
  readonly user: SlackUserId
  look: HomeLook
  lookedAt: Instant
  /** How often chats had changed when the tab was last drawn; -1: it is to be drawn in any case. */
  drawnAfter: number
  /** Digests of what the tab shows, without and with how old its data is; Slack's hash of it; null where not known. */
  shows: string | null
  whole: string | null
  hash: string | null
  notBefore: Instant
  sending: Promise<void> | null
}

interface Drawn {
  readonly view: types.HomeView
  readonly digest: string
  readonly whole: string
  readonly look: HomeLook
  readonly after: number
}

export function createHome(deps: {
  readonly client: webApi.WebClient
  readonly tiers: Tiers
  readonly store: Pick<Store, 'onChats'>
  readonly read: ReadHome
  readonly clock: Clock
  readonly logger: Logger
}): Home {
  const { client, tiers, read, clock, logger } = deps
  const viewers = new Map<SlackUserId, Viewer>()
  let changes = 0
  let catchingUp: Promise<void> | null = null
  let cancelAlarm: (() => void) | null = null
  let alarmAt = instant(0)
  let cancelWatch: (() => void) | null = null
  let stopped = false
  const resting = new Set<() => void>()

  async function draw(viewer: Viewer): Promise<Drawn> {
    const { user, look } = viewer
    const after = changes
    const view = homeView(await read(user, look))
    viewer.drawnAfter = after
    return { view, digest: digestOf(withoutAges(view)), whole: digestOf(JSON.stringify(view)), look, after }
  }

  /** Never rejects. Waits for its turn before it has the tab for itself, so that a click need not wait for that. */
  async function bring(viewer: Viewer, unhurried: boolean): Promise<void> {
    try {
      const drawn = await draw(viewer)
      if (isShown(viewer, drawn, unhurried)) return
      const call = { method: 'views.publish', unhurried, keepsPlace: true } as const
      const sent = await tiers.inTurn(call, () => publish(viewer, drawn, unhurried))
      if (sent.kind === 'limited') viewer.drawnAfter = -1
    } catch (err) {
      tryAgain(viewer)
      logger.warn({ err }, 'A Home tab could not be updated')
    }
  }

  /** One call after the other for each person: the later one shows what is newer. */
  async function publish(viewer: Viewer, drawn: Drawn, unhurried: boolean): Promise<void> {
    while (viewer.sending !== null) await viewer.sending.catch(() => undefined)
    const isNew = drawn.after === changes && drawn.look === viewer.look
    viewer.sending = send(viewer, isNew ? drawn : null, unhurried)
    try {
      await viewer.sending
    } finally {
      viewer.sending = null
    }
  }

  async function send(viewer: Viewer, known: Drawn | null, unhurried: boolean): Promise<void> {
    const { user, hash } = viewer
    const drawn = known ?? (await draw(viewer))
    if (isShown(viewer, drawn, unhurried)) return
    const { view, digest, whole } = drawn
    viewer.shows = null
    viewer.whole = null
    try {
      // With the hash, a call that was thought lost and arrives late is refused: it would show what is older.
      const sent = await client.views.publish({ user_id: user, view, ...(hash === null ? {} : { hash }) })
      viewer.shows = digest
      viewer.whole = whole
      viewer.hash = sent.view?.hash ?? null
    } catch (error) {
      const code = slackErrorCode(error)
      if (code === 'hash_conflict') {
        viewer.hash = null
        viewer.drawnAfter = -1
      } else if (code === null || isPassingTrouble(code)) throw error
      else {
        viewers.delete(user)
        logger.error({ code }, 'Slack refused a Home tab: is it turned on in the app’s settings?')
      }
    }
  }

  function tryAgain(viewer: Viewer): void {
    viewer.drawnAfter = -1
    viewer.notBefore = later(clock.now(), TRIED_AGAIN_MS)
  }

  /** Everybody in turn, whoever looked last first; so nobody waits for more than the others' one update each. */
  async function catchUp(): Promise<void> {
    const now = clock.now()
    for (const viewer of viewers.values()) {
      if (now - viewer.lookedAt > WATCHED_MS) viewers.delete(viewer.user)
    }
    const queue = [...viewers.values()]
      .filter((viewer) => viewer.drawnAfter !== changes && restMs(viewer, now) === 0)
      .sort((one, other) => other.lookedAt - one.lookedAt)
    const work = async (): Promise<void> => {
      for (let viewer = queue.shift(); viewer !== undefined; viewer = queue.shift()) {
        await rest()
        if (!stopped) await bring(viewer, true)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  }

  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        cancel()
        resting.delete(done)
        resolve()
      }
      const cancel = clock.after(REST_MS, done)
      resting.add(done)
    })

  function wakeIn(ms: number): void {
    if (stopped || viewers.size === 0) return
    const at = later(clock.now(), ms)
    if (cancelAlarm !== null && alarmAt <= at) return
    cancelAlarm?.()
    alarmAt = at
    cancelAlarm = clock.after(ms, () => {
      cancelAlarm = null
      void wake()
    })
  }

  async function wake(): Promise<void> {
    if (catchingUp !== null) return
    catchingUp = catchUp()
    await catchingUp
    catchingUp = null
    const behind = [...viewers.values()].filter((viewer) => viewer.drawnAfter !== changes)
    const now = clock.now()
    const waits = behind.map((viewer) => Math.max(TOGETHER_MS, restMs(viewer, now)))
    if (waits.length > 0) wakeIn(Math.min(...waits))
  }

  function changed(): void {
    changes += 1
    wakeIn(TOGETHER_MS)
  }

  function watch(): void {
    if (cancelWatch !== null || stopped || viewers.size === 0) return
    cancelWatch = clock.after(LOOKED_AGAIN_MS, () => {
      cancelWatch = null
      changed()
      watch()
    })
  }

  deps.store.onChats(changed)

  return {
    async show(user, { look, hash }) {
      if (stopped) return
      const now = clock.now()
      const known = viewers.get(user)
      const viewer: Viewer = known ?? {
        user,
        look: firstLook,
        lookedAt: now,
        drawnAfter: -1,
        shows: null,
        whole: null,
        hash: null,
        notBefore: now,
        sending: null,
      }
      viewers.set(user, viewer)
      viewer.lookedAt = now
      if (look !== null) viewer.look = look
      if (hash !== undefined && hash !== viewer.hash) {
        // Somebody else's doing, or a call of ours whose answer was lost.
        viewer.shows = null
        viewer.whole = null
        viewer.hash = hash
      }
      watch()
      await bring(viewer, false)
      if (viewer.drawnAfter !== changes) wakeIn(TOGETHER_MS)
    },
    async stop() {
      stopped = true
      cancelAlarm?.()
      cancelWatch?.()
      for (const done of resting) done()
      await catchingUp
      await Promise.allSettled([...viewers.values()].map(({ sending }) => sending))
    },
  }
}

/** Only whoever opens the tab, or clicks there, is sent it for how old its data is. */
const isShown = ({ shows, whole }: Viewer, drawn: Drawn, unhurried: boolean): boolean =>
  unhurried ? drawn.digest === shows : drawn.whole === whole

/** A clock that was set back makes no rest longer. */
const restMs = ({ notBefore }: Viewer, now: Instant): number =>
  notBefore - now > TRIED_AGAIN_MS ? 0 : Math.max(0, notBefore - now)
