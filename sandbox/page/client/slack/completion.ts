import type { SlackUser } from '../../../slack/model.ts'
import type { SlashCommand } from '../../contract.ts'

export interface Suggestion {
  /** What takes the place of the word that is being typed. */
  readonly insert: string
  readonly title: string
  readonly hint: string
  readonly description: string
}

export interface Completion {
  readonly suggestions: readonly Suggestion[]
  /** Where the word that is being typed begins. */
  readonly from: number
}

const mostSuggested = 8

/** What can be meant by the word that ends at the caret: a command at the very beginning, or an @person. */
export const complete = (
  text: string,
  caret: number,
  known: { readonly commands: readonly SlashCommand[]; readonly people: readonly SlackUser[] },
): Completion | null => {
  const typed = text.slice(0, caret)
  if (/^\/\S*$/.test(typed)) {
    const suggestions = known.commands
      .filter(({ command }) => command.startsWith(typed.toLowerCase()))
      .map(({ command, usageHint, description }) => ({
        insert: command,
        title: command,
        hint: usageHint,
        description,
      }))
    return suggestions.length === 0 ? null : { suggestions, from: 0 }
  }
  const word = /(?:^|\s)@([\w.-]*)$/.exec(typed)?.[1]?.toLowerCase()
  if (word === undefined) return null
  const suggestions = known.people
    .filter(({ isDeleted }) => !isDeleted)
    .filter(({ name, realName }) =>
      [name, ...realName.split(' ')].some((each) => each.toLowerCase().startsWith(word)),
    )
    .slice(0, mostSuggested)
    .map(({ name, realName }) => ({ insert: `@${name}`, title: `@${name}`, hint: '', description: realName }))
  return suggestions.length === 0 ? null : { suggestions, from: caret - word.length - 1 }
}

/** The command that a text begins with, known or not; null when it is a message. */
export const commandIn = (text: string): { readonly name: string; readonly text: string } | null => {
  const match = /^(\/\S+)\s*([\s\S]*)$/.exec(text.trim())
  return match === null ? null : { name: match[1] ?? '', text: match[2] ?? '' }
}

/** A message as Slack keeps it: nothing in it can be taken for a mark, and people are mentioned by id. */
export const encodeMessage = (text: string, people: readonly SlackUser[]): string =>
  text
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(^|\s)@([\w.-]+)/g, (whole, before: string, name: string) => {
      const user = people.find((each) => each.name === name)
      return user === undefined ? whole : `${before}<@${user.id}>`
    })
