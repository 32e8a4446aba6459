import type { App, ViewClosedAction, ViewSubmitAction } from '@slack/bolt'
import { type AnsweringOptions, type AnsweringTexts, createAnswering, reply, saying } from './answering.ts'
import {
  readAction,
  readCommand,
  readEvent,
  readOptions,
  readRecipient,
  readShortcut,
  readSubmission,
} from './payload.ts'
import type { Reply, Surface } from './surface.ts'

/** What the dispatcher itself says to people. */
export interface DispatchTexts extends AnsweringTexts {
  /** A control or command that this version does not know. */
  readonly unknownControl: string
  readonly malformed: string
  /** The person belongs to another workspace, or Baton is installed in a whole organisation. */
  readonly otherWorkspace: string
  readonly restarting: string
}

export interface DispatchOptions extends Omit<AnsweringOptions, 'texts' | 'ackWithinMs'> {
  readonly app: App
  readonly surface: Surface
  readonly texts: DispatchTexts
  /** Our workspace. */
  readonly teamId: () => string
  readonly isStopping: () => boolean
  /** Default 2,500. */
  readonly ackWithinMs?: number
}

/**
 * The one place through which every interaction goes: one Bolt listener for each kind, whatever its name.
 * Each interaction is acknowledged within `ackWithinMs` and answered: with what its handler returns, with
 * "still working" and then what it returns, or with why not.
 *
 * A command's reply travels in the acknowledgement. Everything else is acknowledged once its handler has
 * finished, so what was acknowledged has been kept.
 */
export const register = (options: DispatchOptions): void => {
  const { app, surface, texts } = options
  const answering = createAnswering({ ...options, ackWithinMs: options.ackWithinMs ?? 2_500 })
  // Maps, because a record would also answer to names like `constructor`.
  const commands = new Map(Object.entries(surface.commands))
  const actions = new Map(Object.entries(surface.actions))
  const menus = new Map(Object.entries(surface.options))
  const views = new Map(Object.entries(surface.views))
  const shortcuts = new Map(Object.entries(surface.shortcuts))
  const events = new Map(Object.entries(surface.events))

  const admit = <R extends { readonly teamId: string }, H>(
    request: R | null,
    orgInstall: boolean,
    handlerOf: (request: R) => H | undefined,
  ): Admission<R, H> => {
    const refuse = (sentence: string) => ({ kind: 'refused', why: reply(sentence) }) as const
    if (options.isStopping()) return refuse(texts.restarting)
    if (request === null) return refuse(texts.malformed)
    if (orgInstall || request.teamId !== options.teamId()) return refuse(texts.otherWorkspace)
    const handler = handlerOf(request)
    return handler ? { kind: 'admitted', request, handler } : refuse(texts.unknownControl)
  }

  app.command(/^/, async ({ body, ack, context }) => {
    const read = readCommand(body)
    const admitted = admit(read, context.isEnterpriseInstall, ({ command }) => commands.get(command))
    const ackReply = ({ text, blocks }: Reply) =>
      ack({ response_type: 'ephemeral', text, ...(blocks ? { blocks: [...blocks] } : {}) })
    const line = { ack: () => ack(), ackReply }
    if (admitted.kind === 'refused') {
      return answering.say({ ...line, to: read ?? readRecipient(body) }, admitted.why)
    }
    const { request, handler } = admitted
    await answering.converse({
      ...line,
      what: request.command,
      to: request,
      handler: () => handler(request),
    })
  })

  app.action({}, async ({ body, ack, context }) => {
    const read = readAction(body)
    const admitted = admit(read, context.isEnterpriseInstall, ({ actionId }) => actions.get(actionId))
    const line = { ack: () => ack() }
    if (admitted.kind === 'admitted') {
      const { request, handler } = admitted
      const what = request.actionId
      await answering.converse({ ...line, what, to: request, handler: () => handler(request) })
    } else if (read === null) await answering.say({ ...line, to: readRecipient(body) }, admitted.why)
    else await answering.converse({ ...line, what: 'refused', to: read, handler: async () => admitted.why })
  })

  app.shortcut({}, async ({ body, ack, context }) => {
    const read = readShortcut(body)
    const admitted = admit(read, context.isEnterpriseInstall, ({ callbackId }) => shortcuts.get(callbackId))
    if (admitted.kind === 'refused') {
      return answering.say({ to: read ?? readRecipient(body), ack: () => ack() }, admitted.why)
    }
    const { request, handler } = admitted
    const what = request.callbackId
    await answering.converse({ what, to: request, ack: () => ack(), handler: () => handler(request) })
  })

  app.view<ViewSubmitAction>({ type: 'view_submission' }, async ({ body, ack, context }) => {
    const read = readSubmission(body)
    const admitted = admit(read, context.isEnterpriseInstall, ({ callbackId }) => views.get(callbackId))
    const to = { channel: null, ...(read ?? readRecipient(body)) }
    if (admitted.kind === 'refused') return answering.say({ to, ack: () => ack() }, admitted.why)
    const { request, handler } = admitted
    await answering.submit({ what: request.callbackId, to, ack, handler: () => handler(request) })
  })

  // Slack only says so where a form asked for it; none does.
  app.view<ViewClosedAction>({ type: 'view_closed' }, async ({ ack }) => ack())

  app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ body, ack, context }) => {
    const read = readOptions(body)
    const admitted = admit(read, context.isEnterpriseInstall, ({ actionId }) => menus.get(actionId))
    if (admitted.kind === 'refused') return ack({ options: [saying(admitted.why.text)] })
    const { request, handler } = admitted
    await answering.list({ what: request.actionId, ack, handler: () => handler(request) })
  })

  app.event(/^/, async ({ body, context }) => {
    const event = readEvent(body)
    const handler = event && events.get(event.type)
    if (!handler || context.isEnterpriseInstall || context.teamId !== options.teamId()) return
    await answering.observe(event.type, () => handler(event))
  })
}

type Admission<R, H> =
  | { readonly kind: 'admitted'; readonly request: R; readonly handler: H }
  | { readonly kind: 'refused'; readonly why: Reply }
