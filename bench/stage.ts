import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProviderChat } from '../src/providers/contract.ts'
import type { BareApp } from './processes/bare-app.ts'
import type { Burst, BurstResult, Delivery, Load } from './processes/load.ts'
import type { MemoryReport } from './processes/report-memory.ts'
import type { World } from './processes/world.ts'
import { type Remote, startRemote } from './remote.ts'
import { customers, openStore, seedStore } from './seed-store.ts'

/** Baton; Bolt with a listener that does nothing; Bolt with one that keeps the claim by hand. */
export type Target = 'baton' | 'bare' | 'byHand'

/**
 * Baton as it runs in production, what it is measured against, what it talks to and what talks to it:
 * four processes, so that none of them takes the time of another's event loop.
 */
/** How many people at once, and how long each waits before their next request. */
export type Pace = Pick<Burst, 'inFlight' | 'pauseMs'>

export interface Stage {
  readonly chats: readonly ProviderChat[]
  send(to: Target, pace: Pace, deliveries: readonly Delivery[]): Promise<BurstResult>
  /** CPU time of the process so far. */
  cpuMs(of: Target): Promise<number>
  memory(): Promise<Awaited<ReturnType<MemoryReport['memory']>>>
  written(): Promise<ReturnType<World['written']>>
  asked(): Promise<ReturnType<World['asked']>>
  /** WAMM's answers take so long from now on. */
  answerAfter(delayMs: number): Promise<void>
  /** Until WAMM has carried out so many assignments in all. */
  untilWritten(count: number): Promise<unknown>
  /** A bare script that reads and assigns the same chats, so many at once. */
  assignByHand(chats: readonly ProviderChat[], inFlight: number): Promise<void>
  /** Until Slack and WAMM have heard all that `isAll` wants and then nothing more for half a second. */
  untilCalm(isAll: (written: ReturnType<World['written']>) => boolean): Promise<void>
  end(): Promise<void>
}

const at = (name: string): URL => new URL(`./processes/${name}.ts`, import.meta.url)
const MAIN = new URL('../src/main.ts', import.meta.url)

export async function setStage(options: { readonly chats: number }): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'baton-bench-'))
  const world = startRemote<World>(at('world'))
  const bare = startRemote<BareApp>(at('bare-app'))
  const byHand = startRemote<BareApp>(at('bare-app'))
  const load = startRemote<Load>(at('load'))
  const address = await world.ask('address', undefined)
  const { signingSecret } = address

  const chats = customers(options.chats)
  await world.ask('addChats', {
    chats: chats.map(({ key, name }) => ({ key, name: name ?? key })),
  })
  const file = join(directory, 'baton.db')
  await seed(file, chats)
  const copy = join(directory, 'by-hand.db')
  await seed(copy, chats)

  const baton = startBaton(file, worldEnv(address))
  const urls = {
    baton: `${await baton.line(readyUrl)}/slack/events`,
    bare: await bare.ask('start', { signingSecret, database: null }),
    byHand: await byHand.ask('start', { signingSecret, database: copy }),
  }
  const bares = { bare, byHand }
  const stage: Stage = {
    chats,
    async send(to, pace, deliveries) {
      const burst: Burst = {
        url: urls[to],
        signingSecret,
        responseUrl: `${address.slackUrl}/response/none`,
        ...pace,
        deliveries,
      }
      const result = await load.ask('burst', burst)
      if (result.failed > 0) throw new Error(`${to} did not answer ${result.failed} requests with 200`)
      return result
    },
    cpuMs: (of) => (of === 'baton' ? baton.ask('cpuMs', undefined) : bares[of].ask('cpuMs', undefined)),
    memory: () => baton.ask('memory', undefined),
    written: () => world.ask('written', undefined),
    asked: () => world.ask('asked', undefined),
    answerAfter: (delayMs) => world.ask('answerAfter', { delayMs }),
    untilWritten: (count) => world.ask('untilWritten', { count }),
    assignByHand: (of, inFlight) =>
      load.ask('assign', {
        url: address.wammUrl,
        token: address.wammToken,
        keys: of.map(({ key }) => key),
        user: '100',
        inFlight,
      }),
    async untilCalm(isAll) {
      let last = ''
      for (let calmFor = 0; calmFor < 600; calmFor += 1) {
        const written = await stage.written()
        const now = JSON.stringify(written)
        if (now !== last) calmFor = 0
        if (calmFor >= 5 && isAll(written)) return
        last = now
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error(`Baton's jobs stand still at ${last}`)
    },
    async end() {
      await baton.end()
      await Promise.all([world.end(), bare.end(), byHand.end(), load.end()])
      rmSync(directory, { recursive: true })
    },
  }
  return stage
}

/** Without cards: Slack takes one a second, so they are posted when somebody claims, as far as there is time. */
async function seed(file: string, chats: readonly ProviderChat[]): Promise<void> {
  const store = openStore(file)
  await seedStore(store, chats)
  await store.close()
}

/** What Baton's environment says of the world. */
export const worldEnv = (address: ReturnType<World['address']>): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: address.botToken,
  SLACK_SIGNING_SECRET: address.signingSecret,
  SLACK_API_URL: address.slackApiUrl,
  WAMM_TOKEN: address.wammToken,
  WAMM_BASE_URL: address.wammUrl,
})

/** src/main.ts itself, with nothing added but a way to ask for its memory. */
export function startBaton(file: string, env: Readonly<Record<string, string>>): Remote<MemoryReport> {
  const profile = process.env.BENCH_CPU_PROF
  return startRemote<MemoryReport>(MAIN, {
    env: {
      SLACK_MODE: 'http',
      PORT: '0',
      DATABASE_URL: `file:${file}`,
      WAMM_SLACK_CHANNEL: 'C0SUPPORT',
      ...env,
    },
    nodeOptions: [
      '--expose-gc',
      // As `npm start` has it.
      '--max-semi-space-size=8',
      '--import',
      at('report-memory').href,
      ...(profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile]),
    ],
  })
}

/** The address in the log's line that says that Baton is ready. */
export function readyUrl(line: string): string | null {
  if (!line.includes('"Baton is ready"')) return null
  const entry: unknown = JSON.parse(line)
  return typeof entry === 'object' && entry !== null && 'url' in entry ? String(entry.url) : null
}

export const claim = (chat: ProviderChat, user: string): Delivery => ({
  kind: 'command',
  user,
  command: '/claim',
  text: chat.phone ?? chat.key,
})
