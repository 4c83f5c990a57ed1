import { bytesToHex } from '@noble/hashes/utils.js'
import type { CsvPreview } from '#shared/directory/contract.ts'
import { Refusal } from '#shared/result.ts'
import type { CallContext } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { encodingOf, readDirectoryCsv, type DirectoryLine } from './read-directory-csv.ts'
import { lineEffect, storeDirectoryLine } from './store-directory-line.ts'

const refusedShownMax = 50
const samplesShown = 5

/** The last preview and its rows; only that one can be imported. Kept in the encrypted process alone. */
export function csvImports(reference: ReferenceData) {
  let last: { readonly id: string; readonly lines: readonly DirectoryLine[] } | undefined
  const codes = new Set(reference.taxonomy.map((t) => t.code))
  return {
    /** Reads the whole file and changes nothing; see directory.previewCsv. */
    async preview(
      input: { readonly file: string; readonly job: string },
      { ports, store, job }: CallContext,
    ): Promise<CsvPreview> {
      last = undefined
      const running = job(input.job)
      const bytes = ports.files.chosenSize(input.file)
      const encoding = await encodingOf(ports.files.readChosen(input.file))
      const lines: DirectoryLine[] = []
      const refused: CsvPreview['refused'][number][] = []
      let refusedCount = 0
      const counts = { added: 0, updated: 0, unchanged: 0 }
      const fileRows = await readDirectoryCsv(
        { pieces: ports.files.readChosen(input.file), bytes },
        encoding,
        { places: reference.places, codes },
        running,
        (line) => {
          counts[lineEffect(store, line)] += 1
          lines.push(line)
        },
        (line) => {
          refusedCount += 1
          if (refused.length < refusedShownMax) refused.push(line)
        },
      )
      const id = bytesToHex(ports.random.bytes(12))
      last = { id, lines }
      return {
        previewId: id,
        fileRows,
        toAdd: counts.added,
        toUpdate: counts.updated,
        unchanged: counts.unchanged,
        refused,
        refusedCount,
        encoding,
        samples: lines.slice(0, samplesShown).map((l) => l.nameFr),
      }
    },
    /** Takes the previewed rows, all or none; see directory.importCsv. */
    async import(input: { readonly previewId: string; readonly job: string }, { store, job }: CallContext) {
      const chosen = last
      if (!chosen || chosen.id !== input.previewId) throw new Refusal('not-found')
      const running = job(input.job)
      const result = await store.writeLong(async (unit) => {
        const counts = { added: 0, updated: 0, unchanged: 0 }
        for (const [i, line] of chosen.lines.entries()) {
          counts[storeDirectoryLine(unit, line)] += 1
          running.progress(i + 1, chosen.lines.length)
          if (i % 50 === 0) await running.breathe()
        }
        unit.audit({ action: 'directory.importCsv', details: counts })
        return counts
      })
      last = undefined
      return result
    },
  }
}
