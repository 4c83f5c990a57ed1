import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// everything but the native module is bundled: nothing else of node_modules ships
const external = ['better-sqlite3', 'electron']

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      minify: 'oxc',
      sourcemap: false,
      rolldownOptions: {
        external,
        input: { index: 'src/main/index.ts', worker: 'src/main/centre/worker.ts' },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { bridge: 'src/preload/bridge.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [react()],
    build: {
      minify: 'oxc',
      cssMinify: 'lightningcss',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1000,
      rolldownOptions: { input: { index: 'src/renderer/index.html', print: 'src/renderer/print.html' } },
    },
  },
})
