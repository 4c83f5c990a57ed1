import type { KnipConfig } from 'knip'

const config: KnipConfig = {
  entry: [
    'src/main/centre/worker.ts',
    'src/preload/bridge.ts',
    'src/renderer/print.tsx',
    'src/**/*.test.{ts,tsx}',
    'test/**/*.{test,spec}.ts',
    'test/crash/{victim,holder,migrating-victim,worker-that-dies}.ts',
    'test/e2e/ready-data.ts',
    'test/forms/oracle-worker.ts',
    'test/simulation/{simulate,seed-worker}.ts',
    'test/bench/{bench,import-worker}.ts',
    'tools/**/*.mjs',
    'tools/{age/ensure-age,browser/ensure-browser,start/start,demo/demo,package/check-package,measure/{measure,measure-profile},stand-in/main,stand-in/conformance}.ts',
    'tools/forms/write-forms.ts',
    'tools/**/*.test.ts',
  ],
  ignoreBinaries: ['age'],
  // put into a page as they are (test/bench/survey-js.ts)
  ignoreDependencies: ['survey-core', 'survey-js-ui'],
  project: ['src/**/*.{ts,tsx}', 'test/**/*.ts', 'tools/**/*.{ts,mjs}'],
  // the form schema and contracts are read as a whole; types beside them belong to the vocabulary
  ignoreExportsUsedInFile: true,
  exclude: ['types', 'exports', 'enumMembers'],
}

export default config
