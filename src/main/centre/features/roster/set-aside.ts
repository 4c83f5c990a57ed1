import { asideShown, type SetAside } from '#shared/roster/contract.ts'
import { readHeader } from '#shared/sync/entry.ts'
import { stampMilliseconds } from '#shared/sync/stamp.ts'
import { instantAt } from '../../desk-day.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { knownDevices } from '../sync/index.ts'

interface Kept {
  readonly device: string | null
  readonly line: string
  readonly at: number
}

/** What is kept aside of computers that were reported lost, by computer, the newest first; what a change says is not told. */
export function setAside(db: ReadableDb): SetAside[] {
  const kept = db
    .read<Kept>(
      `SELECT w.device, q.line, q.at FROM quarantine q LEFT JOIN writer w ON w.id = q.writer
       WHERE q.reason = 'revoked' ORDER BY q.at DESC, q.stream, q.writer, q.seq DESC`,
    )
    .all()
  const sites = new Map(knownDevices(db).map((d) => [d.device, d.siteName]))
  const byDevice = Map.groupBy(kept, (k) => k.device)
  return [...byDevice].map(([device, lines]) => ({
    siteName: sites.get(device ?? '') ?? null,
    count: lines.length,
    entries: lines.slice(0, asideShown).flatMap(({ line, at }) => {
      const header = readHeader(line.split('\t', 1)[0] ?? '')
      if (!header) return []
      const what = header.o === 'i' ? ('new' as const) : header.o === 'u' ? ('change' as const) : ('other' as const)
      return {
        kind: header.k,
        row: header.r,
        what,
        writtenAt: instantAt(stampMilliseconds(header.t)),
        keptAt: instantAt(at),
      }
    }),
  }))
}
