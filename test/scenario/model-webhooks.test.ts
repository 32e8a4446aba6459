import fc from 'fast-check'
import { it } from 'vitest'
import { playTold } from '../fixtures/model/play-told.ts'
import { anyToldStep, anyWay } from '../fixtures/model/told-steps.ts'

const RUNS = Number(process.env.RUNS ?? 300)

it('ends as the provider says, whatever is told late, twice, in any order or never', {
  timeout: 3_600_000,
}, async () => {
  const steps = fc.array(anyToldStep, { minLength: 10, maxLength: 40, size: 'max' })
  // A failure prints its seed and path; give them here to see the same run again.
  await fc.assert(fc.asyncProperty(anyWay, steps, playTold), { numRuns: RUNS })
})
