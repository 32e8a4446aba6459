import type { RequestListener } from 'node:http'
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express'
import type { Logger } from '../log.ts'
import type { Readiness } from './readiness.ts'

/** With or without a slash behind it, or a query. */
const slackPath = /^\/slack\/events\/?(?:\?|$)/

/**
 * The one HTTP app. `GET /healthz`: the process is up. `GET /readyz`: 200 while Baton is ready, else 503, for
 * whoever sends traffic. `GET /metrics`: for Prometheus. `/slack/events`: `slack` alone, past Express, which would take
 * a tenth of the time of an answer. Everything else is in `routers`, or 404. Answers never hold an error's text.
 */
export const createHttpApp = (options: {
  readonly readiness: () => Promise<Readiness>
  /** In Prometheus' text format. */
  readonly metrics: () => Promise<string>
  /** Null where Slack does not call. */
  readonly slack: RequestListener | null
  readonly routers: readonly Router[]
  readonly logger: Logger
}): RequestListener => {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  // Slack's requests and webhooks need no query; a parser less to attack.
  app.set('query parser', false)

  app
    .route('/healthz')
    .get((_request, response) => {
      response.json({ status: 'up' })
    })
    .all(methodNotAllowed)
  app
    .route('/readyz')
    .get(async (_request, response) => {
      const readiness = await options.readiness()
      response.status(readiness.status === 'ready' ? 200 : 503).json(readiness)
    })
    .all(methodNotAllowed)
  app
    .route('/metrics')
    .get(async (_request, response) => {
      response.type('text/plain; version=0.0.4; charset=utf-8').send(await options.metrics())
    })
    .all(methodNotAllowed)
  for (const router of options.routers) app.use(router)
  app.use((_request, response) => {
    response.status(404).json({ error: 'not found' })
  })

  // Express knows an error handler by its four parameters.
  const onError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const status = clientErrorStatus(error)
    if (status === null) options.logger.error({ err: error }, 'An HTTP request failed')
    if (response.headersSent) {
      response.destroy()
      return
    }
    // The rest of a body that was refused is not read.
    if (status !== null) response.set('connection', 'close')
    response.status(status ?? 500).json({ error: status === null ? 'internal error' : 'bad request' })
  }
  app.use(onError)
  const { slack } = options
  if (slack === null) return app
  return (request, response) =>
    slackPath.test(request.url ?? '') ? slack(request, response) : app(request, response)
}

const methodNotAllowed: RequestHandler = (_request, response) => {
  response.set('allow', 'GET').status(405).json({ error: 'method not allowed' })
}

/** The status of an error that the request itself caused, as Express and its body parsers mark it. */
const clientErrorStatus = (error: unknown): number | null =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= 400 &&
  error.status < 500
    ? error.status
    : null
