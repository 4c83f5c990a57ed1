// Makes the data of a desk below a profile folder as the wizard would, by the same calls with the same ports, without a window. A program of its own: the
// test runner cannot load the database. Order on standard input.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ReadyOrder } from './app.ts'
import { createCentre } from '../../src/main/centre/centre.ts'
import { argon2Secrets } from '../../src/main/platform/argon2-secrets.ts'
import { diskFiles } from '../../src/main/platform/disk-files.ts'
import { machineId } from '../../src/main/platform/machine-id.ts'
import { redactingLog } from '../../src/main/platform/redacting-log.ts'
import { shippedFiles } from '../../src/main/platform/shipped-files.ts'
import { systemClock } from '../../src/main/platform/system-clock.ts'
import { systemRandom } from '../../src/main/platform/system-random.ts'
import { witnessFile } from '../../src/main/platform/witness-file.ts'
import type { CallInput, CallName, CallOutput } from '../../src/shared/contract.ts'

const { profile, language, user } = JSON.parse(readFileSync(0, 'utf8')) as ReadyOrder
const root = path.resolve(import.meta.dirname, '../..')
const data = path.join(profile, 'data')
const centre = createCentre(
  {
    clock: systemClock,
    random: systemRandom,
    files: diskFiles(data),
    shipped: shippedFiles(path.join(root, 'resources'), path.join(root, 'migrations')),
    secrets: argon2Secrets(systemClock),
    log: redactingLog(path.join(data, 'log.jsonl'), systemClock),
    witness: witnessFile(path.join(profile, 'witness/seen.json')),
    appVersion: '0.0.0',
    machineId: machineId(),
    preview: false,
  },
  () => undefined,
)
const get = async <K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> => {
  const result = await centre.call(name, input)
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`)
  return result.value as CallOutput<K>
}
try {
  const { siteCode, login, password } = user
  // what the wizard has ticked already
  const roles = [...new Set(['SUP', 'CW', ...user.roles] as const)]
  const setup = { language, siteCode, userName: user.name, login, password, roles, deskPhone: '6 00 00 00 01' }
  const { recoveryCode } = await get('security.beginSetup', setup)
  await get('security.confirmRecoveryCode', { code: recoveryCode })
  await get('security.acceptUndertaking', { name: user.name })
} finally {
  await centre.close()
}
