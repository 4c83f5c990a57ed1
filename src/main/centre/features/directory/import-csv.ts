import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { CsvPreview } from '#shared/directory/contract.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { Ports } from '../../ports.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { readEncoding, type CsvEncoding } from './csv-encoding.ts'
import { readDirectoryCsv } from './read-directory-csv.ts'
import type { LineReference } from './read-line.ts'
import { lineEffect, storeDirectoryLine } from './store-directory-line.ts'

const refusedShownMax = 50
const samplesShown = 5

/** What lines of a file are read against on this day. */
export function lineReference(reference: ReferenceData, ports: Ports): LineReference {
  return {
    places: reference.places,
    codes: new Set(reference.taxonomy.map((t) => t.code)),
    confidential: new Set(reference.taxonomy.filter((t) => t.confidential).map((t) => t.code)),
    day: today(ports.clock),
  }
}

/** A file that was looked at: its rows are not kept but read again, so that memory stays small however long it is. */
interface Previewed {
  readonly id: string
  readonly file: string
  readonly bytes: number
  readonly encoding: CsvEncoding
  readonly digest: string
  readonly rows: number
}

/** The last preview; only that one can be imported. */
export function csvImports(reference: ReferenceData) {
  let last: Previewed | undefined
  return {
    /** Reads the whole file and changes nothing; see directory.previewCsv. */
    async preview({ file, job }: { readonly file: string; readonly job: string }, context: CallContext): Promise<CsvPreview> {
      last = undefined
      const { ports, store } = context
      const running = context.job(job)
      const bytes = ports.files.chosenSize(file)
      // the file is read twice, first for its encoding; told in hundredths
      const percent = (done: number) => running.progress(Math.min(99, Math.floor((done / (2 * bytes || 1)) * 100)), 100)
      let looked = 0
      const { encoding, digest } = await readEncoding(ports.files.readChosen(file), running, (count) => {
        looked += count
        percent(looked)
      })
      const counts = { added: 0, updated: 0, unchanged: 0 }
      const refused: CsvPreview['refused'][number][] = []
      const samples: string[] = []
      let refusedCount = 0
      const source = { pieces: ports.files.readChosen(file), bytes, encoding }
      const { rows, unknownColumns } = await readDirectoryCsv(source, lineReference(reference, ports), running, {
        onRead: (_rows, done) => percent(bytes + done),
        onLine(line) {
          counts[lineEffect(store, line)] += 1
          if (samples.length < samplesShown) samples.push(line.nameFr)
        },
        onRefused(line) {
          refusedCount += 1
          if (refused.length < refusedShownMax) refused.push(line)
        },
      })
      const id = bytesToHex(ports.random.bytes(12))
      last = { id, file, bytes, encoding, digest, rows }
      return {
        previewId: id,
        fileRows: rows,
        toAdd: counts.added,
        toUpdate: counts.updated,
        unchanged: counts.unchanged,
        refused,
        refusedCount,
        encoding,
        unknownColumns: [...unknownColumns],
        samples,
      }
    },
    /** Takes the rows of the previewed file, all or none; see directory.importCsv. */
    async import(input: { readonly previewId: string; readonly job: string }, { ports, store, job }: CallContext) {
      const chosen = last
      if (!chosen || chosen.id !== input.previewId) throw new Refusal('not-found')
      const running = job(input.job)
      const digest = sha256.create()
      async function* pieces(file: string) {
        for await (const piece of ports.files.readChosen(file)) {
          digest.update(piece)
          yield piece
        }
      }
      const result = await store.writeLong(async (unit) => {
        const counts = { added: 0, updated: 0, unchanged: 0, refused: 0 }
        const source = { pieces: pieces(chosen.file), bytes: chosen.bytes, encoding: chosen.encoding }
        await readDirectoryCsv(source, lineReference(reference, ports), running, {
          onRead: (rows) => running.progress(Math.min(rows, chosen.rows), chosen.rows),
          onLine: (line) => void (counts[storeDirectoryLine(unit, line)] += 1),
          onRefused: () => void (counts.refused += 1),
        })
        if (bytesToHex(digest.digest()) !== chosen.digest) throw new Refusal('csv-changed')
        unit.audit({ action: 'directory.importCsv', details: counts })
        return counts
      })
      last = undefined
      return result
    },
  }
}
