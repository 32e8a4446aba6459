import { refuseBrokenView } from './breach.ts'
import { placedElements } from './elements.ts'
import type { Interaction } from './interactions.ts'
import { isRecord, type JsonRecord, recordOrEmpty, stringOrEmpty } from './json.ts'
import type { SlackView } from './model.ts'
import { Refusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

export interface Submission extends Interaction {
  /** Block id → what is wrong, as the person sees it under the field; empty when nothing is. */
  readonly errors: Readonly<Record<string, string>>
  /** The modal the person has before them now. */
  readonly view: SlackView | null
}

const inputBlockIds = (view: SlackView): ReadonlySet<string> =>
  new Set(
    placedElements(view.blocks).flatMap(({ block }) =>
      block.type === 'input' ? [stringOrEmpty(block.block_id)] : [],
    ),
  )

const fieldErrors = (answer: JsonRecord, view: SlackView): Readonly<Record<string, string>> => {
  const errors = Object.entries(recordOrEmpty(answer.errors))
  if (errors.length === 0) throw new Refusal('no_errors_given')
  const inputs = inputBlockIds(view)
  for (const [blockId, sentence] of errors) {
    // Slack shows "We had some trouble connecting" when an error belongs to no input.
    if (!inputs.has(blockId)) throw new Refusal(`error_for_unknown_block:${blockId}`)
    if (typeof sentence !== 'string' || sentence === '') throw new Refusal(`empty_error:${blockId}`)
  }
  return Object.fromEntries(errors.map(([blockId, sentence]) => [blockId, String(sentence)]))
}

const viewOf = (workspace: Workspace, answer: JsonRecord): JsonRecord => {
  if (!isRecord(answer.view) || answer.view.type !== 'modal') throw new Refusal('invalid_view')
  refuseBrokenView(workspace, 'view_submission', answer.view)
  return answer.view
}

/** Does what `response_action` says (docs.slack.dev/surfaces/modals); an empty answer closes the view. */
const apply = (workspace: Workspace, answer: unknown, view: SlackView): Readonly<Record<string, string>> => {
  const { views } = workspace
  if (answer === null) {
    views.close(view)
    return {}
  }
  if (!isRecord(answer)) throw new Refusal('invalid_answer')
  switch (answer.response_action) {
    case 'errors':
      return fieldErrors(answer, view)
    case 'update':
      views.update(view, viewOf(workspace, answer))
      return {}
    case 'push':
      views.push(view, viewOf(workspace, answer))
      return {}
    case 'clear':
      views.closeAll(view.userId)
      return {}
    default:
      throw new Refusal('unknown_response_action')
  }
}

export const applySubmission = (workspace: Workspace, sent: Interaction, view: SlackView): Submission => {
  const shown = () => workspace.views.stack(view.userId).at(-1) ?? null
  // It may have been updated or closed while the app was thinking.
  const present = workspace.views.find(view.id)
  if (!sent.acknowledged || present === null) return { ...sent, errors: {}, view: shown() }
  try {
    return { ...sent, errors: apply(workspace, sent.answer, present), view: shown() }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { message } = error
    workspace.recordBreach({ where: 'view_submission', error: message, pointer: '', message })
    return { ...sent, error: 'invalid_answer', errors: {}, view: shown() }
  }
}
