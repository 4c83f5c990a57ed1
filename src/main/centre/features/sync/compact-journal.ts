import { createHash } from 'node:crypto'
import { createGzip } from 'node:zlib'
import { Readable } from 'node:stream'
import { Refusal } from '#shared/result.ts'
import { stampOfClock } from '#shared/sync/stamp.ts'
import { openSealed, sealFor } from '../../crypto/age-file.ts'
import { dayMilliseconds, today } from '../../desk-day.ts'
import type { CallContext, Job } from '../../feature.ts'
import { lineText } from '../../storage/journal-line.ts'
import { chooseCut, type Cut } from '../../storage/choose-cut.ts'
import { compact } from '../../storage/compact.ts'
import type { ChainRow } from '../../storage/chains.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { partsOf } from '../../storage/write-unit.ts'
import { isShared } from './audience.ts'
import { deviceIdentity } from './device.ts'
import { refuseInTraining } from './export-changes.ts'
import { knownDevices } from './known-devices.ts'
import { stillApart } from './histories.ts'
import { needSpace } from '../../storage/space.ts'
import { heldByAll, linesAfter, type ChainWithWriter } from './sync-repository.ts'

/** Days that an entry stays in the journal, whoever has it. */
const daysKept = 365
const folder = 'archive'
const linesAtOnce = 2000

/**
 * Moves what every computer in use holds, and what is older than a year, out of the journal into a sealed archive; see sync.compact.
 *
 * The archive is written, read back and renamed before anything leaves the database. `recipients`: who can open it beside this computer.
 */
export async function compactJournal(input: { readonly job: string }, context: CallContext, recipients: readonly string[] = []) {
  refuseInTraining(context)
  const { store } = context
  const job = context.job(input.job)
  const cut = wantedCut(context)
  const name = cut.size === 0 ? '' : await writeArchive(cut, context, recipients, job)
  const entries = store.write((unit) => {
    const gone = compact(unit, cut)
    unit.audit({ action: 'sync.compact', details: { entries: gone, file: name } })
    return gone
  })
  return { entries, file: name }
}

/** What may leave now: no device that is in use and shares the stream must miss it. */
function wantedCut({ store, session, ports }: CallContext): Cut {
  const devices = knownDevices(store).filter((d) => d.status === 'active')
  const writers = new Map(
    store
      .read<{ number: number; id: string; name: string }>('SELECT number, id, name FROM writer')
      .all()
      .map((w) => [w.number, w]),
  )
  const isApart = stillApart(store)
  const wanted = (chain: ChainRow): number => {
    const writer = writers.get(chain.writer)
    // numbers alone do not tell of which history somebody holds them
    if (!writer || isApart(chain.stream, writer.name)) return 0
    const readers = devices.filter((d) => isShared(chain.stream, d.site, session.site.code)).map((d) => d.holds)
    return readers.length === 0 ? chain.head_seq : heldByAll(readers, chain.stream, writer.id)
  }
  const before = stampOfClock(ports.clock.now() - daysKept * dayMilliseconds)
  return store.look((unit) => chooseCut(partsOf(unit).db, wanted, before))
}

/** The lines that leave, as one sealed file; opened again to its end before it gets its name. */
async function writeArchive(cut: Cut, context: CallContext, recipients: readonly string[], job: Job): Promise<string> {
  const { store, ports } = context
  const { files } = ports
  const identity = deviceIdentity(context)
  const year = today(ports.clock).slice(0, 4)
  const number = files.list(folder).filter((f) => f.startsWith(year)).length + 1
  const name = `${folder}/${year}-${String(number).padStart(3, '0')}.age`
  const written = createHash('sha256')
  const gzip = createGzip({ level: 6 })
  const source = Readable.from(archiveLines(cut, store, job), { objectMode: false })
  source.on('error', (error) => gzip.destroy(error))
  async function* packed() {
    for await (const piece of source.pipe(gzip) as AsyncIterable<Buffer>) {
      written.update(piece)
      yield piece
    }
  }
  const pieces: Uint8Array[] = []
  for await (const piece of await sealFor([identity.ageRecipient, ...recipients], packed())) pieces.push(piece)
  const sealed = new Uint8Array(Buffer.concat(pieces))
  needSpace(files, 2 * sealed.length)
  const part = `${name}.part`
  files.replace(part, sealed)
  const read = createHash('sha256')
  const back = await openSealed(identity.ageIdentities, files.size(part), files.pieces(part))
  for await (const piece of back.plaintext) read.update(piece)
  if (read.digest('hex') !== written.digest('hex')) {
    files.remove(part)
    throw new Refusal('disk-failing')
  }
  files.rename(part, name)
  return name
}

/** Lines of each chain after a line that says which (docs/formats/sync-file.md, "Archive"). */
async function* archiveLines(cut: Cut, db: ReadableDb, job: Job): AsyncGenerator<Buffer> {
  let done = 0
  const chainOf = db.read<ChainWithWriter>(
    'SELECT c.*, w.id AS writer_id, w.device, w.record, w.own FROM chain c JOIN writer w ON w.number = c.writer WHERE c.number = ?',
  )
  const total = [...cut].reduce((n, [number, seq]) => n + seq - (chainOf.get(number)?.floor_seq ?? 0), 0)
  for (const [number, last] of cut) {
    const chain = chainOf.get(number)!
    const { stream, writer_id: writer, record, floor_seq: floor, floor_hash: prev } = chain
    yield Buffer.from(`${JSON.stringify({ psrl: 'archive', v: 1, stream, writer, record, from: floor + 1, prev, to: last })}\n`)
    for (let seq = floor; seq < last;) {
      const lines = linesAfter(db, number, seq, last, linesAtOnce)
      if (lines.length === 0) throw new Refusal('database-damaged')
      yield Buffer.from(`${lines.map(lineText).join('\n')}\n`)
      seq = lines.at(-1)!.seq
      done += lines.length
      job.progress(done, total)
      await job.breathe()
    }
  }
}
