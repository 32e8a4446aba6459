import { showAnswer } from './app-answer.ts'
import { areOptionsShown } from './breach.ts'
import { escapeCommandText } from './command-text.ts'
import { optionsOf } from './elements.ts'
import { formProblems } from './inputs.ts'
import type { Interaction, Interactions } from './interactions.ts'
import { isRecord, type JsonRecord, recordsIn, stringOrEmpty } from './json.ts'
import { blocksOf } from './messages.ts'
import type { SlackChannel, SlackMessage, SlackUser, SlackView } from './model.ts'
import type { Payloads } from './payloads.ts'
import { Refusal } from './refusal.ts'
import { answerChannels, type ClickOptions, createScreens, type EnteredValues, isMessage } from './screens.ts'
import { applySubmission, type Submission } from './submission.ts'
import type { Workspace } from './workspace.ts'

/** What the app offered in an external select. */
interface OfferedOptions extends Interaction {
  /** Those in groups too. */
  readonly options: readonly JsonRecord[]
  readonly groups: readonly JsonRecord[]
}

/** A person at their Slack. What is not on their screen cannot be used: then these throw. */
export interface Actor {
  readonly id: string
  readonly command: (
    command: string,
    text?: string,
    options?: { readonly channel?: string },
  ) => Promise<Interaction>
  /** A button by action id or text, an overflow option by its text, a select with `value`. */
  readonly click: (
    target: SlackMessage | SlackView,
    idOrText: string,
    options?: ClickOptions,
  ) => Promise<Interaction>
  /** Types into an external select; what the app offers can then be chosen. */
  readonly options: (
    target: SlackMessage | SlackView,
    actionId: string,
    typed: string,
  ) => Promise<OfferedOptions>
  /** Fills fields of a modal without sending them. */
  readonly fill: (view: SlackView, values: EnteredValues) => SlackView
  readonly submit: (
    view: SlackView,
    values?: EnteredValues,
    options?: { readonly forged?: boolean },
  ) => Promise<Submission>
  /** The X or Cancel; `all` closes the whole stack. The app hears of it if it asked to. */
  readonly close: (view: SlackView, options?: { readonly all?: boolean }) => Promise<Interaction | null>
  /** A global shortcut, or with a message that message's shortcut. */
  readonly shortcut: (callbackId: string, message?: SlackMessage) => Promise<Interaction>
  readonly openHome: () => Promise<Interaction>
  /** Writes a message; the app hears nothing of it. */
  readonly say: (channel: string, text: string, options?: { readonly threadTs?: string }) => SlackMessage
  /** What they see in a channel, oldest first; other people's ephemeral messages are missing. */
  readonly sees: (channel: string) => readonly SlackMessage[]
  /** Their conversation with the bot. */
  readonly dms: () => readonly SlackMessage[]
  /** Their open modals, the one before them last. */
  readonly modals: () => readonly SlackView[]
  readonly modal: () => SlackView | null
  readonly home: () => SlackView | null
}

