import type { IncomingMessage } from 'node:http'

/**
 * Only for programs on this machine and pages served from it: a foreign page can neither send JSON here
 * without a preflight, which is not answered, nor reach it under a name of its own.
 */
export const isForeign = (request: IncomingMessage): boolean => {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  if (host !== '127.0.0.1' && host !== 'localhost') return true
  return request.method === 'POST' && !request.headers['content-type']?.startsWith('application/json')
}
