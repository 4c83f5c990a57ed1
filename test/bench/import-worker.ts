// One import in a process of its own, so that its memory is its own: order on standard input, result on standard output.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cardText } from '#main/centre/crypto/device-identity.ts'
import { namedSites } from '#shared/security/site.ts'
import { outsideCentre } from '#test/formats/outside-centre.ts'
import { threadMilliseconds } from './thread-time.ts'
import { benchDesk, cardOf, trustCard, type BenchDesk } from './bench-desk.ts'

export interface ImportOrder {
  readonly step: 'prepare' | 'import'
  readonly folder: string
  readonly file?: string
}
export interface ImportResult {
  readonly recipient?: { readonly device: string; readonly age: string }
  readonly previewMilliseconds?: number
  readonly milliseconds?: number
  /** Of the processor, in the importing thread alone. */
  readonly threadMilliseconds?: number
  readonly peakMiB?: number
}

async function prepare(desk: BenchDesk): Promise<ImportResult> {
  await desk.setUp('BUE')
  const mora = await outsideCentre('MOR', 'm', 5)
  await trustCard(
    desk,
    cardText(
      mora.identity,
      namedSites.find((s) => s.code === 'MOR')!,
    ),
  )
  const recipient = await cardOf(desk)
  writeFileSync(path.join(desk.folder, 'key'), Buffer.from(await desk.key()).toString('hex'))
  return { recipient }
}

/** The most memory that this program had, MiB; what the system calls maxRSS also counts the process that started it. */
function peakMiB(): number {
  const own = existsSync('/proc/self/status') && /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return own ? Number(own) / 1024 : process.resourceUsage().maxRSS / 1024
}

async function importFile(desk: BenchDesk, file: string): Promise<ImportResult> {
  await desk.unlock()
  const start = performance.now()
  const thread = threadMilliseconds()
  const { previewId } = await desk.get('sync.preview', { file: desk.token(file), job: 'p' })
  const previewMilliseconds = performance.now() - start
  await desk.get('sync.import', { previewId, job: 'i' })
  return {
    previewMilliseconds,
    milliseconds: performance.now() - start,
    threadMilliseconds: threadMilliseconds() - thread,
    peakMiB: peakMiB(),
  }
}

const order = JSON.parse(readFileSync(0, 'utf8')) as ImportOrder
const desk = benchDesk(order.folder, 7)
const result = order.step === 'prepare' ? await prepare(desk) : await importFile(desk, order.file!)
await desk.close()
process.stdout.write(JSON.stringify(result))
