import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { SlackConfig } from '../config.ts'
import { boltLogger, type Logger } from '../log.ts'
import type { SlackUserId } from '../routing/ids.ts'
import { actionIds } from '../slack/ids.ts'
import { slackErrorCode } from '../slack/slack-error.ts'
import { type Envelope, openSocketLink } from '../slack/socket-link.ts'
import { doctorText } from '../slack/text-doctor.ts'
import { textMessage } from '../slack/views/message.ts'
import { pressMessage } from '../slack/views/press.ts'
import type { DoctorReads } from '../store/doctor-contract.ts'
import { type Finding, finding } from './finding.ts'

const CHECK = 'Slack, a click'
const WITHIN_MS = 60_000
const LOOK_EVERY_MS = 500

/** Resolves once the click has arrived, false when it has not in a minute. */
interface Awaited {
  readonly arrived: Promise<boolean>
  end(): Promise<void>
}

/**
 * Asks an admin for a click, and sees it arrive: by the way that every click takes. While a Baton runs, Slack may give
 * the click to that one; so it is that one that answers, and leaves word in the store. Else the doctor listens itself.
 */
export async function checkPress(deps: {
  readonly slack: SlackConfig
  readonly client: webApi.WebClient
  /** Whom to ask. */
  readonly user: SlackUserId
  /** Of the Baton that runs; null when none does. */
  readonly running: Pick<DoctorReads, 'isPressed'> | null
  /** Of this one message. */
  readonly name: string
  readonly clock: Clock
  readonly logger: Logger
}): Promise<readonly Finding[]> {
  const { slack, client, user, running, name, clock } = deps
  const said = (result: Finding['result'], says: string): readonly Finding[] => finding(CHECK, result, says)
  if (running === null && slack.transport.kind === 'http')
    return said(
      'skipped',
      'Baton does not run, so a click reaches nobody. Start it, then run the doctor again.',
    )
  const waiting = running === null ? await listen(deps) : lookInto(running, name, clock)
  if (waiting === null)
    return said('skipped', 'No connection could be opened. See what is said of Socket Mode.')
  try {
    const { text, blocks } = pressMessage(name)
    const posted = await client.chat.postMessage({ channel: user, text, blocks }).catch(slackErrorCode)
    if (posted === null || typeof posted === 'string') {
      return said(
        'wrong',
        `Slack does not take a private message to ${user} (${posted ?? 'no answer'}). Put your own member id into ADMIN_USERS, or say whom to ask: --user U….`,
      )
    }
    const arrived = await waiting.arrived
    const { channel = '', ts = '' } = posted
    const end = textMessage(arrived ? doctorText.pressArrived : doctorText.pressMissing)
    // The click itself has been seen, or not: what the message shows then is no part of it.
    await client.chat.update({ channel, ts, text: end.text, blocks: end.blocks }).catch(() => undefined)
    if (arrived) return said('ok', `The click of ${user} arrived.`)
    return said(
      'wrong',
      `No click of ${user} arrived in a minute. If the button was pressed: ${whyMissed(deps)}`,
    )
  } finally {
    await waiting.end()
  }
}

function whyMissed({ slack, running }: Parameters<typeof checkPress>[0]): string {
  if (running === null)
    return "turn Interactivity on in the app's settings (manifest.yml does), and look whether another Baton uses the same Slack app."
  return slack.transport.kind === 'socket'
    ? 'look whether the running Baton uses this Slack app and this database.'
    : 'copy SLACK_SIGNING_SECRET again from Basic Information, and look whether the running Baton uses this database, and whether the request URL under Interactivity leads to it.'
}

function lookInto(store: Pick<DoctorReads, 'isPressed'>, name: string, clock: Clock): Awaited {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  const until = clock.now() + WITHIN_MS
  let cancel = (): void => undefined
  const look = async (): Promise<void> => {
    if (await store.isPressed(name)) resolve(true)
    else if (clock.now() >= until) resolve(false)
    else cancel = clock.after(LOOK_EVERY_MS, () => void look().catch(reject))
  }
  void look().catch(reject)
  return { arrived: promise, end: async () => cancel() }
}

const pressSchema = z.object({
  type: z.literal('block_actions'),
  actions: z.tuple([z.object({ action_id: z.literal(actionIds.doctorPress), value: z.string() })]),
})

/** Whatever else comes is not acknowledged: no Baton runs, so nobody could do it. */
async function listen(deps: Parameters<typeof checkPress>[0]): Promise<Awaited | null> {
  const { slack, clock, name } = deps
  if (slack.transport.kind !== 'socket') return null
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const deadline = new AbortController()
  const cancel = clock.after(WITHIN_MS, () => {
    deadline.abort()
    resolve(false)
  })
  const onEnvelope = async ({ body, ack }: Envelope): Promise<void> => {
    if (pressSchema.safeParse(body).data?.actions[0].value !== name) return
    await ack({}).catch(() => undefined)
    resolve(true)
  }
  try {
    const link = await openSocketLink({
      appToken: slack.transport.appToken,
      apiUrl: slack.apiUrl,
      logger: boltLogger(deps.logger),
      after: clock.after,
      signal: deadline.signal,
      onEnvelope,
    })
    return {
      arrived: promise,
      end: async () => {
        cancel()
        await link.close({ graceMs: 0 })
      },
    }
  } catch {
    cancel()
    return null
  }
}
