import { defineConfig } from 'vitest/config'

/** Tests that need a Chromium; `CHROMIUM` says where it is if not at /usr/bin/chromium. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
})
