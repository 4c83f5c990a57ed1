import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import { electronExecutable } from './test/e2e/electron-executable.ts'

/** The same journeys on real Electron where its binary is, else on the stand-in; what concerns only the stand-in runs only there. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // every test has its own profile, temporary folder and program; most of its time is waiting, so that two fit on two cores
  workers: Math.min(2, availableParallelism()),
  fullyParallel: true,
  reporter: process.env.PASSERELLE_REPORT ? [['list'], ['json', { outputFile: process.env.PASSERELLE_REPORT }]] : [['list']],
  use: { trace: 'retain-on-failure' },
  projects: [
    { name: 'app', testIgnore: '**/stand-in.spec.ts' },
    ...(electronExecutable().real ? [] : [{ name: 'stand-in', testMatch: '**/stand-in.spec.ts' }]),
  ],
})
