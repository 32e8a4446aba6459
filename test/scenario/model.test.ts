import fc from 'fast-check'
import { it } from 'vitest'
import { play } from '../fixtures/model/play.ts'
import { anyStep } from '../fixtures/model/steps.ts'

const RUNS = 1_000

it('ends as the model says, whatever people, the provider, time and crashes do in whatever order', {
  timeout: 600_000,
}, async () => {
  const steps = fc.array(anyStep, { minLength: 20, maxLength: 40, size: 'max' })
  // A failure prints its seed and path; give them here to see the same run again.
  await fc.assert(fc.asyncProperty(steps, play), { numRuns: RUNS })
})
