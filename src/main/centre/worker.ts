import path from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { dailyJob } from '#shared/backups/contract.ts'
import { argon2Secrets } from '../platform/argon2-secrets.ts'
import { diskFiles } from '../platform/disk-files.ts'
import { machineId } from '../platform/machine-id.ts'
import { redactingLog } from '../platform/redacting-log.ts'
import { shippedFiles } from '../platform/shipped-files.ts'
import { systemClock } from '../platform/system-clock.ts'
import { systemRandom } from '../platform/system-random.ts'
import { witnessFile } from '../platform/witness-file.ts'
import { createCentre } from './centre.ts'
import { quietWatch } from './quiet-watch.ts'
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.ts'

const port = parentPort
if (!port) throw new Error('runs as a worker thread')
const start = workerData as WorkerStart
const files = diskFiles(start.dataFolder)
const send = (message: FromWorker) => port.postMessage(message)

const centre = createCentre(
  {
    clock: systemClock,
    random: systemRandom,
    files,
    shipped: shippedFiles(start.resourcesFolder, start.migrationsFolder),
    secrets: argon2Secrets(systemClock),
    log: redactingLog(path.join(start.dataFolder, 'log.jsonl'), systemClock),
    witness: witnessFile(path.join(start.dataFolder, '../witness/seen.json')),
    appVersion: start.appVersion,
    machineId: machineId(),
    preview: start.preview,
  },
  (name, data) => send({ kind: 'event', name, data } as FromWorker),
)

/** The moment for a copy, during which nothing else is answered. */
const quiet = quietWatch(systemClock, () => void centre.call('backups.daily', {}))
/** Whoever comes back does not wait for a slow stick: what was not yet written there is, at the next such moment. */
const interrupt = () => void centre.call('app.cancel', { job: dailyJob })

async function receive(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'call':
      quiet.heard()
      interrupt()
      send({ kind: 'answer', id: message.id, result: await centre.call(message.name, message.input) })
      break
    case 'grant':
      files.grant(message.token, message.path)
      break
    case 'lock':
      await centre.lock(message.why)
      break
    case 'close':
      quiet.stop()
      await centre.close()
      send({ kind: 'closed' })
      break
  }
}
port.on('message', (message: ToWorker) => void receive(message))
send({ kind: 'ready' })
