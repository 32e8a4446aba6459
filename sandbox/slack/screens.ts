import {
  describeElements,
  type FoundElement,
  findElement,
  findOption,
  optionsOf,
  placedElements,
} from './elements.ts'
import { type Entered, enter } from './inputs.ts'
import { type JsonRecord, stringOrEmpty } from './json.ts'
import type { SlackChannel, SlackMessage, SlackUser, SlackView } from './model.ts'
import type { Workspace } from './workspace.ts'

export interface ClickOptions {
  /** What is chosen in a select or overflow (option's value or text, or an id); tells equal buttons apart. */
  readonly value?: string | readonly string[]
  /** Id of the block that holds it: tells equal controls apart. */
  readonly block?: string
  /** Send it even if it is not there (any more): the given snapshot is what the app hears of. */
  readonly forged?: boolean
}

/** By block id or action id. */
export type EnteredValues = Readonly<Record<string, Entered>>

export const isMessage = (target: SlackMessage | SlackView): target is SlackMessage => 'ts' in target

/** Channels that the person chose in selects with `response_url_enabled`. */
export const answerChannels = (view: SlackView) =>
  placedElements(view.blocks).flatMap(({ block, element }) => {
    const blockId = stringOrEmpty(block.block_id)
    const actionId = stringOrEmpty(element.action_id)
    const entry = view.values[blockId]?.[actionId]
    const channel = stringOrEmpty(entry?.selected_conversation ?? entry?.selected_channel)
    return element.response_url_enabled === true && channel !== '' ? [{ blockId, actionId, channel }] : []
  })

/** What people have on their screens, and what using it means to the app. */
export const createScreens = (workspace: Workspace) => {
  const { people, messages, views } = workspace
  /** What was last offered: user, place and action id → options. */
  const offered = new Map<string, readonly JsonRecord[]>()

  const channelNamed = (idOrName: string): SlackChannel => {
    const channel = people.channel(idOrName)
    if (channel === null) throw new Error(`No channel "${idOrName}" in the sandbox's Slack`)
    return channel
  }

  const presentMessage = (user: SlackUser, given: SlackMessage, forged: boolean): SlackMessage => {
    if (forged) return given
    const message = messages.find(given.channel, given.ts)
    if (message === null) throw new Error(`Message ${given.ts} is gone: ${given.text}`)
    if (
      !channelNamed(message.channel).members.has(user.id) ||
      ![null, user.id].includes(message.ephemeralTo)
    ) {
      throw new Error(`${user.name} cannot see message ${given.ts}: ${given.text}`)
    }
    return message
  }

  const presentView = (user: SlackUser, given: SlackView, forged: boolean): SlackView => {
    if (forged) return given
    const view = given.type === 'home' ? views.home(user.id) : views.stack(user.id).at(-1)
    if (view?.id !== given.id) throw new Error(`${user.name} does not have "${given.title}" before them`)
    return view
  }

  const offeredKey = (user: SlackUser, target: SlackMessage | SlackView, actionId: string) =>
    `${user.id} ${isMessage(target) ? target.ts : target.id} ${actionId}`

  const elementIn = (
    blocks: readonly JsonRecord[],
    idOrText: string,
    { value, block, forged = false }: ClickOptions,
  ): FoundElement => {
    const there = block === undefined ? blocks : blocks.filter((each) => each.block_id === block)
    const found = findElement(there, idOrText, typeof value === 'string' ? value : undefined)
    if (found !== null) return found
    if (!forged) throw new Error(`Nothing like "${idOrText}" there: ${describeElements(blocks)}`)
    const text = { type: 'plain_text', text: idOrText, emoji: true }
    return {
      block: { type: 'actions', block_id: block ?? 'forged' },
      element: { type: 'button', action_id: idOrText, text, ...(value === undefined ? {} : { value }) },
      option: null,
    }
  }

  const actionOf = (
    user: SlackUser,
    target: SlackMessage | SlackView,
    { block, element, option }: FoundElement,
    { value, forged = false }: ClickOptions,
  ): JsonRecord => {
    const { type, action_id, text, style } = element
    const ids = { type, action_id, block_id: block.block_id }
    if (block.type === 'input' && block.dispatch_action !== true && !forged) {
      throw new Error(`${String(action_id)} is a field of a form: use fill or submit`)
    }
    if (type === 'button') {
      const sent = forged && value !== undefined ? value : element.value
      return {
        ...ids,
        text,
        ...(sent === undefined ? {} : { value: sent }),
        ...(style === undefined ? {} : { style }),
      }
    }
    if (type === 'overflow') {
      const selected = option ?? findOption(optionsOf(element), typeof value === 'string' ? value : '')
      if (selected === null) throw new Error(`No option "${value}" in ${String(action_id)}`)
      return { ...ids, selected_option: selected }
    }
    const loaded = (actionId: string) => offered.get(offeredKey(user, target, actionId)) ?? []
    const placeholder = element.placeholder === undefined ? {} : { placeholder: element.placeholder }
    return { ...ids, ...enter(element, value ?? null, loaded), ...placeholder }
  }

  const withEntered = (user: SlackUser, view: SlackView, entered: EnteredValues): SlackView => {
    let values = view.values
    for (const [name, each] of Object.entries(entered)) {
      const placed = placedElements(view.blocks).find(
        ({ block, element }) => block.block_id === name || element.action_id === name,
      )
      if (placed === undefined) {
        throw new Error(`No field "${name}" in "${view.title}": ${describeElements(view.blocks)}`)
      }
      const blockId = stringOrEmpty(placed.block.block_id)
      const loaded = (actionId: string) => offered.get(offeredKey(user, view, actionId)) ?? []
      const entry = enter(placed.element, each, loaded)
      values = {
        ...values,
        [blockId]: { ...values[blockId], [stringOrEmpty(placed.element.action_id)]: entry },
      }
    }
    return { ...view, values }
  }

  return {
    channelNamed,
    presentMessage,
    presentView,
    elementIn,
    actionOf,
    withEntered,
    /** Keeps what the app offered in an external select, so that it can be chosen. */
    remember: (
      user: SlackUser,
      target: SlackMessage | SlackView,
      actionId: string,
      options: readonly JsonRecord[],
    ) => {
      offered.set(offeredKey(user, target, actionId), options)
    },
  }
}
