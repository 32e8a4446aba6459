import { z } from 'zod'
import type { Entered } from './inputs.ts'
import type { SlackMessage, SlackView } from './model.ts'
import type { SandboxSlack } from './start-slack.ts'

const entered: z.ZodType<Entered> = z.union([
  z.string(),
  z.number(),
  z.null(),
  z.array(z.union([z.string(), z.record(z.string(), z.unknown())])),
  z.record(z.string(), z.unknown()),
])

/** A message (`channel`, `ts`) or a view (`view`): what is on the person's screen. */
const target = z.union([z.object({ channel: z.string(), ts: z.string() }), z.object({ view: z.string() })])

/** The body of `POST /control/act`: the actor API, one action a request. */
export const actSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('command'),
    command: z.string(),
    text: z.string().default(''),
    channel: z.string().default('general'),
  }),
  z.object({
    do: z.literal('click'),
    on: target,
    element: z.string(),
    block: z.string().optional(),
    value: z.union([z.string(), z.array(z.string())]).optional(),
    forged: z.boolean().default(false),
  }),
  z.object({ do: z.literal('options'), on: target, element: z.string(), typed: z.string() }),
  z.object({ do: z.literal('fill'), view: z.string(), values: z.record(z.string(), entered) }),
  z.object({
    do: z.literal('submit'),
    view: z.string(),
    values: z.record(z.string(), entered).default({}),
  }),
  z.object({ do: z.literal('close'), view: z.string(), all: z.boolean().default(false) }),
  z.object({
    do: z.literal('shortcut'),
    callbackId: z.string(),
    on: z.object({ channel: z.string(), ts: z.string() }).optional(),
  }),
  z.object({ do: z.literal('openHome') }),
  z.object({
    do: z.literal('say'),
    channel: z.string(),
    text: z.string(),
    threadTs: z.string().optional(),
  }),
])

export type Act = z.infer<typeof actSchema>

/** Does what a page or curl asked for in a person's name. Rejects when that is not on their screen. */
export const act = async (slack: SandboxSlack, user: string, asked: Act): Promise<unknown> => {
  const actor = slack.as(user)

  const messageAt = (place: { readonly channel: string; readonly ts: string }): SlackMessage => {
    const message = slack.message(place.channel, place.ts)
    if (message === null) throw new Error(`No message ${place.ts} in ${place.channel}`)
    return message
  }
  const viewAt = (id: string): SlackView => {
    const view = [...actor.modals(), actor.home()].find((each) => each?.id === id)
    if (view === undefined || view === null) throw new Error(`${user} has no view ${id} open`)
    return view
  }
  const targetAt = (on: z.infer<typeof target>) => ('view' in on ? viewAt(on.view) : messageAt(on))

  switch (asked.do) {
    case 'command':
      return actor.command(asked.command, asked.text, { channel: asked.channel })
    case 'click': {
      const { block, value, forged } = asked
      const options = {
        forged,
        ...(block === undefined ? {} : { block }),
        ...(value === undefined ? {} : { value }),
      }
      return actor.click(targetAt(asked.on), asked.element, options)
    }
    case 'options':
      return actor.options(targetAt(asked.on), asked.element, asked.typed)
    case 'fill':
      return actor.fill(viewAt(asked.view), asked.values)
    case 'submit':
      return actor.submit(viewAt(asked.view), asked.values)
    case 'close':
      return actor.close(viewAt(asked.view), { all: asked.all })
    case 'shortcut':
      return actor.shortcut(asked.callbackId, asked.on === undefined ? undefined : messageAt(asked.on))
    case 'openHome':
      return actor.openHome()
    case 'say': {
      const { threadTs } = asked
      return actor.say(asked.channel, asked.text, threadTs === undefined ? {} : { threadTs })
    }
    default:
      return asked satisfies never
  }
}
