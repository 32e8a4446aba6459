import { blocksOf } from '../slack/messages.ts'
import type { SlackMessage } from '../slack/model.ts'
import type { SandboxWamm, WammCall } from '../wamm/start-wamm.ts'
import type { Printer } from './printer.ts'
import { createScreenText } from './screen-text.ts'
import type { Stage } from './start-stage.ts'

/**
 * Prints what people see in Slack and what WAMM hears, as it happens. All of it is read from the sandbox's
 * records at that moment. Returns the function that stops it.
 */
export const watch = (stage: Pick<Stage, 'slack' | 'wamm'>, printer: Printer): (() => void) => {
  const { slack, wamm } = stage
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

  let callsSeen = wamm.calls.length
  let writesSeen = wamm.writes.length
  let wasUp = wamm.isUp
  const stopWamm = wamm.onChange(() => {
    if (wamm.isUp !== wasUp) {
      wasUp = wamm.isUp
      printer.noted(WAMM_HEARS, wasUp ? 'It is up again.' : 'Nothing: it is down and refuses every request.')
    }
    for (const call of wamm.calls.slice(callsSeen)) {
      if (isAboutOneChat(call)) printer.noted(WAMM_HEARS, requestLine(call))
    }
    for (const { key, to } of wamm.writes.slice(writesSeen)) {
      printer.noted(WAMM_HEARS, `→ ${chatName(wamm, key)}: ${userName(wamm, to)} is responsible now`)
    }
    callsSeen = wamm.calls.length
    writesSeen = wamm.writes.length
  })

  return () => {
    stopSlack()
    stopWamm()
  }
}

const WAMM_HEARS = 'WAMM hears'

/** Polls go on all the time and say nothing. */
const isAboutOneChat = ({ method }: WammCall): boolean => method.startsWith('contact_')

const meanings: Readonly<Partial<Record<WammCall['method'], string>>> = {
  contact_get: 'who is responsible?',
  contact_to_user: 'change who is responsible',
}

const requestLine = ({ method, args, fault }: WammCall): string =>
  [
    `GET /api2/${[method, '<token>', ...args].join('/')}`,
    meanings[method],
    fault === null ? undefined : `meets a fault: ${fault}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')

const chatName = (wamm: SandboxWamm, key: string): string => wamm.state.chats.get(key)?.name ?? key

const userName = (wamm: SandboxWamm, id: string | null): string =>
  id === null ? 'nobody' : (wamm.state.users.get(id)?.name ?? `user ${id}`)
