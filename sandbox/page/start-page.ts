import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import type { ProviderScreen } from '../provider/provider-screen.ts'
import { handleControl } from '../slack/control.ts'
import { isForeign } from '../slack/foreign-request.ts'
import { answerJson } from '../slack/http-exchange.ts'
import type { SlackUser } from '../slack/model.ts'
import type { SandboxSlack } from '../slack/start-slack.ts'
import { buildClient } from './build-client.ts'
import { serveFeed } from './feed.ts'
import { readManifest } from './read-manifest.ts'
import { createTrafficLog } from './traffic.ts'

export interface Page {
  /** `http://127.0.0.1:<port>/`; `?as=ann` opens it as somebody, `&in=support` at a channel. */
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * A page that plays the Slack client of the sandbox, with the providers' own screens and the traffic beside
 * it. One address serves the client, what a person sees (`/feed?user=ann`, server-sent), and the control
 * APIs (`/slack/control/…`, `/wamm/control/…`, one for each provider). Rejects when the client cannot be built or the port is taken.
 *
 * @param options.manifest the app's manifest.yml as text
 * @param options.port any free one when absent
 */
export const startPage = async (options: {
  readonly slack: SandboxSlack
  readonly providers: readonly ProviderScreen[]
  readonly manifest: string
  readonly port?: number
}): Promise<Page> => {
  const { slack, providers } = options
  const app = readManifest(options.manifest)
  const files = await filesIn(await buildClient())
  const traffic = createTrafficLog({ slack, providers })

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isForeign(request)) return answerJson(response, 403, { error: 'Only JSON from this machine' })
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox')
    const [, room, name = ''] = /^\/(\w+)\/control\/(.+)$/.exec(pathname) ?? []
    if (room === 'slack') return handleControl(slack, request, response, name)
    const controlled = providers.find(({ id }) => id === room)
    if (controlled !== undefined) return controlled.provider.control(request, response, name)
    if (pathname === '/feed') {
      const user = personOr(slack, searchParams.get('user'))
      return serveFeed({ slack, providers, traffic, app }, user, response)
    }
    return serveFile(files.get(pathname === '/' ? '/index.html' : pathname), response)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else answerJson(response, 500, { error: error instanceof Error ? error.message : String(error) })
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The page has no port')

  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        traffic.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The person of that name or id; the first who can use this Slack when there is none. */
const personOr = ({ people }: SandboxSlack, name: string | null): SlackUser => {
  const asked = people.user(name ?? '')
  if (asked !== null && !asked.isBot) return asked
  const first = people.users().find((each) => !each.isBot && !each.isDeleted)
  if (first === undefined) throw new Error("Nobody is in the sandbox's Slack")
  return first
}

/** By path as it is asked for: nothing else can be had. */
const filesIn = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return new Map(
    entries
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name))
      .map((path) => [path.slice(folder.length), path] as const),
  )
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const serveFile = (path: string | undefined, response: ServerResponse): void => {
  if (path === undefined) {
    answerJson(response, 404, { error: 'Nothing there' })
    return
  }
  const named = /-[\w-]{8}\.\w+$/.test(path)
  response.writeHead(200, {
    'content-type': contentTypes[extname(path)] ?? 'application/octet-stream',
    'cache-control': named ? 'max-age=31536000, immutable' : 'no-store',
    'content-security-policy': "default-src 'self'; img-src 'self' data:",
    'x-content-type-options': 'nosniff',
  })
  createReadStream(path).pipe(response)
}
