import { baseOf, readPayload, type EntryPayload, type SentValue } from '#shared/sync/entry.ts'
import { namedWriter } from './branches.ts'
import { journaledTables, type JournaledKind } from './journaled-tables.ts'
import { clockOf, registersOf, type RowClocks } from './row-registers.ts'
import type { ReadableDb } from './store.ts'
import { storedJson } from './stored-json.ts'

export interface RowChange {
  readonly register: string
  readonly from: SentValue
  readonly to: SentValue
  readonly state: 'shown' | 'replaced' | 'waiting'
}

/** One journal entry of a row, with what it did to each register. */
export interface RowHistoryEntry {
  readonly stamp: string
  readonly device: string
  /** Name of a user of this desk, '' otherwise. */
  readonly by: string
  readonly created: boolean
  readonly withheld: boolean
  readonly changes: readonly RowChange[]
}

interface Held {
  readonly chain: number
  readonly writer: number
  readonly seq: number
  readonly stamp: string
  readonly op: string
  readonly payload: string | null
  readonly device: string
  readonly name: string | null
}

/**
 * Everything that was ever written of a row, oldest first by stamp: the journal is the record's history, losing values included.
 *
 * `from` is the value that the writer saw and replaced, not what stood elsewhere at that time.
 */
export function rowHistory(db: ReadableDb, kind: JournaledKind, row: string): RowHistoryEntry[] {
  const held = db
    .read<Held>(
      `SELECT j.chain, c.writer, j.seq, j.stamp, j.op, j.payload, w.device, u.name FROM journal j JOIN chain c ON c.number = j.chain
       JOIN writer w ON w.number = c.writer LEFT JOIN app_user u ON u.id = j.actor
       WHERE j.row = ? AND j.kind = ? AND j.op IN ('i', 'u') ORDER BY j.stamp, w.id, j.seq`,
    )
    .all(row, kind)
  const payloads = new Map<string, EntryPayload>()
  for (const h of held)
    payloads.set(`${h.writer}/${h.seq}`, (h.payload === null ? undefined : readPayload(storedJson(h.payload))) ?? {})
  const stored = db.read<Record<string, unknown>>(`SELECT * FROM ${journaledTables[kind].table} WHERE id = ?`).get(row)
  const registers = stored ? registersOf(kind, stored) : {}
  const clocks = stored ? storedJson<RowClocks>(String(stored['clk'])) : {}
  const waiting = new Set(
    db
      .read<{ key: string }>("SELECT field || '/' || writer || '/' || seq AS key FROM review WHERE row = ? AND kind = ?")
      .all(row, kind)
      .map((r) => r.key),
  )
  return held.map((h) => {
    const payload = payloads.get(`${h.writer}/${h.seq}`) ?? {}
    const changes = Object.entries(payload.p ?? {}).map(([register, to]): RowChange => {
      const base = baseOf(payload, register)
      const before = base && namedWriter(db, { number: h.chain, writer: h.writer }, base, kind, row)
      const from = before === undefined || !base ? null : (payloads.get(`${before}/${base[1]}`)?.p?.[register] ?? null)
      const clock = clockOf(clocks, registers, register)
      const shown = clock?.[0] === h.writer && clock[1] === h.seq
      const state = shown ? 'shown' : waiting.has(`${register}/${h.writer}/${h.seq}`) ? 'waiting' : 'replaced'
      return { register, from, to, state }
    })
    return {
      stamp: h.stamp,
      device: h.device,
      by: h.name ?? '',
      created: h.op === 'i',
      withheld: h.payload === null,
      changes: changes.filter((c) => c.to !== null || c.from !== null),
    }
  })
}
