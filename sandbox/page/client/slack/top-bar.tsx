import type { SlackUser } from '../../../slack/model.ts'
import { type Address, searchOf } from '../address.ts'
import { useHere } from '../here.ts'
import type { ScreenStore } from '../screen-store.ts'
import { ThemeSwitch } from '../theme-switch.tsx'
import { userRole } from './user-role.ts'

const nameAndRole = (user: SlackUser): string => {
  const role = userRole(user)
  return role === '' ? user.realName : `${user.realName} (${role})`
}

/** Somebody to play against: the next ordinary member after the one at this window. */
const opponentOf = (people: readonly SlackUser[], me: string): SlackUser | undefined => {
  const members = people.filter((user) => userRole(user) === '')
  const at = members.findIndex(({ id }) => id === me)
  return members.at((at + 1) % members.length)
}

export const TopBar = (props: {
  readonly heldBack: number | null
  readonly store: ScreenStore
  readonly channel: string
  readonly go: (change: Partial<Address>) => void
}) => {
  const { heldBack, store, channel, go } = props
  const { users, me } = useHere()
  const people = [...users.values()].filter(({ isBot }) => !isBot)
  const opponent = opponentOf(people, me)
  return (
    <header className="top">
      <h1>Baton’s sandbox</h1>
      <label className="you">
        <span>You are</span>
        <select value={me} onChange={({ target }) => go({ as: users.get(target.value)?.name ?? null })}>
          {people.map((user) => (
            <option key={user.id} value={user.id} disabled={user.isDeleted}>
              {nameAndRole(user)}
            </option>
          ))}
        </select>
      </label>
      {opponent === undefined ? null : (
        <a
          className="button"
          href={searchOf({ as: opponent.name, in: channel })}
          target="_blank"
          rel="noreferrer"
        >
          Second window as {opponent.realName} <span aria-hidden="true">↗</span>
        </a>
      )}
      <span className="gap" />
      <button
        type="button"
        aria-pressed={heldBack !== null}
        title="A paused window goes on showing how things are now, so that you can click what is no longer true"
        onClick={heldBack === null ? store.pause : store.resume}
      >
        Pause This Window
      </button>
      <ThemeSwitch />
    </header>
  )
}
