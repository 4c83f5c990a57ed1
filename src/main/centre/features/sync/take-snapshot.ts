import { adoptSnapshot } from '../../storage/adopt-snapshot.ts'
import type { applyEntries } from '../../storage/apply-entries.ts'
import type { ChainRow } from '../../storage/chains.ts'
import type { JournaledKind } from '../../storage/journaled-tables.ts'
import type { RowEffect } from '../../storage/merge-row.ts'
import type { WriteUnit } from '../../storage/store.ts'
import type { CheckedChain } from './check-file.ts'
import { adoptedStreams } from './check-snapshot.ts'
import type { SnapshotLine } from './snapshot-line.ts'

/** Takes the snapshot of a file in, of those streams of which something is missing here; others go on from their entries. */
export function snapshotTaker(
  unit: WriteUnit,
  apply: ReturnType<typeof applyEntries>,
  note: (kind: JournaledKind, row: string, what: RowEffect) => void,
) {
  const adopt = adoptSnapshot(unit)
  let streams: ReadonlySet<string> = new Set()
  const chains = new Map<string, ChainRow>()
  let begun = false
  let newest = ''
  return {
    /** Moves the floors, once, before the first line. */
    begin(checked: readonly CheckedChain[]): void {
      if (begun) return
      begun = true
      streams = adoptedStreams(checked)
      const moved = checked
        .filter((c) => streams.has(c.part.stream) && c.part.writer === c.name && c.part.from > 1 && c.fate !== 'unknown-writer')
        .map(({ part, name, device, record }) => {
          const chain = apply.chain(part.stream, name, device, record)
          chains.set(`${part.stream}/${name}`, chain)
          return { chain, seq: part.from - 1, hash: part.prev }
        })
      if (moved.length > 0) adopt.floors(moved)
    },
    take(lines: readonly SnapshotLine[]): void {
      for (const line of lines) {
        if (!streams.has(line.stream)) continue
        if ('x' in line) adopt.erase(line.stream, ...line.x)
        else if ('w' in line) {
          const chain = chains.get(`${line.stream}/${line.writer}`)
          for (const [position, id] of Object.entries(line.w)) if (chain) adopt.declare(chain, Number(position), id)
        } else {
          const kind = line.k as JournaledKind
          const { stream, r: row, t: until, p: registers, c: clocks, o: open, s: secrets } = line
          note(kind, row, adopt.row({ stream, kind, row, until, registers, clocks, open, secrets }))
          if (until > newest) newest = until
        }
      }
    },
    newest: () => newest,
    isTaken: () => streams.size > 0,
  }
}
