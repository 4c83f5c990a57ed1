import type { Dot, EntryPayload } from '#shared/sync/entry.ts'
import { signedKinds } from '#shared/sync/signed-kinds.ts'
import { declaredWriter, type ChainRow } from './chains.ts'
import { journaledTables } from './journaled-tables.ts'
import type { RawDatabase } from './open-database.ts'
import { readOrphans } from './orphans.ts'
import { prepared, readableDb } from './prepared.ts'
import { storedJson } from './stored-json.ts'
import { schemaVersion } from './write-unit.ts'

/** Chain number -> the last entry that leaves the journal. */
export type Cut = ReadonlyMap<number, number>

const knownKinds = JSON.stringify(['', ...Object.keys(journaledTables)])
const keptKinds = JSON.stringify(signedKinds)

/**
 * How far each chain may leave the journal: at most `wanted` (what every active device acknowledged), only entries older than `before`
 * (a stamp), up to a signed head, and nothing that is in review, kept aside, unread or waiting for its insert; nothing of a writer with branches,
 * whose floors say where histories part; nothing that the national key signed, which everybody proves from its chain.
 *
 * The cut is closed: an entry leaves only with every entry whose value it replaced, so that no value can come, or be merged again, that one of
 * the departed had replaced (ADR 34).
 */
export function chooseCut(db: RawDatabase, wanted: (chain: ChainRow) => number, before: string): Cut {
  const readable = readableDb(db)
  const chains = readable.read<ChainRow>('SELECT * FROM chain').all()
  const first = prepared<[number, string, number, string, string, string], { seq: number | null }>(
    db,
    `SELECT min(seq) AS seq FROM journal j WHERE chain = ? AND (stamp >= ? OR sv > ? OR kind IN (SELECT value FROM json_each(?)) OR kind NOT IN (SELECT value FROM json_each(?))
       OR kind || '/' || row IN (SELECT value FROM json_each(?))
       OR EXISTS (SELECT 1 FROM review r WHERE r.row = j.row AND r.kind = j.kind)
       OR EXISTS (SELECT 1 FROM quarantine q WHERE instr(q.line, '"r":"' || j.row || '"') > 0))`,
  )
  const orphans = JSON.stringify([...readOrphans(db)])
  const forked = prepared<[string, number, string, number], object>(
    db,
    `SELECT 1 FROM quarantine q JOIN writer w ON w.id = q.writer WHERE q.stream = ? AND w.number = ?
     UNION ALL SELECT 1 FROM chain c JOIN writer w ON w.number = c.writer JOIN writer o ON o.name = w.name AND o.number <> w.number
       JOIN chain d ON d.writer = o.number AND d.stream = c.stream WHERE c.stream = ? AND c.writer = ? LIMIT 1`,
  )
  const cut = new Map<number, number>()
  const byWriter = new Map<string, number>()
  for (const c of chains) {
    const stop = first.get(c.number, before, schemaVersion, keptKinds, knownKinds, orphans)?.seq ?? Number.POSITIVE_INFINITY
    const isForked = forked.get(c.stream, c.writer, c.stream, c.writer) !== undefined
    const last = isForked ? 0 : Math.min(wanted(c), c.head_seq, c.seq, stop - 1)
    cut.set(c.number, Math.max(c.floor_seq, last))
    byWriter.set(`${c.stream}/${c.writer}`, c.number)
  }
  close(db, chains, cut, byWriter)
  return new Map([...cut].filter(([number, seq]) => seq > (chains.find((c) => c.number === number)?.floor_seq ?? 0)))
}

/** Lowers the cut until no entry below it names one above it. */
function close(
  db: RawDatabase,
  chains: readonly ChainRow[],
  cut: Map<number, number>,
  byWriter: ReadonlyMap<string, number>,
): void {
  const lines = prepared<[number, number, number], { seq: number; payload: string }>(
    db,
    "SELECT seq, payload FROM journal WHERE chain = ? AND seq > ? AND seq <= ? AND payload IS NOT NULL AND op IN ('i', 'u') ORDER BY seq",
  )
  for (let lowered = true; lowered;) {
    lowered = false
    for (const chain of chains) {
      const last = cut.get(chain.number)!
      for (const { seq, payload } of lines.iterate(chain.number, chain.floor_seq, last)) {
        const isOpen = dotsOf(storedJson<EntryPayload>(payload)).some(([position, named]) => {
          const writer = declaredWriter(readableDb(db), chain, position)
          if (writer === undefined) return false
          return named > (cut.get(byWriter.get(`${chain.stream}/${writer}`) ?? -1) ?? 0)
        })
        if (!isOpen) continue
        cut.set(chain.number, Math.max(chain.floor_seq, seq - 1))
        lowered = true
        break
      }
    }
    for (const { chain, seq } of withoutInsert(db, cut)) {
      const floor = chains.find((c) => c.number === chain)!.floor_seq
      cut.set(chain, Math.max(floor, seq - 1))
      lowered = true
    }
  }
}

/** Puts the cut where statements can see it: `temp.leaving`. */
export function showCut(db: RawDatabase, cut: Cut): void {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS leaving (chain INTEGER PRIMARY KEY, seq INTEGER NOT NULL)')
  prepared(db, 'DELETE FROM temp.leaving').run()
  for (const [chain, seq] of cut) prepared(db, 'INSERT INTO temp.leaving (chain, seq) VALUES (?, ?)').run(chain, seq)
}

/** The first entry of each chain that would leave before the insert of its row. */
function withoutInsert(db: RawDatabase, cut: Cut): { chain: number; seq: number }[] {
  showCut(db, cut)
  return prepared<[], { chain: number; seq: number }>(
    db,
    `SELECT j.chain, min(j.seq) AS seq FROM journal j JOIN temp.leaving l ON l.chain = j.chain AND j.seq <= l.seq
     WHERE j.op = 'u' AND j.payload IS NOT NULL AND NOT EXISTS (SELECT 1 FROM row_base b WHERE b.row = j.row AND b.kind = j.kind)
       AND NOT EXISTS (SELECT 1 FROM journal i JOIN temp.leaving m ON m.chain = i.chain AND i.seq <= m.seq
         WHERE i.row = j.row AND i.kind = j.kind AND i.op = 'i' AND i.payload IS NOT NULL) GROUP BY j.chain`,
  ).all()
}

function dotsOf({ b, d }: EntryPayload): Dot[] {
  const bases = b === undefined ? [] : Array.isArray(b) ? [b as unknown as Dot] : Object.values(b)
  return [...bases, ...Object.values(d ?? {}).flat()]
}
