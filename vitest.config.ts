import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import LongestFirst from './scripts/longest-first.ts'

export default defineConfig({
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'methodology/**/*.test.ts',
      'examples/**/*.test.ts',
      'e2e/**/*.test.ts',
      'scripts/*.test.ts',
    ],
    // One realm for all files of a worker: measured 10 times faster than isolated ones, and nothing here keeps global state.
    isolate: false,
    // A worker waits half of its time for a database, a browser or another process: two more than there are cores keep them busy.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: LongestFirst },
    // Ends the databases that tests start; starts none itself.
    globalSetup: ['packages/server/test/support/global-setup.ts'],
    setupFiles: ['scripts/test-seed.ts'],
    testTimeout: 240_000,
    // A page in a real browser on a busy machine takes its time; what never comes fails all the same.
    expect: { poll: { timeout: 60_000 } },
    hookTimeout: 240_000,
    reporters: ['default', './scripts/closing-line-reporter.ts'],
  },
})
