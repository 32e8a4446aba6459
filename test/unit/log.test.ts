import { webApi } from '@slack/bolt'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boltLogger, createLogger, type Logger } from '../../src/log.ts'
import { Secret } from '../../src/secret.ts'

const logTo = (lines: string[], secrets: readonly string[] = []): Logger =>
  createLogger({
    level: 'trace',
    secrets: secrets.map((secret) => new Secret(secret)),
    destination: { write: (line: string) => void lines.push(line) },
  })

const everyWay = (logger: Logger, text: string): void => {
  logger.info(text)
  logger.info({ text, list: [text], [text]: 1 }, 'in an object')
  logger.error({ err: new Error(text, { cause: new Error(`cause ${text}`) }) }, 'in an error')
  logger.error(new Error(text))
  logger.warn(JSON.stringify({ url: text }))
  logger.child({ text }).info('in a child')
  boltLogger(logger).error('from a library', new Error(text))
  boltLogger(logger).warn(text)
}

/** Everything that somebody who reads a line could take out of it, unpacked as often as it was packed. */
const readable = (packed: unknown): readonly string[] => {
  if (typeof packed === 'object' && packed !== null) {
    return Object.entries(packed).flatMap(([name, value]) => [...readable(name), ...readable(value)])
  }
  if (typeof packed !== 'string') return []
  const unpacked = [() => JSON.parse(packed), () => decodeURIComponent(packed)].flatMap((unpack) => {
    try {
      const inside: unknown = unpack()
      return inside === packed ? [] : readable(inside)
    } catch {
      return []
    }
  })
  return [packed, ...unpacked]
}

describe('the log', () => {
  it('never shows a known secret, wherever it is embedded and however it is spelled', () => {
    const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', '\\', '/', ' ', '%', '\n'))
    const secret = fc.tuple(part, part, part).map((parts) => `sec${parts.join('ret')}`)
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
        const lines: string[] = []
        const logger = logTo(lines, [hidden])
        everyWay(logger, `${before}${hidden}${after}`)
        everyWay(logger, `https://wamm.chat/api2/user_list/${encodeURIComponent(hidden)}/`)
        for (const line of lines) {
          for (const text of readable(line)) expect(text).not.toContain(hidden)
        }
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['a bot token', 'xoxb-123-456-AbCdEf', 'AbCdEf'],
    ['a rotated token', 'xoxe.xoxb-1-MkzZ', 'MkzZ'],
    ['a user token', 'xoxp-1-2-3-abcdef', 'abcdef'],
    ['an app-level token', 'xapp-1-A0-123-deadbeef', 'deadbeef'],
    ['an authorization header', 'Bearer abc.def', 'abc.def'],
    ['a response_url', 'https://hooks.slack.com/actions/T1/123/sEcReT', 'sEcReT'],
    ['a response_url of another host', '{"response_url":"http://127.0.0.1:1/response/sEcReT"}', 'sEcReT'],
    ['the ticket of a socket', 'wss://wss-primary.slack.com/link/?ticket=1a2b-3c&app_id=9', '1a2b-3c'],
  ])('never shows %s, known or not', (_what, text, hidden) => {
    const lines: string[] = []
    everyWay(logTo(lines), `before ${text} after`)
    expect(lines.length).toBe(8)
    for (const line of lines) expect(line).not.toContain(hidden)
  })

  it('stays one JSON object a line', () => {
    const lines: string[] = []
    everyWay(logTo(lines, ['quote"and\\slash-secret']), 'xoxb-1-2 quote"and\\slash-secret "xapp-1-2"')
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('msg')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: '[redacted] [redacted] "[redacted]"' })
  })

  it("drops what Slack's libraries say at DEBUG, which is customers' text", () => {
    const lines: string[] = []
    const bolt = boltLogger(logTo(lines))
    bolt.setLevel(webApi.LogLevel.DEBUG)
    bolt.debug('http request body: {"text":"+971501234567 wrote"}')
    expect(lines).toEqual([])
    expect(bolt.getLevel()).not.toBe('debug')
  })

  it("logs of a library's error only what says what went wrong", () => {
    const lines: string[] = []
    const error = new webApi.WebAPIHTTPError(503, 'Unavailable', { cookie: 'c' }, 'customer text')
    logTo(lines).error({ err: error }, 'failed')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      err: { type: 'WebAPIHTTPError', status: 503, code: 'slack_webapi_http_error' },
    })
    expect(lines.join()).not.toContain('customer text')
    expect(lines.join()).not.toContain('cookie')
  })
})
