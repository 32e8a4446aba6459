import type { Changes } from './changes.ts'
import { withIds } from './elements.ts'
import type { Ids } from './ids.ts'
import { stateOf } from './inputs.ts'
import { type JsonRecord, recordsIn, stringOrEmpty, textObjectText } from './json.ts'
import type { SlackView, StateValues } from './model.ts'
import { Refusal } from './refusal.ts'

const stackLimit = 3

export interface Views {
  /** A new stack of one; a modal that was open is gone. */
  readonly open: (user: string, source: JsonRecord) => SlackView
  /** On top of `below`. Throws `push_limit_reached` above the third. */
  readonly push: (below: SlackView, source: JsonRecord) => SlackView
  /** In place; what the person typed survives in inputs that stay. Throws `hash_conflict`. */
  readonly update: (view: SlackView, source: JsonRecord, hash?: string | null) => SlackView
  readonly publish: (user: string, source: JsonRecord, hash?: string | null) => SlackView
  readonly find: (id: string) => SlackView | null
  readonly findExternal: (externalId: string) => SlackView | null
  readonly enter: (view: SlackView, values: StateValues) => SlackView
  /** The person's modals, bottom first. */
  readonly stack: (user: string) => readonly SlackView[]
  readonly home: (user: string) => SlackView | null
  /** Takes the view, and what lies on it, off the stack. */
  readonly close: (view: SlackView) => void
  readonly closeAll: (user: string) => void
}

export const createViews = (ids: Ids, changes: Changes): Views => {
  const views = new Map<string, SlackView>()
  const byExternalId = new Map<string, string>()
  const stacks = new Map<string, readonly string[]>()
  const homes = new Map<string, string>()

  const announce = ({ type, userId }: SlackView) =>
    changes.announce({ kind: type === 'home' ? 'home' : 'modals', user: userId })

  const forget = (id: string) => {
    const view = views.get(id)
    if (view === undefined) return
    views.delete(id)
    if (view.externalId !== '') byExternalId.delete(view.externalId)
  }

  const find = (id: string): SlackView | null => views.get(id) ?? null

  const save = (view: SlackView): SlackView => {
    const before = views.get(view.id)
    if (before !== undefined && before.externalId !== '') byExternalId.delete(before.externalId)
    if (view.externalId !== '') byExternalId.set(view.externalId, view.id)
    views.set(view.id, view)
    return view
  }

  const refuseTakenExternalId = (source: JsonRecord, id: string | null) => {
    const holder = byExternalId.get(stringOrEmpty(source.external_id))
    if (holder !== undefined && holder !== id) throw new Refusal('duplicate_external_id')
  }

  const contentOf = (source: JsonRecord, typed: StateValues) => {
    const blocks = withIds(recordsIn(source.blocks), () => ids.next('b'))
    return {
      title: textObjectText(source.title),
      callbackId: stringOrEmpty(source.callback_id),
      privateMetadata: stringOrEmpty(source.private_metadata),
      externalId: stringOrEmpty(source.external_id),
      blocks,
      source,
      hash: `${ids.ts()}.${ids.secret().slice(0, 8)}`,
      values: stateOf(blocks, typed),
    }
  }

  const create = (user: string, type: 'modal' | 'home', source: JsonRecord, below: SlackView | null) => {
    refuseTakenExternalId(source, null)
    const id = ids.next('V')
    return save({
      id,
      userId: user,
      type,
      rootViewId: below?.rootViewId ?? id,
      previousViewId: below?.id ?? null,
      ...contentOf(source, {}),
    })
  }

  const closeAll = (user: string) => {
    for (const id of stacks.get(user) ?? []) forget(id)
    stacks.delete(user)
    changes.announce({ kind: 'modals', user })
  }

  const update = (view: SlackView, source: JsonRecord, hash: string | null = null): SlackView => {
    if (hash !== null && hash !== view.hash) throw new Refusal('hash_conflict')
    refuseTakenExternalId(source, view.id)
    const updated = save({ ...view, ...contentOf(source, view.values) })
    announce(updated)
    return updated
  }

  return {
    open: (user, source) => {
      refuseTakenExternalId(source, null)
      closeAll(user)
      const view = create(user, 'modal', source, null)
      stacks.set(user, [view.id])
      announce(view)
      return view
    },
    push: (below, source) => {
      const stack = stacks.get(below.userId) ?? []
      if (stack.length >= stackLimit) throw new Refusal('push_limit_reached')
      const view = create(below.userId, 'modal', source, below)
      stacks.set(below.userId, [...stack, view.id])
      announce(view)
      return view
    },
    update,
    publish: (user, source, hash = null) => {
      const before = find(homes.get(user) ?? '')
      if (before !== null) return update(before, source, hash)
      const view = create(user, 'home', source, null)
      homes.set(user, view.id)
      announce(view)
      return view
    },
    find,
    findExternal: (externalId) => find(byExternalId.get(externalId) ?? ''),
    enter: (view, values) => save({ ...view, values }),
    stack: (user) => (stacks.get(user) ?? []).flatMap((id) => find(id) ?? []),
    home: (user) => find(homes.get(user) ?? ''),
    close: (view) => {
      const stack = stacks.get(view.userId) ?? []
      const at = stack.indexOf(view.id)
      if (at === -1) return
      for (const id of stack.slice(at)) forget(id)
      stacks.set(view.userId, stack.slice(0, at))
      announce(view)
    },
    closeAll,
  }
}
