import type { SlackViewMiddlewareArgs, types, ViewSubmitAction, webApi } from '@slack/bolt'
import type { After } from '../clock.ts'
import type { Logger } from '../log.ts'
import type { Recipient } from './payload.ts'
import { slackErrorCode } from './slack-error.ts'
import type { Answer, Reply, SubmissionAnswer, ViewRef } from './surface.ts'
import type { Tell } from './tell.ts'
import { answerTitle } from './text-home.ts'
import { answerModal } from './views/modal.ts'

export interface AnsweringTexts {
  readonly stillWorking: string
  readonly wentWrong: (incident: string) => string
  /** Slack would not open the form any more: it took longer than 3 s. */
  readonly triggerExpired: string
}

export interface AnsweringOptions {
  readonly texts: AnsweringTexts
  readonly tell: Tell
  /** For views.open, whose trigger dies 3 s after the click. */
  readonly interactiveClient: webApi.WebClient
  /** A short random id that a person can read out and the log can be searched for. */
  readonly newIncident: () => string
  readonly after: After
  readonly logger: Logger
  /** Slack waits 3,000 ms for an acknowledgement. */
  readonly ackWithinMs: number
}

/** Runs handlers and answers with what they return, in Slack's time. None of these rejects. */
export interface Answering {
  /** Acknowledges and says `sentence`, in one where the acknowledgement can carry it. */
  say(line: Line<Recipient>, sentence: Reply): Promise<void>
  /** Commands, actions and shortcuts. */
  converse(
    exchange: Line<Asker> & { readonly what: string; readonly handler: () => Promise<Answer> },
  ): Promise<void>
  /** Form submissions: a slow one closes the form, and its outcome follows privately. */
  submit(exchange: {
    readonly what: string
    readonly to: Recipient
    readonly ack: AckSubmission
    readonly handler: () => Promise<SubmissionAnswer>
  }): Promise<void>
  /** Menus that ask for their options. */
  list(exchange: {
    readonly what: string
    readonly ack: AckOptions
    readonly handler: () => Promise<readonly types.PlainTextOption[]>
  }): Promise<void>
  /** Events, which Bolt has acknowledged already. */
  observe(what: string, handler: () => Promise<void>): Promise<void>
}

/** The way back to a person. */
interface Line<To extends Recipient> {
  readonly to: To
  readonly ack: () => Promise<void>
  /** Acknowledges with a reply, where Slack shows that: for commands. */
  readonly ackReply?: (reply: Reply) => Promise<void>
}

/** Who waits for an answer, and what opens a form for them. */
export type Asker = Recipient & { readonly triggerId: string; readonly view?: ViewRef | null }

type AckSubmission = SlackViewMiddlewareArgs<ViewSubmitAction>['ack']
type AckOptions = (response: { options: types.PlainTextOption[] }) => Promise<void>

