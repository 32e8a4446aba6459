import type { SlackUser } from '../../../slack/model.ts'

const hues = [262, 205, 160, 25, 340, 95, 230, 10]

const hueOf = (id: string): number => {
  const sum = [...id].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0)
  return hues[sum % hues.length] ?? 0
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase()

/** Decoration: the name stands beside it. */
export const Avatar = ({
  user,
  small = false,
}: {
  readonly user: SlackUser | undefined
  readonly small?: boolean
}) => (
  <span
    aria-hidden="true"
    className={`avatar${small ? ' small' : ''}${user?.isBot === true ? ' bot' : ''}`}
    style={{ '--hue': hueOf(user?.id ?? '') }}
  >
    {user?.isBot === true ? '/' : initials(user?.realName ?? '?')}
  </span>
)
