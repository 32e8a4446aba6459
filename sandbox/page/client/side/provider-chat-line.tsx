import { memo } from 'react'
import type { ProviderChat, ProviderUser } from '../../contract.ts'
import type { Json } from '../block-kit/contract.ts'

const nobody = 'nobody'

export const ProviderChatLine = memo(
  (props: {
    readonly chat: ProviderChat
    readonly users: readonly ProviderUser[]
    readonly act: (action: string, body: Json) => Promise<void>
  }) => {
    const { chat, users, act } = props
    const { key, name, phoneReal, holder, open, lastMessage } = chat
    const holderName = users.find(({ id }) => id === holder)?.name ?? holder
    return (
      <li className={open ? undefined : 'closed'}>
        <p>
          <strong>{name}</strong> <span className="number">{phoneReal ?? key}</span>
        </p>
        {lastMessage === null ? null : (
          <p className="last">
            {lastMessage.from === 'staff' ? 'Staff: ' : ''}
            {lastMessage.text}
          </p>
        )}
        <div className="provider-acts">
          <label>
            <span>Responsible</span>
            <select
              aria-label={`Responsible for ${name} in WAMM.chat`}
              value={holder ?? nobody}
              onChange={({ target }) =>
                void act('assign', { key, userId: target.value === nobody ? null : target.value })
              }
            >
              <option value={nobody}>Nobody</option>
              {users.map((user) => (
                <option key={user.id} value={user.id} disabled={!user.canHold}>
                  {user.name}
                </option>
              ))}
              {holder !== null && !users.some(({ id }) => id === holder) ? (
                <option value={holder}>{holderName}</option>
              ) : null}
            </select>
          </label>
          {open ? (
            <button
              type="button"
              aria-label={`Close the chat with ${name}`}
              onClick={() => void act('close', { key })}
            >
              Close
            </button>
          ) : (
            <span className="note">Closed</span>
          )}
        </div>
      </li>
    )
  },
)
