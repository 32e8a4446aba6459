import { memo } from 'react'
import type { ShownChat, ShownUser } from '../../../provider/provider-screen.ts'
import type { Order, ProviderKind } from './provider-kinds.ts'

const nobody = 'nobody'

export const ProviderChatLine = memo(
  (props: {
    readonly provider: string
    readonly kind: ProviderKind
    readonly chat: ShownChat
    readonly users: readonly ShownUser[]
    readonly give: (order: Order) => Promise<void>
  }) => {
    const { provider, kind, chat, users, give } = props
    const { key, name, address, holder, accepted, open, lastMessage, note } = chat
    return (
      <li className={open ? undefined : 'closed'}>
        <p>
          <strong>{name}</strong> <span className="number">{address}</span>
        </p>
        {lastMessage === null ? null : (
          <p className="last">
            {lastMessage.from === 'staff' ? 'Staff: ' : ''}
            {lastMessage.text}
          </p>
        )}
        {note === '' ? null : <p className="remark">Note: {note}</p>}
        <div className="provider-acts">
          <label>
            <span>Responsible</span>
            <select
              aria-label={`Responsible for ${name} in ${provider}`}
              value={holder ?? nobody}
              onChange={({ target }) =>
                void give(kind.assign(key, target.value === nobody ? null : target.value))
              }
            >
              <option value={nobody}>Nobody</option>
              {users.map((user) => (
                <option key={user.id} value={user.id} disabled={!user.canHold}>
                  {user.name}
                </option>
              ))}
              {holder !== null && !users.some(({ id }) => id === holder) ? (
                <option value={holder}>{holder}</option>
              ) : null}
            </select>
          </label>
          {open ? (
            kind.acts.map(({ label, spoken, order }) => (
              <button
                key={label}
                type="button"
                aria-label={spoken(name)}
                onClick={() => void give(order(key))}
              >
                {label}
              </button>
            ))
          ) : (
            <span className="note">{kind.closedLabel}</span>
          )}
        </div>
        {accepted === null ? null : (
          <p className="accepted">
            Accepted, not in effect yet: {accepted.to}
            {accepted.onReply ? ', once the customer answers' : ''}
          </p>
        )}
      </li>
    )
  },
)
