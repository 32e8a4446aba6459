import { useMemo, useState } from 'react'
import type { ProviderMode } from '../../contract.ts'
import type { Json } from '../block-kit/contract.ts'
import { useHere } from '../here.ts'
import type { Screen } from '../screen.ts'
import { useWarn } from '../toasts.tsx'
import { CustomerForm } from './customer-form.tsx'
import { ProviderChatLine } from './provider-chat-line.tsx'

const step = 40

/** The provider's own screens: what customers and colleagues do there passes no API that Baton uses. */
export const ProviderPane = ({ screen }: { readonly screen: Screen }) => {
  const { control } = useHere()
  const warn = useWarn()
  const [shown, setShown] = useState(step)
  const { providerChats, providerUsers, providerMode } = screen

  const chats = useMemo(
    () =>
      [...providerChats.values()].sort(
        (a, b) => Number(b.open) - Number(a.open) || (b.lastMessage?.at ?? 0) - (a.lastMessage?.at ?? 0),
      ),
    [providerChats],
  )
  const act = async (action: string, body?: Json): Promise<void> => {
    await control.wamm(action, body).catch((error: unknown) => {
      warn(error instanceof Error ? error.message : String(error))
    })
  }

  return (
    <div className="side-body">
      <p className="lead">
        The inbox where customers’ chats arrive. Baton looks for news every few seconds, and tells it who is
        responsible.
      </p>
      <ModeSwitch mode={providerMode} act={act} />
      <CustomerForm known={providerChats} act={act} />
      <h3>
        Chats <span className="count">{chats.length}</span>
      </h3>
      <ul className="provider-chats">
        {chats.slice(0, shown).map((chat) => (
          <ProviderChatLine key={chat.key} chat={chat} users={providerUsers} act={act} />
        ))}
      </ul>
      {chats.length > shown ? (
        <button type="button" onClick={() => setShown(shown + step)}>
          Show More ({chats.length - shown})
        </button>
      ) : null}
    </div>
  )
}

const slowMs = 4_000

const modes: Readonly<
  Record<Exclude<ProviderMode, 'otherwise'>, { readonly name: string; readonly act: Json | null }>
> = {
  normal: { name: 'Normal', act: null },
  slow: { name: 'Slow', act: { fault: { kind: 'delay', delayMs: slowMs } } },
  down: { name: 'Down', act: null },
  'answers-lost': {
    name: 'Answers lost',
    act: { fault: { kind: 'reset', handled: true }, method: 'contact_to_user' },
  },
}

const explanations: Readonly<Record<ProviderMode, string>> = {
  normal: 'WAMM.chat answers at once.',
  slow: `Each answer takes ${slowMs / 1000} seconds.`,
  down: 'WAMM.chat takes no connections.',
  'answers-lost': 'WAMM.chat does what it is told, but its answer never arrives.',
  otherwise: 'Something else was arranged through the control API.',
}

const ModeSwitch = (props: {
  readonly mode: ProviderMode
  readonly act: (action: string, body?: Json) => Promise<void>
}) => {
  const { mode, act } = props
  const choose = async (wanted: keyof typeof modes) => {
    await act('clear-faults')
    await act(wanted === 'down' ? 'down' : 'come-back')
    const fault = modes[wanted].act
    if (fault !== null) await act('fault', fault)
  }
  return (
    <fieldset className="modes">
      <legend>WAMM.chat is</legend>
      {(['normal', 'slow', 'down', 'answers-lost'] as const).map((each) => (
        <label key={each}>
          <input type="radio" name="mode" checked={mode === each} onChange={() => void choose(each)} />
          {modes[each].name}
        </label>
      ))}
      <p aria-live="polite">{explanations[mode]}</p>
    </fieldset>
  )
}
