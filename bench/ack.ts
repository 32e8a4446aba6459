import { quantile, type Rounds } from './measure.ts'
import type { BurstResult } from './processes/load.ts'
import { asMs, asPerSecond, comparison, type Line } from './report.ts'
import { staff } from './staff.ts'
import { claim, setStage } from './stage.ts'

const ROUNDS = 6
const SERIAL = 100
const CONCURRENT = 320
const IN_FLIGHT = 32

/**
 * How long Slack waits for a `/claim` that was kept, beside an empty listener of a bare Bolt app. Each
 * claim names a waiting chat of its own, so each is a transaction with an event, two jobs and a wait for
 * the disk. Jobs run meanwhile; the other app's turn comes when they are done.
 */
export async function measureAcks(): Promise<readonly Line[]> {
  const perRound = SERIAL + CONCURRENT
  // One round more: the first warms both up.
  const stage = await setStage({ chats: (ROUNDS + 1) * perRound })
  const serial: Results = { ours: [], bare: [] }
  const concurrent: Results = { ours: [], bare: [] }
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const mine = stage.chats.slice(round * perRound, (round + 1) * perRound)
      const claims = mine.map((chat, index) => claim(chat, staff[index % staff.length]?.slackUser ?? ''))
      for (const [results, inFlight, deliveries] of [
        [serial, 1, claims.slice(0, SERIAL)],
        [concurrent, IN_FLIGHT, claims.slice(SERIAL)],
      ] as const) {
        const bare = await stage.send('bare', inFlight, deliveries)
        const before = await stage.written()
        const ours = await stage.send('baton', inFlight, deliveries)
        await stage.untilWritten(
          (now) =>
            now.toWamm === before.toWamm + deliveries.length &&
            now.updated >= before.updated + deliveries.length,
        )
        if (round === 0) continue
        results.bare.push(bare)
        results.ours.push(ours)
      }
    }
    const { breaches } = await stage.written()
    if (breaches > 0) throw new Error(`Slack would have refused ${breaches} of Baton's messages`)
  } finally {
    await stage.end()
  }
  return [...lines(`/claim, 1 in flight`, serial), ...lines(`/claim, ${IN_FLIGHT} in flight`, concurrent)]
}

interface Results {
  readonly ours: BurstResult[]
  readonly bare: BurstResult[]
}

function lines(what: string, results: Results): readonly Line[] {
  const each = (read: (result: BurstResult) => number): Rounds => ({
    ours: results.ours.map(read),
    bare: results.bare.map(read),
  })
  const latency = (share: number) => each(({ latencies }) => quantile(latencies, share))
  const throughput = each(({ latencies, elapsedMs }) => (latencies.length / elapsedMs) * 1_000)
  return [
    comparison(`${what}: median`, latency(0.5), asMs, { atMost: 1.5 }),
    comparison(`${what}: p95`, latency(0.95), asMs),
    comparison(`${what}: p99`, latency(0.99), asMs),
    comparison(`${what}: throughput`, throughput, asPerSecond, { atLeast: 0.7 }),
  ]
}
