import type { FaultRule } from '../provider/faults.ts'
import type { SandboxWamm } from '../wamm/start-wamm.ts'
import type { WammChat } from '../wamm/wamm-state.ts'
import type { Patch, ProviderChat, ProviderMode } from './contract.ts'

/** What WAMM's own screens show, as far as it differs from what was asked for last. */
export const createProviderScreen = (wamm: SandboxWamm) => {
  const sent = new Map<string, string>()
  let sentUsers = ''
  let sentMode: ProviderMode | null = null

  return (): Pick<Patch, 'providerMode' | 'providerUsers' | 'providerChats'> => {
    const chats = [...wamm.state.chats.values()].filter((chat) => {
      const { name, phoneReal, holder, open, messages } = chat
      const shown = JSON.stringify([name, phoneReal, holder, open, messages.length])
      if (sent.get(chat.key) === shown) return false
      sent.set(chat.key, shown)
      return true
    })
    const users = [...wamm.state.users.values()]
      .filter(({ deleted }) => !deleted)
      .map(({ id, name, blocked }) => ({ id, name, canHold: !blocked }))
    const usersText = JSON.stringify(users)
    const usersChanged = usersText !== sentUsers
    sentUsers = usersText
    const mode = modeOf(wamm)
    const modeChanged = mode !== sentMode
    sentMode = mode
    return {
      ...(chats.length > 0 ? { providerChats: chats.map(shownChat) } : {}),
      ...(usersChanged ? { providerUsers: users } : {}),
      ...(modeChanged ? { providerMode: mode } : {}),
    }
  }
}

const shownChat = ({ key, name, phoneReal, holder, open, messages }: WammChat): ProviderChat => {
  const last = messages.at(-1)
  return {
    key,
    name,
    phoneReal,
    holder,
    open,
    lastMessage: last === undefined ? null : { at: last.atMs, from: last.from, text: last.text },
  }
}

const modeOf = ({ isUp, faults }: SandboxWamm): ProviderMode => {
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
