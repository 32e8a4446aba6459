import type { FaultRule } from '../provider/faults.ts'
import type { ProviderScreen } from '../provider/provider-screen.ts'
import type { ProviderMode, ProviderPatch } from './contract.ts'

/** What a provider's own screens show, as far as it differs from what was asked for last; null when nothing does. */
export const createProviderPatch = (screen: ProviderScreen): (() => ProviderPatch | null) => {
  const sent = new Map<string, string>()
  const isNew = (what: string, value: unknown): boolean => {
    const text = JSON.stringify(value)
    if (sent.get(what) === text) return false
    sent.set(what, text)
    return true
  }

  return () => {
    const { id, name, assigns } = screen
    const chats = screen.chats().filter((chat) => isNew(`chat ${chat.key}`, chat))
    const users = screen.users()
    const mode = modeOf(screen.provider)
    const part = {
      ...(chats.length > 0 ? { chats } : {}),
      ...(isNew('users', users) ? { users } : {}),
      ...(isNew('mode', mode) ? { mode } : {}),
    }
    return Object.keys(part).length === 0 ? null : { id, name, assigns, ...part }
  }
}

const modeOf = ({ isUp, faults }: ProviderScreen['provider']): ProviderMode => {
  if (!isUp) return 'down'
  const [first, ...others] = faults.active()
  if (first === undefined) return 'normal'
  return others.length > 0 ? 'otherwise' : modeOfFault(first)
}

const modeOfFault = ({ fault, times }: FaultRule): ProviderMode => {
  if (times !== undefined) return 'otherwise'
  if (fault.kind === 'delay') return 'slow'
  return fault.kind === 'reset' && fault.handled ? 'answers-lost' : 'otherwise'
}
