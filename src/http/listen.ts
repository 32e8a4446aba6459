import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { After } from '../clock.ts'
import type { Logger } from '../log.ts'
import { StartError } from '../start-error.ts'

export interface HttpServer {
  /** With the real port where 0 was asked for. */
  readonly url: string
  /** Takes no more requests, lets those under way finish for a second, then closes every connection. */
  close(): Promise<void>
}

const requestTimeoutMs = 10_000
const closeGraceMs = 1_000

/** @throws StartError when the port cannot be had */
export const listen = async (options: {
  readonly app: RequestListener
  readonly host: string
  readonly port: number
  readonly after: After
  readonly logger: Logger
}): Promise<HttpServer> => {
  const { host, port } = options
  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs },
    options.app,
  )
  server.listen({ host, port })
  try {
    await once(server, 'listening')
  } catch (error) {
    throw portProblem(error, host, port)
  }
  // Such as no file descriptors left; without a listener it would end the process.
  server.on('error', (err) => options.logger.error({ err }, 'The HTTP server has a problem'))
  const address = server.address()
  const actualPort = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const cancel = options.after(closeGraceMs, () => server.closeAllConnections())
      await closed
      cancel()
    },
  }
}

const portProblem = (error: unknown, host: string, port: number): StartError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(`PORT ${port} on HOST ${host} is taken: stop what uses it, or set another PORT.`)
    case 'EACCES':
      return new StartError(`PORT ${port} may not be opened by this user: set a PORT above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`HOST ${host} is not an address of this machine: set 127.0.0.1 or 0.0.0.0.`)
    default:
      return new StartError(`HOST ${host}, PORT ${port} cannot be listened on (${code}).`)
  }
}
