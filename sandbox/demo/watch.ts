import { blocksOf } from '../slack/messages.ts'
import type { SlackMessage } from '../slack/model.ts'
import { type Hearing, hearingsOf } from './hearings.ts'
import type { Printer } from './printer.ts'
import { createScreenText } from './screen-text.ts'
import type { World } from './world.ts'

/**
 * Prints what people see in Slack and what the providers hear, as it happens. All of it is read from the sandbox's
 * records at that moment. Returns the function that stops it.
 */
export const watch = (world: World, printer: Printer): (() => void) => {
  const { slack } = world
  const screen = createScreenText({ people: slack.people, now: Date.now })
  const nameOf = (user: string): string => slack.people.user(user)?.realName ?? user

  /** What was printed last of a message or a person's modal: an update that changes nothing is not news. */
  const printed = new Map<string, string>()
  const isNews = (key: string, lines: readonly string[]): boolean => {
    const text = lines.join('\n')
    if (printed.get(key) === text) return false
    printed.set(key, text)
    return true
  }

  const messageLines = (message: SlackMessage): readonly string[] => {
    const lines = screen.blocks(blocksOf(message))
    return lines.length > 0 ? lines : [message.text]
  }

  const whereIs = (message: SlackMessage): string => {
    const { ephemeralTo, user, editedTs } = message
    const channel = slack.people.channel(message.channel)
    if (ephemeralTo !== null) return `Only ${nameOf(ephemeralTo)} sees`
    if (user !== slack.app.botUserId) return `${nameOf(user)} writes in #${channel?.name ?? '?'}`
    if (channel?.kind === 'im') {
      const reader = [...channel.members].find((member) => member !== slack.app.botUserId) ?? '?'
      return `${nameOf(reader)} gets a direct message`
    }
    const card = message.threadTs === null ? null : slack.message(message.channel, message.threadTs)
    if (card !== null)
      return `Everybody in #${channel?.name ?? '?'} can read in the thread of ${messageLines(card)[0]}`
    return `Everybody in #${channel?.name ?? '?'} sees ${editedTs === null ? 'a new card' : 'the card change'}`
  }

  for (const message of slack.messages) isNews(message.ts, messageLines(message))

  const stopSlack = slack.onChange((change) => {
    if (change.kind === 'message') {
      const message = slack.message(change.channel, change.ts)
      if (message === null) return
      const lines = messageLines(message)
      if (isNews(message.ts, lines)) printer.shown(whereIs(message), lines)
    } else if (change.kind === 'modals') {
      const view = slack.as(change.user).modal()
      const lines = view === null ? [] : screen.modal(view)
      if (isNews(change.user, lines) && view !== null) {
        printer.shown(`${nameOf(change.user)} has “${view.title}” open`, lines)
      }
    }
  })

  const stopHearing = hearingsOf(world).map((hearing) => follow(hearing, printer))

  return () => {
    stopSlack()
    for (const stop of stopHearing) stop()
  }
}

/** Prints what a provider hears from now on. */
const follow = ({ name, provider, meanings, changes }: Hearing, printer: Printer): (() => void) => {
  const label = `${name} hears`
  let callsSeen = provider.calls.length
  let changesSeen = changes().length
  let wasUp = provider.isUp
  return provider.onChange(() => {
    if (provider.isUp !== wasUp) {
      wasUp = provider.isUp
      printer.noted(label, wasUp ? 'It is up again.' : 'Nothing: it is down and refuses every request.')
    }
    for (const { method, args, fault } of provider.calls.slice(callsSeen)) {
      const meaning = meanings[method]
      if (meaning === undefined) continue
      const met = fault === null ? '' : ` · meets a fault: ${fault}`
      printer.noted(label, `${[method, ...args].join(' ')} · ${meaning}${met}`)
    }
    const changed = changes()
    for (const change of changed.slice(changesSeen)) printer.noted(label, `→ ${change}`)
    callsSeen = provider.calls.length
    changesSeen = changed.length
  })
}
