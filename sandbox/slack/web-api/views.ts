import { refuseBrokenView } from '../breach.ts'
import type { JsonRecord } from '../json.ts'
import type { SlackView } from '../model.ts'
import { invalidArguments, Refusal } from '../refusal.ts'
import { viewWire } from '../wire.ts'
import type { Workspace } from '../workspace.ts'
import { type Args, type MethodFamily, optionalText, recordArgument, requiredText } from './method.ts'

const viewArgument = (
  args: Args,
  workspace: Workspace,
  where: string,
  type: SlackView['type'],
): JsonRecord => {
  const view = recordArgument(args, 'view')
  if (view.type !== type) throw invalidArguments(`view.type must be ${type} [json-pointer:/view/type]`)
  refuseBrokenView(workspace, where, view)
  return view
}

const triggerOf = (args: Args): string =>
  optionalText(args, 'trigger_id') ?? requiredText(args, 'interactivity_pointer')

const namedView = (args: Args, workspace: Workspace): SlackView => {
  const id = optionalText(args, 'view_id')
  const externalId = optionalText(args, 'external_id')
  if (id === null && externalId === null) throw invalidArguments('missing required field: view_id')
  const view = id === null ? workspace.views.findExternal(externalId ?? '') : workspace.views.find(id)
  if (view === null) throw new Refusal('not_found')
  return view
}

export const viewsMethods: MethodFamily = {
  'views.open': {
    token: 'bot',
    tier: 4,
    run: (args, { workspace }) => {
      const source = viewArgument(args, workspace, 'views.open', 'modal')
      const { user } = workspace.triggers.exchange(triggerOf(args))
      return { view: viewWire(workspace.views.open(user, source), workspace) }
    },
  },
  'views.push': {
    token: 'bot',
    tier: 4,
    run: (args, { workspace }) => {
      const source = viewArgument(args, workspace, 'views.push', 'modal')
      const { viewId } = workspace.triggers.exchange(triggerOf(args))
      const below = viewId === null ? null : workspace.views.find(viewId)
      if (below === null) throw new Refusal('view_not_found')
      return { view: viewWire(workspace.views.push(below, source), workspace) }
    },
  },
  'views.update': {
    token: 'bot',
    tier: 4,
    run: (args, { workspace }) => {
      const view = namedView(args, workspace)
      const source = viewArgument(args, workspace, 'views.update', view.type)
      const updated = workspace.views.update(view, source, optionalText(args, 'hash'))
      return { view: viewWire(updated, workspace) }
    },
  },
  'views.publish': {
    token: 'bot',
    tier: 4,
    run: (args, { workspace }) => {
      const user = workspace.people.user(requiredText(args, 'user_id'))
      if (user === null) throw new Refusal('user_not_found')
      const source = viewArgument(args, workspace, 'views.publish', 'home')
      const published = workspace.views.publish(user.id, source, optionalText(args, 'hash'))
      return { view: viewWire(published, workspace) }
    },
  },
}
