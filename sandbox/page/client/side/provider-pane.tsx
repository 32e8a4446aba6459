import { useCallback, useMemo, useState } from 'react'
import type { Json } from '../block-kit/contract.ts'
import { useHere } from '../here.ts'
import type { ShownProvider } from '../screen.ts'
import { useWarn } from '../toasts.tsx'
import { CustomerForm } from './customer-form.tsx'
import { ModeSwitch } from './mode-switch.tsx'
import { ProviderChatLine } from './provider-chat-line.tsx'
import { type Order, providerKinds } from './provider-kinds.ts'

const step = 40

/** A provider's own screens: what customers and colleagues do there passes no API that Baton uses. */
export const ProviderPane = ({ provider }: { readonly provider: ShownProvider }) => {
  const { control } = useHere()
  const warn = useWarn()
  const [shown, setShown] = useState(step)
  const { id, name, assigns, mode, users } = provider
  const kind = providerKinds[id]

  // Equal times keep the order in which the chats came, newest first.
  const chats = useMemo(
    () =>
      [...provider.chats.values()]
        .reverse()
        .sort(
          (a, b) =>
            Number(b.open) - Number(a.open) || (b.lastMessage?.atMs ?? 0) - (a.lastMessage?.atMs ?? 0),
        ),
    [provider.chats],
  )
  const act = useCallback(
    (action: string, body?: Json): Promise<void> =>
      control.provider(id, action, body).catch((error: unknown) => {
        warn(error instanceof Error ? error.message : String(error))
      }),
    [control, id, warn],
  )
  const give = useCallback(([action, body]: Order): Promise<void> => act(action, body), [act])

  return (
    <div className="side-body">
      <p className="lead">{kind.lead}</p>
      <ModeSwitch name={name} assigns={assigns} mode={mode} act={act} />
      <CustomerForm customer={kind.customer} known={provider.chats} give={give} />
      <h3>
        Chats <span className="count">{chats.length}</span>
      </h3>
      <ul className="provider-chats">
        {chats.slice(0, shown).map((chat) => (
          <ProviderChatLine
            key={chat.key}
            provider={name}
            kind={kind}
            chat={chat}
            users={users}
            give={give}
          />
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