export const createAnswering = (options: AnsweringOptions): Answering => {
  const { texts, tell, logger } = options

  /** Logs an error and gives the sentence about it. */
  const incident = (err: unknown, what: string): string => {
    const name = options.newIncident()
    logger.error({ err, incident: name, what }, 'An interaction went wrong')
    return texts.wentWrong(name)
  }

  const delivered = async (sending: Promise<void>): Promise<boolean> => {
    try {
      await sending
      return true
    } catch (err) {
      logger.warn({ err }, 'An acknowledgement could not be sent')
      return false
    }
  }

  const say = async ({ to, ack, ackReply }: Line<Recipient>, sentence: Reply): Promise<void> => {
    const sent = await delivered(ackReply ? ackReply(sentence) : ack())
    if (!sent || !ackReply) await tell(to, sentence)
  }

  /**
   * Runs a handler. When it has not finished in time, `onSlow` acknowledges it and `late` is true in the end.
   * An error of the handler becomes `failed(sentence)`.
   */
  const run = async <T>(
    what: string,
    handler: () => Promise<T>,
    failed: (sentence: string) => T,
    onSlow: () => Promise<unknown>,
  ): Promise<{ readonly answer: T; readonly late: boolean }> => {
    const slow: { told?: Promise<unknown> } = {}
    const cancel = options.after(options.ackWithinMs, () => {
      slow.told = onSlow()
    })
    let answer: T
    try {
      answer = await handler()
    } catch (error) {
      answer = failed(incident(error, what))
    } finally {
      cancel()
    }
    if (slow.told) await slow.told
    return { answer, late: slow.told !== undefined }
  }

  const open = async (
    to: Asker,
    view: types.ModalView,
    instead: (error: unknown) => Reply = notOpened,
  ): Promise<void> => {
    const call = { trigger_id: to.triggerId, view }
    try {
      // A modal's own button adds to the stack; views.open is for everything else.
      if (to.view?.type === 'modal') await options.interactiveClient.views.push(call)
      else await options.interactiveClient.views.open(call)
    } catch (error) {
      await tell(to, instead(error))
    }
  }

  const notOpened = (error: unknown): Reply => {
    const tooLate = triggerProblems.has(slackErrorCode(error) ?? '')
    return reply(tooLate ? texts.triggerExpired : incident(error, 'open a view'))
  }

  const update = async (to: Asker, view: types.ModalView): Promise<void> => {
    if (to.view?.type !== 'modal') return open(to, view)
    try {
      await options.interactiveClient.views.update({ view_id: to.view.id, view })
    } catch (error) {
      // Whoever has closed the modal meanwhile waits for nothing.
      if (slackErrorCode(error) !== 'not_found') await tell(to, reply(incident(error, 'update a view')))
    }
  }

  return {
    say,

    converse: async ({ what, handler, ...line }) => {
      const { answer, late } = await run<Answer>(what, handler, reply, () =>
        say(line, reply(texts.stillWorking)),
      )
      if (answer.kind === 'reply') {
        if (late) return void (await tell(line.to, answer))
        if (line.to.view?.type !== 'home') return say(line, answer)
        await delivered(line.ack())
        // No message can be seen in the Home tab.
        return open(line.to, answerModal(answerTitle, answer), () => answer)
      }
      if (!late) await delivered(line.ack())
      if (answer.kind === 'open') await open(line.to, answer.view)
      if (answer.kind === 'update') await update(line.to, answer.view)
    },

    submit: async ({ what, to, ack, handler }) => {
      const failed = (sentence: string): SubmissionAnswer => ({ kind: 'close', reply: reply(sentence) })
      const { answer, late } = await run(what, handler, failed, async () => {
        await delivered(ack())
        await tell(to, reply(texts.stillWorking))
      })
      const shown = !late && (await delivered(ackSubmission(ack, answer)))
      const rest = shown && answer.kind !== 'close' ? undefined : afterClosing(answer, texts)
      if (rest) await tell(to, rest)
    },

    list: async ({ what, ack, handler }) => {
      const say = (sentence: string) => [saying(sentence)]
      const { answer, late } = await run(what, handler, say, () =>
        delivered(ack({ options: say(texts.stillWorking) })),
      )
      if (!late) await delivered(ack({ options: answer.slice(0, 100) }))
    },

    observe: async (what, handler) => {
      try {
        await handler()
      } catch (error) {
        incident(error, what)
      }
    },
  }
}

/** docs.slack.dev/reference/methods/views.open */
const triggerProblems: ReadonlySet<string> = new Set([
  'expired_trigger_id',
  'trigger_expired',
  'exchanged_trigger_id',
  'trigger_exchanged',
])

export const reply = (text: string): Reply => ({ kind: 'reply', text })

/** The only way to say something in the list of a menu; Slack shows 75 characters. */
export const saying = (text: string): types.PlainTextOption => ({
  text: { type: 'plain_text', text: text.length > 75 ? `${text.slice(0, 74)}…` : text },
  value: 'nothing-to-choose',
})

const ackSubmission = (ack: AckSubmission, answer: SubmissionAnswer): Promise<void> => {
  switch (answer.kind) {
    case 'close':
      return ack()
    case 'errors':
      return ack({ response_action: 'errors', errors: { ...answer.errors } })
    case 'update':
      return ack({ response_action: 'update', view: answer.view })
    default:
      return answer satisfies never
  }
}

/** What is left to say when the form is closed. */
const afterClosing = (answer: SubmissionAnswer, texts: AnsweringTexts): Reply | undefined => {
  switch (answer.kind) {
    case 'close':
      return answer.reply
    case 'errors':
      return reply(Object.values(answer.errors).join('\n'))
    case 'update':
      return reply(texts.triggerExpired)
    default:
      return answer satisfies never
  }
}