export const createActors = (parts: {
  readonly workspace: Workspace
  readonly interactions: Interactions
  readonly payloads: Payloads
}): ((idOrName: string) => Actor) => {
  const { workspace, interactions, payloads } = parts
  const { people, messages, views } = workspace
  const screens = createScreens(workspace)
  const { channelNamed, presentMessage, presentView, elementIn, actionOf, withEntered } = screens

  const clickMessage = (user: SlackUser, given: SlackMessage, idOrText: string, options: ClickOptions) => {
    const message = presentMessage(user, given, options.forged ?? false)
    const found = elementIn(blocksOf(message), idOrText, options)
    const action = actionOf(user, message, found, options)
    const prepared = payloads.messageAction(user, channelNamed(message.channel), message, action)
    return interactions.send(prepared)
  }

  const clickView = (user: SlackUser, given: SlackView, idOrText: string, options: ClickOptions) => {
    const view = presentView(user, given, options.forged ?? false)
    const found = elementIn(view.blocks, idOrText, options)
    const action = actionOf(user, view, found, options)
    const { element, block } = found
    const holdsValue =
      view.values[stringOrEmpty(block.block_id)]?.[stringOrEmpty(element.action_id)] !== undefined
    const entered = { [stringOrEmpty(element.action_id)]: options.value ?? null }
    const shown =
      holdsValue && options.forged !== true
        ? views.enter(view, withEntered(user, view, entered).values)
        : view
    return interactions.send(payloads.viewAction(user, shown, action))
  }

  const showCommandAnswer = (user: SlackUser, channel: SlackChannel, sent: Interaction): Interaction => {
    const body = typeof sent.answer === 'string' ? { text: sent.answer } : sent.answer
    if (!isRecord(body)) return sent
    try {
      const origin = { user: user.id, channel: channel.id, messageTs: null }
      return { ...sent, message: showAnswer(workspace, 'command', body, origin) }
    } catch (error) {
      if (error instanceof Refusal) return { ...sent, error: 'invalid_answer' }
      throw error
    }
  }

  const seenBy = (user: SlackUser, channel: SlackChannel) =>
    messages
      .inChannel(channel.id)
      .filter(({ ephemeralTo }) => ephemeralTo === null || ephemeralTo === user.id)

  return (idOrName) => {
    const found = people.user(idOrName)
    if (found === null) throw new Error(`No user "${idOrName}" in the sandbox's Slack`)
    const { id } = found
    /** As they are now: roles and names may have changed since. */
    const me = () => people.user(id) ?? found

    return {
      id,
      command: async (command, text = '', options = {}) => {
        const channel = channelNamed(options.channel ?? 'general')
        const prepared = payloads.command(me(), channel, command, escapeCommandText(text, people))
        return showCommandAnswer(me(), channel, await interactions.send(prepared))
      },
      click: async (target, idOrText, options = {}) =>
        isMessage(target)
          ? clickMessage(me(), target, idOrText, options)
          : clickView(me(), target, idOrText, options),
      options: async (given, actionId, typed) => {
        const target = isMessage(given) ? presentMessage(me(), given, false) : presentView(me(), given, false)
        const blocks = isMessage(target) ? blocksOf(target) : target.blocks
        const { element, block } = elementIn(blocks, actionId, {})
        const least = typeof element.min_query_length === 'number' ? element.min_query_length : 3
        if (typed.length < least) throw new Error(`Slack asks from ${least} letters on, not for "${typed}"`)
        const blockId = stringOrEmpty(block.block_id)
        const sent = await interactions.send(payloads.suggestion(me(), target, element, blockId, typed))
        if (sent.acknowledged && !areOptionsShown(workspace, sent.answer)) {
          return { ...sent, error: 'invalid_answer', options: [], groups: [] }
        }
        const answer = isRecord(sent.answer) ? sent.answer : {}
        const groups = recordsIn(answer.option_groups)
        const options = optionsOf(answer)
        screens.remember(me(), target, stringOrEmpty(element.action_id), options)
        return { ...sent, options, groups }
      },
      fill: (given, values) => {
        const view = withEntered(me(), presentView(me(), given, false), values)
        return views.enter(view, view.values)
      },
      submit: async (given, values = {}, { forged = false } = {}) => {
        const view = withEntered(me(), presentView(me(), given, forged), values)
        if (!forged) views.enter(view, view.values)
        const errors = forged ? {} : formProblems(view.blocks, view.values)
        if (Object.keys(errors).length > 0) {
          const notSent = { acknowledged: false, ackMs: 0, answer: null, message: null }
          return { ...notSent, triggerId: null, responseUrl: null, errors, view }
        }
        const sent = await interactions.send(payloads.submission(me(), view, answerChannels(view)))
        return applySubmission(workspace, sent, view)
      },
      close: async (given, { all = false } = {}) => {
        const view = presentView(me(), given, false)
        const cleared = all || view.source.clear_on_close === true
        if (cleared) views.closeAll(id)
        else views.close(view)
        if (view.source.notify_on_close !== true) return null
        return interactions.send(payloads.closed(me(), view, cleared))
      },
      shortcut: async (callbackId, given) => {
        if (given === undefined) return interactions.send(payloads.globalShortcut(me(), callbackId))
        const message = presentMessage(me(), given, false)
        const channel = channelNamed(message.channel)
        return interactions.send(payloads.messageShortcut(me(), channel, message, callbackId))
      },
      openHome: () => {
        const view = views.home(id)
        return interactions.event({
          type: 'app_home_opened',
          user: id,
          channel: workspace.botDm(id).id,
          tab: 'home',
          ...(view === null ? {} : { view: payloads.viewPart(view) }),
        })
      },
      say: (channel, text, options = {}) =>
        messages.post(
          { channel: channelNamed(channel).id, user: id, threadTs: options.threadTs ?? null },
          { text, blocks: [], attachments: [], metadata: null },
        ),
      sees: (channel) => {
        const seen = channelNamed(channel)
        if (!seen.members.has(id)) throw new Error(`${found.name} is not in ${channel}`)
        return seenBy(me(), seen)
      },
      dms: () => seenBy(me(), workspace.botDm(id)),
      modals: () => views.stack(id),
      modal: () => views.stack(id).at(-1) ?? null,
      home: () => views.home(id),
    }
  }
}
