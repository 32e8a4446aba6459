import { once } from 'node:events'
import { connect } from 'node:net'
import { Router } from 'express'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { createHttpApp } from '../../src/http/app.ts'
import { type HttpServer, listen } from '../../src/http/listen.ts'
import { createLogger } from '../../src/log.ts'
import { readinessOf } from '../fixtures/readiness-of.ts'

let server: HttpServer
let ready: boolean
let lines: string[]
const held = new Map<string, PromiseWithResolvers<void>>()
const unhandled: unknown[] = []
const onUnhandled = (reason: unknown): void => void unhandled.push(reason)

const logger = createLogger({
  level: 'info',
  secrets: [],
  destination: { write: (line: string) => void lines.push(line) },
})

const router = Router()
router.get('/throws', () => {
  throw new Error('secret detail')
})
router.get('/rejects', async () => {
  await Promise.reject(new Error('secret detail'))
})
router.get('/slow', async (_request, response) => {
  await held.get('slow')?.promise
  response.send('finished')
})
router.get('/never', () => {
  held.get('never')?.resolve()
})

beforeEach(async () => {
  ready = true
  lines = []
  unhandled.length = 0
  process.on('unhandledRejection', onUnhandled)
  const app = createHttpApp({
    readiness: readinessOf(() => ready),
    metrics: async () => '',
    slack: null,
    routers: [router],
    logger,
  })
  server = await listen({ app, host: '127.0.0.1', port: 0, after: systemClock.after, logger })
})

afterEach(async () => {
  await server.close()
  process.off('unhandledRejection', onUnhandled)
  expect(unhandled).toEqual([])
})

/** Sends bytes as they are, which `fetch` would correct or refuse. */
const raw = async (text: string): Promise<string> => {
  const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1' })
  let answer = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    answer += chunk
  })
  socket.end(text)
  await once(socket, 'close')
  return answer
}

describe('the HTTP server', () => {
  it('says that the process is up, and when it is ready', async () => {
    const up = await fetch(`${server.url}/healthz`)
    expect([up.status, await up.json()]).toEqual([200, { status: 'up' }])
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    ready = false
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })

  it('does not say what it is made of', async () => {
    const { headers } = await fetch(`${server.url}/healthz`)
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('server')).toBeNull()
  })

  it('answers 404 to unknown paths and 405 to wrong methods', async () => {
    expect((await fetch(`${server.url}/admin`)).status).toBe(404)
    expect((await fetch(`${server.url}/slack/events`, { method: 'POST' })).status).toBe(404)
    const wrong = await fetch(`${server.url}/readyz`, { method: 'DELETE' })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET'])
  })

  it.each(['//', '///healthz', '/%', '/%00', '/..%2f..', '*', 'http://', '/\\', `/${'a'.repeat(8_000)}`])(
    'survives GET %s',
    async (target) => {
      const answer = await raw(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    },
  )

  it('survives what is not HTTP', async () => {
    expect(await raw('\x16\x03\x01 hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })

  it.each(['/throws', '/rejects'])('tells the log, not the caller, what went wrong at %s', async (path) => {
    const answer = await fetch(`${server.url}${path}`)
    expect([answer.status, await answer.text()]).toEqual([500, '{"error":"internal error"}'])
    expect(lines.join()).toContain('secret detail')
  })

  it('lets requests finish when it is closed, and closes idle connections', async () => {
    held.set('slow', Promise.withResolvers())
    await fetch(`${server.url}/healthz`)
    const slow = fetch(`${server.url}/slow`)
    await vi.waitFor(async () => {
      const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1' })
      await once(socket, 'connect')
      socket.destroy()
    })
    const closed = server.close()
    held.get('slow')?.resolve()
    expect(await (await slow).text()).toBe('finished')
    await closed
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
    server = await listen({ app: () => {}, host: '127.0.0.1', port: 0, after: systemClock.after, logger })
  })

  it('does not wait for ever for a request that never ends', async () => {
    const reached = Promise.withResolvers<void>()
    held.set('never', reached)
    const never = fetch(`${server.url}/never`).catch(() => 'cut')
    await reached.promise
    await server.close()
    expect(await never).toBe('cut')
    server = await listen({ app: () => {}, host: '127.0.0.1', port: 0, after: systemClock.after, logger })
  })

  it('says in one sentence why a port cannot be had', async () => {
    const port = Number(new URL(server.url).port)
    const taken = listen({ app: () => {}, host: '127.0.0.1', port, after: systemClock.after, logger })
    await expect(taken).rejects.toThrow(`PORT ${port} on HOST 127.0.0.1 is taken`)
    await expect(taken).rejects.toHaveProperty('name', 'StartError')
    const elsewhere = listen({
      app: () => {},
      host: '203.0.113.1',
      port: 0,
      after: systemClock.after,
      logger,
    })
    await expect(elsewhere).rejects.toThrow('HOST 203.0.113.1 is not an address of this machine')
  })
})
