import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Scenarios take longest and their size says nothing of it; what starts last is to be short. */
class ScenariosFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isScenario = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/test/scenario/')
    const sorted = await super.sort(files)
    return [...sorted.filter(isScenario), ...sorted.filter((file) => !isScenario(file))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // More than the cores of the smallest machine, since scenes often wait.
    maxWorkers: 3,
    // Nothing is built at import, so files can share a process, which loads everything once.
    isolate: false,
    sequence: { sequencer: ScenariosFirst },
  },
})
