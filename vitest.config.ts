import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tools/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/architecture/planted/**', 'node_modules/**'],
    // one module graph for all files of a worker: loading it again for each costs more than most of them
    isolate: false,
    // both cores of the smallest PC that runs these
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
