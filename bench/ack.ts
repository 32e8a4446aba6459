import { quantile, type Rounds } from './measure.ts'
import type { BurstResult } from './processes/load.ts'
import { asMs, asPerSecond, comparison, type Line } from './report.ts'
import { staff } from './staff.ts'
import { claim, type Pace, setStage, type Target } from './stage.ts'

const ROUNDS = 6
const SERIAL = 100
const CONCURRENT = 320
/** One person after the other, each when the jobs of the one before are done. */
const AT_EASE: Pace = { inFlight: 1, pauseMs: 25 }
const AT_ONCE: Pace = { inFlight: 32, pauseMs: 0 }
const WARM_UPS = 20

/**
 * How long Slack waits for a `/claim` that was kept, beside an empty listener of a bare Bolt app. Each
 * claim names a waiting chat of its own, so each is a transaction with an event, two jobs and a wait for
 * the disk. "One by one" is how long somebody waits when Baton has nothing else to do; with 32 in flight, jobs
 * run meanwhile. The other apps' turn comes when they are done. "Kept by hand" is a bare app
 * whose listener does the least that keeps a claim: what it takes more than the empty one, nobody can save.
 */
export async function measureAcks(): Promise<readonly Line[]> {
  const perRound = SERIAL + CONCURRENT
  // One round more: the first warms both up.
  const stage = await setStage({ chats: (ROUNDS + 1) * perRound })
  const atEase: Results = { baton: [], bare: [], byHand: [] }
  const concurrent: Results = { baton: [], bare: [], byHand: [] }
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const mine = stage.chats.slice(round * perRound, (round + 1) * perRound)
      const claims = mine.map((chat, index) => claim(chat, staff[index % staff.length]?.slackUser ?? ''))
      for (const [results, pace, deliveries] of [
        [atEase, AT_EASE, claims.slice(0, SERIAL)],
        [concurrent, AT_ONCE, claims.slice(SERIAL)],
      ] as const) {
        const measure = async (of: Target): Promise<Measured> => {
          const before = await stage.cpuMs(of)
          const burst = await stage.send(of, pace, deliveries)
          return { ...burst, cpuMs: (await stage.cpuMs(of)) - before }
        }
        const bare = await measure('bare')
        const byHand = await measure('byHand')
        const before = await stage.written()
        const baton = await measure('baton')
        await stage.untilCalm((now) => now.toWamm === before.toWamm + deliveries.length)
        if (round === 0) {
          // Claims of chats that somebody has by now are refused, which warms the same code up.
          for (let times = 0; times < WARM_UPS; times += 1) await measure(times % 2 === 0 ? 'bare' : 'baton')
          continue
        }
        results.bare.push(bare)
        results.byHand.push(byHand)
        results.baton.push(baton)
      }
    }
    const { breaches } = await stage.written()
    if (breaches > 0) throw new Error(`Slack would have refused ${breaches} of Baton's messages`)
  } finally {
    await stage.end()
  }
  return [
    ...lines('/claim, one by one', AT_EASE, atEase),
    ...lines(`/claim, ${AT_ONCE.inFlight} in flight`, AT_ONCE, concurrent),
  ]
}

type Measured = BurstResult & { readonly cpuMs: number }
type Results = Readonly<Record<Target, Measured[]>>

function lines(what: string, pace: Pace, results: Results): readonly Line[] {
  const beside = (other: Target, read: (result: Measured) => number): Rounds => ({
    ours: results.baton.map(read),
    bare: results[other].map(read),
  })
  const latency =
    (share: number) =>
    ({ latencies }: Measured) =>
      quantile(latencies, share)
  const throughput = ({ latencies, elapsedMs }: Measured) => (latencies.length / elapsedMs) * 1_000
  const cpu = ({ latencies, cpuMs }: Measured) => cpuMs / latencies.length
  const latencies = [
    comparison(`${what}: median`, beside('bare', latency(0.5)), asMs, { atMost: 1.5 }),
    comparison(`${what}: p95`, beside('bare', latency(0.95)), asMs),
    comparison(`${what}: p99`, beside('bare', latency(0.99)), asMs),
    comparison(`${what}: median, kept by hand`, beside('byHand', latency(0.5)), asMs),
  ]
  // With pauses in between, how many there are in a second says nothing.
  if (pace.pauseMs > 0) return latencies
  return [
    ...latencies,
    comparison(`${what}: throughput`, beside('bare', throughput), asPerSecond, { atLeast: 0.7 }),
    comparison(`${what}: throughput, kept by hand`, beside('byHand', throughput), asPerSecond),
    comparison(`${what}: CPU of one`, beside('bare', cpu), asMs),
  ]
}
