import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPace, type Turn } from '../../src/pace.ts'
import { instant } from '../../src/routing/ids.ts'

const take = (pace: ReturnType<typeof createPace>, key: string): Turn => {
  const taken = pace.take(key)
  if (taken.kind === 'wait') throw new Error(`has to wait ${taken.ms} ms`)
  return taken
}

it('a turn is free again so long after the end of its request', () => {
  let nowMs = 1_000_000
  const pace = createPace({ most: 1, perMs: 10_000, now: () => instant(nowMs) })
  const turn = take(pace, 'a')
  expect(pace.take('b').kind).toBe('turn')
  nowMs += 30_000
  expect(pace.take('a')).toEqual({ kind: 'wait', ms: 10_000 })
  turn.end()
  nowMs += 9_999
  expect(pace.take('a')).toEqual({ kind: 'wait', ms: 1 })
  nowMs += 1
  take(pace, 'a')
})

it('a clock that is set back costs no more than one wait', () => {
  let nowMs = 1_000_000
  const pace = createPace({ most: 1, perMs: 10_000, now: () => instant(nowMs) })
  take(pace, 'a').end()
  nowMs -= 500_000
  expect(pace.take('a')).toEqual({ kind: 'wait', ms: 10_000 })
  nowMs += 10_000
  take(pace, 'a')
})

it('whoever waits as told is never refused by a server that counts at any moment of the request', () => {
  const request = fc.record({
    gapMs: fc.nat(400),
    tookMs: fc.nat(700),
    countedAfter: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 60 }), (requests) => {
      let nowMs = 1_000_000
      const pace = createPace({ most: 5, perMs: 1_000, now: () => instant(nowMs) })
      const underWay: { readonly turn: Turn; readonly endsAt: number }[] = []
      const counted: number[] = []
      const passTo = (atMs: number): void => {
        for (const each of underWay.splice(0).sort((a, b) => a.endsAt - b.endsAt)) {
          if (each.endsAt > atMs) {
            underWay.push(each)
            continue
          }
          nowMs = each.endsAt
          each.turn.end()
        }
        nowMs = atMs
      }
      for (const { gapMs, tookMs, countedAfter } of requests) {
        passTo(nowMs + gapMs)
        let taken = pace.take('a')
        while (taken.kind === 'wait') {
          passTo(nowMs + taken.ms)
          taken = pace.take('a')
        }
        counted.push(nowMs + tookMs * countedAfter)
        underWay.push({ turn: taken, endsAt: nowMs + tookMs })
      }
      counted.sort((a, b) => a - b)
      for (const [i, atMs] of counted.entries()) {
        const sixth = counted[i + 5]
        if (sixth !== undefined) expect(sixth - atMs).toBeGreaterThanOrEqual(1_000)
      }
    }),
  )
})
