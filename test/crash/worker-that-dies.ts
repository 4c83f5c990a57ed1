// The worker as it is, which dies of an uncaught error when it is asked to, or at its start when the data folder holds `die-at-start`.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { ToWorker, WorkerStart } from '#main/centre/worker-protocol.ts'

if (existsSync(path.join((workerData as WorkerStart).dataFolder, 'die-at-start'))) throw new Error('told to die')
parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'call' && message.name === 'test.die') throw new Error('told to die')
})
await import('#main/centre/worker.ts')
