import type { After } from '../clock.ts'
import { backOffMs } from '../jobs/back-off.ts'
import { boltLogger, type Logger } from '../log.ts'
import type { Secret } from '../secret.ts'
import type { StartError } from '../start-error.ts'
import { slackRetryAfterMs } from './slack-error.ts'
import { type Envelope, openSocketLink, type SocketLink } from './socket-link.ts'
import { appTokenProblem, isRefusedForGood } from './start-checks.ts'
import type { Deliver, Transport } from './transport.ts'

/** How long a connection that is replaced may finish what it has received. */
const retireMs = 5_000
/** A connection that lasted so long proves that there is no reason to wait before the next. */
const steadyMs = 10_000
/** Far enough apart that the connections do not come to their ends together. */
const secondAfterMs = 60_000

/**
 * Keeps two Socket Mode connections open, of which Slack gives each payload to one (it allows ten): while one is
 * renewed or lost, everything comes by the other. When none is left, the next is tried at once and then ever
 * more slowly; the second one follows a minute after the first.
 */
export const createSocketTransport = (options: {
  readonly appToken: Secret
  readonly apiUrl: string
  readonly logger: Logger
  readonly after: After
  readonly deliver: Deliver
  /** The token was refused after the start: nothing will come any more. */
  readonly onFatal: (error: StartError) => void
}): Transport => {
  const { logger, after } = options
  const stopped = new AbortController()
  const serving = new Set<SocketLink>()
  const retiring = new Set<SocketLink>()
  let reopening = false
  let keeping = Promise.resolve()
  let doubling = Promise.resolve()
  /** Attempts since a connection last proved steady. */
  let attempts = 0
  let cancelSteady = (): void => {}
  let cancelSecond = (): void => {}

  const onEnvelope = async ({ body, retryNum, retryReason, ack }: Envelope): Promise<void> => {
    try {
      await options.deliver({
        body,
        ack,
        ...(retryNum === undefined ? {} : { retryNum }),
        ...(retryReason === undefined ? {} : { retryReason }),
      })
    } catch (err) {
      logger.warn({ err }, 'A payload from Slack could not be read')
    }
  }

  const open = async (): Promise<void> => {
    const link = await openSocketLink({
      appToken: options.appToken,
      apiUrl: options.apiUrl,
      logger: boltLogger(logger),
      after,
      signal: stopped.signal,
      onEnvelope,
    })
    serving.add(link)
    cancelSteady()
    cancelSteady = after(steadyMs, () => {
      attempts = 0
    })
    void link.expiring.then(async () => {
      if (!serving.delete(link)) return
      retiring.add(link)
      await keepOpen()
      await link.close({ graceMs: retireMs })
    })
    void link.closed.then(() => {
      retiring.delete(link)
      if (!serving.delete(link) || stopped.signal.aborted) return
      if (serving.size === 0) cancelSteady()
      logger.warn({ left: serving.size }, 'A connection to Slack was lost')
      void keepOpen()
    })
    awaitSecond()
  }

  const awaitSecond = (): void => {
    cancelSecond()
    if (serving.size >= 2 || stopped.signal.aborted) return
    cancelSecond = after(secondAfterMs, () => {
      doubling = openSecond()
    })
  }

  /** Nothing is lost when it fails: the first one serves. */
  const openSecond = async (): Promise<void> => {
    // Without a first one that is being opened already, and awaits a second.
    if (serving.size !== 1) return
    try {
      await open()
    } catch (err) {
      if (stopped.signal.aborted) return
      logger.warn({ err }, 'No second connection to Slack, trying again in a minute')
      awaitSecond()
    }
  }

  const keepOpen = (): Promise<void> => {
    if (!reopening) keeping = reopen()
    awaitSecond()
    return keeping
  }

  const reopen = async (): Promise<void> => {
    reopening = true
    let leastWaitMs = 0
    while (serving.size === 0 && !stopped.signal.aborted) {
      if (attempts > 0)
        await pause(backOffMs({ attempts, firstMs: 500, mostMs: 30_000, atLeastMs: leastWaitMs, random: 1 }))
      if (stopped.signal.aborted) break
      attempts += 1
      try {
        await open()
        logger.info('Connected to Slack')
      } catch (err) {
        if (stopped.signal.aborted) break
        if (isRefusedForGood(err)) {
          options.onFatal(appTokenProblem(err, options.apiUrl))
          break
        }
        logger.warn({ err }, 'No connection to Slack, trying again')
        leastWaitMs = slackRetryAfterMs(err) ?? 0
      }
    }
    // In the same step as the last look at `serving`, or a connection lost in between is not replaced.
    reopening = false
  }

  const pause = (waitMs: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        cancel()
        stopped.signal.removeEventListener('abort', end)
        resolve()
      }
      const cancel = after(waitMs, end)
      stopped.signal.addEventListener('abort', end)
    })

  return {
    start: async () => {
      try {
        await open()
      } catch (error) {
        throw appTokenProblem(error, options.apiUrl)
      }
    },
    isConnected: () => [...serving, ...retiring].some((link) => link.isOpen()),
    stop: async () => {
      stopped.abort()
      cancelSteady()
      cancelSecond()
      await Promise.all([keeping, doubling])
      await Promise.all([...serving, ...retiring].map((link) => link.close({ graceMs: 0 })))
    },
  }
}
