import { describe, expect, it } from 'vitest'
import { createChanges } from '../../sandbox/provider/changes.ts'
import type { Outcome } from '../../src/providers/contract.ts'
import { chatKey } from '../../src/routing/ids.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { anna, connectAelyst, ivan, startAelystAdapter } from '../fixtures/start-aelyst-adapter.ts'

const start = async () => {
  const clock = manualClock()
  const begunAt = clock.now()
  const { aelyst, adapter } = await startAelystAdapter(clock)
  const outcomes: Outcome<unknown>[] = []
  const changes = createChanges()
  return {
    aelyst,
    adapter,
    clock,
    outcomes,
    atOnce: (times: number, ask: () => Promise<Outcome<unknown>>): void => {
      for (let i = 0; i < times; i += 1)
        void ask().then((outcome) => {
          outcomes.push(outcome)
          changes.changed()
        })
    },
    /** Waits for so many outcomes altogether. */
    until: (count: number) => changes.until(() => outcomes.length === count, { timeoutMs: 10_000 }),
    /** When each request came, in seconds. */
    seconds: () => aelyst.calls.map(({ atMs }) => (atMs - begunAt) / 1000),
  }
}

describe("Aelyst's limit", () => {
  it('is kept: what is too much for a second waits for the next', async () => {
    const { aelyst, adapter, clock, outcomes, atOnce, until, seconds } = await start()
    atOnce(12, () => adapter.readChat(ivan))
    await until(5)
    await clock.advance(999)
    expect(aelyst.calls).toHaveLength(5)
    await clock.advance(1)
    await until(10)
    await clock.advance(1_000)
    await until(12)
    expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true)
    expect(seconds()).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2])
    expect(aelyst.breaches).toEqual([])
  })

  it('makes nobody wait longer than five seconds: the rest is not sent, and told when to come back', async () => {
    const { aelyst, adapter, clock, outcomes, atOnce, until } = await start()
    // One path, whatever the page that is asked for.
    atOnce(20, () => adapter.health())
    atOnce(20, () => adapter.listUsers())
    for (let second = 1; second <= 5; second += 1) {
      await until(second * 5)
      await clock.advance(1_000)
    }
    await until(40)
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(30)
    const paced = { kind: 'retry', problem: 'paced', detail: 'no turn yet', sent: false, afterMs: 1_000 }
    expect(outcomes.filter(({ kind }) => kind !== 'done')).toEqual(Array(10).fill(paced))
    expect(aelyst.calls).toHaveLength(30)
    expect(aelyst.breaches).toEqual([])
  })

  it('lets no change wait: it is sent at once or, since it may be overtaken by then, not at all', async () => {
    const { aelyst, adapter, clock, outcomes, atOnce, until } = await start()
    atOnce(6, () => adapter.assign(ivan, anna))
    await until(6)
    const paced = { kind: 'retry', problem: 'paced', detail: 'no turn yet', sent: false, afterMs: 1_000 }
    expect(outcomes.filter(({ kind }) => kind !== 'done')).toEqual([paced])
    await clock.advance(10_000)
    expect(aelyst.calls.filter(({ method }) => method === 'updateassignee')).toHaveLength(5)
    expect(aelyst.breaches).toEqual([])
  })

  it('counts each contact and each method on its own', async () => {
    const { aelyst, adapter, atOnce, until } = await start()
    const zoe = chatKey(aelyst.customerWrites({ email: 'z@l.my' }, { text: 'hi' }))
    atOnce(5, () => adapter.readChat(ivan))
    atOnce(5, () => adapter.readChat(zoe))
    atOnce(5, () => adapter.comment(ivan, 'x'))
    await until(15)
    expect(aelyst.breaches).toEqual([])
  })

  it("is Aelyst's to enforce, where others use the same workspace", async () => {
    const { aelyst, adapter, clock } = await start()
    const other = connectAelyst(`${aelyst.url}/v1`, clock)
    for (let i = 0; i < 5; i += 1) await other.readChat(ivan)
    expect(await adapter.readChat(ivan)).toMatchObject({
      kind: 'retry',
      problem: 'rate-limited',
      sent: false,
      afterMs: 1_000,
    })
    expect(aelyst.breaches).toHaveLength(1)
  })
})
