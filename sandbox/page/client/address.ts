import { useCallback, useSyncExternalStore } from 'react'

/** What the address says: who sits at this window, and what they have open. */
export interface Address {
  /** A handle or id; null for whoever comes first. */
  readonly as: string | null
  /** A channel's id; null for the one with the cards. */
  readonly in: string | null
}

const changed = 'addresschange'

const read = () => window.location.search

const subscribe = (listener: () => void) => {
  window.addEventListener('popstate', listener)
  window.addEventListener(changed, listener)
  return () => {
    window.removeEventListener('popstate', listener)
    window.removeEventListener(changed, listener)
  }
}

export const addressOf = (search: string): Address => {
  const parameters = new URLSearchParams(search)
  return { as: parameters.get('as'), in: parameters.get('in') }
}

export const searchOf = ({ as, in: channel }: Address): string => {
  const parameters = new URLSearchParams()
  if (as !== null) parameters.set('as', as)
  if (channel !== null) parameters.set('in', channel)
  return `?${parameters}`
}

export const useAddress = (): readonly [Address, (change: Partial<Address>) => void] => {
  const search = useSyncExternalStore(subscribe, read)
  const go = useCallback((change: Partial<Address>) => {
    const next = searchOf({ ...addressOf(read()), ...change })
    if (next === read()) return
    window.history.pushState(null, '', next)
    window.dispatchEvent(new Event(changed))
  }, [])
  return [addressOf(search), go]
}
