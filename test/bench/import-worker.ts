// One import in a process of its own, so that its memory is its own: order on standard input, result on standard output.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createCentre, type Centre } from '#main/centre/centre.ts'
import { keyringIn, openKeyring } from '#main/centre/crypto/keyring.ts'
import { cardText, readCard } from '#main/centre/crypto/device-identity.ts'
import { diskFiles } from '#main/platform/disk-files.ts'
import { namedSites } from '#shared/security/site.ts'
import { outsideCentre } from '#test/formats/outside-centre.ts'
import { cheapSecrets, fakePorts } from '#test/support/fake-ports.ts'

export interface ImportOrder {
  readonly step: 'prepare' | 'import'
  readonly folder: string
  readonly file?: string
}
export interface ImportResult {
  readonly recipient?: { readonly device: string; readonly age: string }
  readonly milliseconds?: number
  readonly peakMiB?: number
}

const login = 'aminatou'
const password = 'le-mil-pousse-vite'

async function get<T>(centre: Centre, name: string, input: unknown): Promise<T> {
  const result = await centre.call(name, input)
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`)
  return result.value as T
}

async function prepare(centre: Centre, folder: string, files: ReturnType<typeof diskFiles>): Promise<ImportResult> {
  const { recoveryCode } = await get<{ recoveryCode: string }>(centre, 'security.beginSetup', {
    language: 'fr',
    siteCode: 'BUE',
    userName: 'Aminatou B.',
    login,
    password,
    roles: ['SUP', 'COO'],
    deskPhone: '',
  })
  await get(centre, 'security.confirmRecoveryCode', { code: recoveryCode })
  const mora = await outsideCentre('MOR', 'm', 5)
  const token = (name: string, letter: string): string => {
    files.grant(letter.repeat(32), path.join(folder, name))
    return letter.repeat(32)
  }
  writeFileSync(
    path.join(folder, 'mora.psrlcard'),
    cardText(
      mora.identity,
      namedSites.find((s) => s.code === 'MOR')!,
    ),
  )
  const { previewId } = await get<{ previewId: string }>(centre, 'sync.readCard', { file: token('mora.psrlcard', 'a') })
  await get(centre, 'sync.trustCard', { previewId })
  await get(centre, 'sync.saveOwnCard', { file: token('own.psrlcard', 'b') })
  const ring = keyringIn(readFileSync(path.join(folder, 'data/keyring.json'), 'utf8'))
  const opened = ring && (await openKeyring(cheapSecrets, ring, { kind: 'user', login, password }))
  if (!opened?.ok) throw new Error('keyring')
  writeFileSync(path.join(folder, 'key'), Buffer.from(opened.key).toString('hex'))
  const card = readCard(readFileSync(path.join(folder, 'own.psrlcard')))
  return { recipient: { device: card.device, age: card.age } }
}

const order = JSON.parse(readFileSync(0, 'utf8')) as ImportOrder
mkdirSync(order.folder, { recursive: true })
const files = diskFiles(path.join(order.folder, 'data'))
const centre = createCentre(fakePorts(files, { seed: 7 }), () => undefined)
let result: ImportResult
if (order.step === 'prepare') result = await prepare(centre, order.folder, files)
else {
  await get(centre, 'security.unlock', { login, password })
  files.grant('c'.repeat(32), order.file!)
  const mem = (w: string) => {
    if (process.env['PHASES']) {
      const m = process.memoryUsage()
      console.error(
        w,
        'cpu',
        (process.cpuUsage().user / 1000).toFixed(0),
        (process.cpuUsage().system / 1000).toFixed(0),
        Object.entries(m)
          .map(([k, v]) => `${k} ${(v / 1048576).toFixed(0)}`)
          .join(' '),
        'max',
        (process.resourceUsage().maxRSS / 1024).toFixed(0),
      )
    }
  }
  mem('unlocked')
  const start = performance.now()
  const { previewId } = await get<{ previewId: string }>(centre, 'sync.preview', { file: 'c'.repeat(32), job: 'p' })
  const proved = performance.now()
  mem('proved')
  await get(centre, 'sync.import', { previewId, job: 'i' })
  if (process.env['PHASES'])
    console.error(`preview ${(proved - start).toFixed(0)} import ${(performance.now() - proved).toFixed(0)}`)
  mem('imported')
  if (process.env['PHASES']) console.error('wal', readFileSync(path.join(order.folder, 'data/store.db-wal')).length / 1e6)
  result = { milliseconds: performance.now() - start, peakMiB: process.resourceUsage().maxRSS / 1024 }
}
await centre.close()
process.stdout.write(JSON.stringify(result))
