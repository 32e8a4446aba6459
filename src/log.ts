import { type Logger as BoltLogger, LogLevel as BoltLogLevel } from '@slack/bolt'
import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from './config.ts'
import { createRedaction } from './redaction.ts'
import type { Secret } from './secret.ts'

export type { Logger } from 'pino'

/**
 * The process's log: one line of JSON for each entry, to `destination` (standard output). The finished
 * line is redacted, so that the stack or the URL in an error of a library is clean too.
 */
export const createLogger = (options: {
  readonly level: LogLevel
  readonly secrets: readonly Secret[]
  readonly destination?: DestinationStream
}): Logger => {
  const redact = createRedaction(options.secrets.map((secret) => secret.reveal()))
  const destination = options.destination ?? pino.destination(1)
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
    },
    { write: (line) => destination.write(redact(line)) },
  )
}

/**
 * What of an error is logged. Errors of Slack's libraries carry whole requests, answers and headers in
 * further properties; those may hold customers' text, so only what is named here gets out.
 */
export const describeError = (error: unknown, depth = 0): unknown => {
  if (!(error instanceof Error))
    return { message: typeof error === 'string' ? error : `not an Error: ${typeof error}` }
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...('statusCode' in error && typeof error.statusCode === 'number' ? { status: error.statusCode } : {}),
    stack: error.stack,
    ...(error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  }
}

/**
 * Gives Bolt and Slack's clients our log. Their DEBUG entries are whole payloads, customers' text
 * included, so they are dropped whatever our own level is.
 */
export const boltLogger = (logger: Logger): BoltLogger => {
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]): void => {
      const err = parts.find((part) => part instanceof Error)
      const words = parts.filter((part) => typeof part === 'string' || typeof part === 'number')
      const message = words.join(' ') || 'Slack library'
      if (err) logger[level]({ err }, message)
      else logger[level](message)
    }
  return {
    debug: () => {},
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    // Anything but DEBUG keeps the libraries from building their payload dumps.
    getLevel: () => BoltLogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  }
}
