import type { Patch } from '../contract.ts'
import { applyPatch, asRead, type Screen } from './screen.ts'

export interface ScreenState {
  /** Null until the first patch. */
  readonly screen: Screen | null
  readonly connected: boolean
  /** How much was held back since the window was paused; null when it is live. */
  readonly heldBack: number | null
}

export interface ScreenStore {
  readonly subscribe: (listener: () => void) => () => void
  readonly get: () => ScreenState
  /** The channel that the person has open. */
  readonly view: (channel: string) => void
  /** A paused window goes on showing how things were: for trying out late clicks. */
  readonly pause: () => void
  readonly resume: () => void
}

/** Follows the feed for one person while somebody subscribes; a lost connection is taken up again. */
export const createScreenStore = (user: string | null): ScreenStore => {
  const listeners = new Set<() => void>()
  let state: ScreenState = { screen: null, connected: false, heldBack: null }
  let held: Patch[] = []
  let viewed: string | null = null
  let source: EventSource | null = null

  const set = (change: Partial<ScreenState>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  const take = (patch: Patch) => {
    if (state.heldBack === null) set({ screen: applyPatch(state.screen, patch, viewed), connected: true })
    else {
      held.push(patch)
      set({ heldBack: state.heldBack + 1 })
    }
  }

  const open = () => {
    source = new EventSource(user === null ? '/feed' : `/feed?user=${encodeURIComponent(user)}`)
    source.onmessage = ({ data }: MessageEvent<string>) => take(JSON.parse(data) as Patch)
    source.onerror = () => set({ connected: false })
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      if (source === null) open()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        source?.close()
        source = null
      }
    },
    get: () => state,
    view: (channel) => {
      viewed = channel
      if (state.screen === null) return
      const screen = asRead(state.screen, channel)
      if (screen !== state.screen) set({ screen })
    },
    pause: () => set({ heldBack: 0 }),
    resume: () => {
      const screen = held.reduce((before, patch) => applyPatch(before, patch, viewed), state.screen)
      held = []
      set({ screen, heldBack: null })
    },
  }
}
