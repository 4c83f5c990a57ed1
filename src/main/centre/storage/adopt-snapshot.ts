import { Refusal } from '#shared/result.ts'
import type { SentValue } from '#shared/sync/entry.ts'
import { keepWriter, type ChainRow } from './chains.ts'
import { compact } from './compact.ts'
import { eraseRow, isErased } from './erase-row.ts'
import type { JournaledKind } from './journaled-tables.ts'
import { mergePartsOf } from './merge-parts.ts'
import type { RowEffect } from './merge-row.ts'
import { prepared, readableDb } from './prepared.ts'
import { rebuildRow } from './rebuild-row.ts'
import { keepBase } from './row-base.ts'
import type { RegisterClock } from './row-registers.ts'
import type { WriteUnit } from './store.ts'
import { partsOf } from './write-unit.ts'

/** A row of a snapshot; writers by their ids. */
export interface AdoptedRow {
  readonly stream: string
  readonly kind: JournaledKind
  readonly row: string
  readonly until: string
  readonly registers: Readonly<Record<string, SentValue>>
  readonly clocks: Readonly<Record<string, readonly [writer: string, seq: number, stamp: string]>>
  readonly open: readonly (readonly [field: string, writer: string, seq: number, stamp: string, value: SentValue])[]
  readonly secrets: Readonly<Record<string, string>>
}

/**
 * Puts the state of streams that others no longer hold as entries in the place of what is held of them here (docs/formats/sync-file.md,
 * "Snapshot"). What was written here beyond the floors stays, and is merged again over it. Inside the caller's transaction.
 */
export function adoptSnapshot(unit: WriteUnit) {
  const { db, rows } = partsOf(unit)
  const parts = mergePartsOf(unit)
  const writer = (id: string) => keepWriter(db, id, '', '', 0)
  return {
    /** Chains begin at these floors from now on. Throws Refusal sync-missing-earlier when one has gone further here already. */
    floors(chains: readonly { readonly chain: ChainRow; readonly seq: number; readonly hash: string }[]): void {
      for (const { chain, seq } of chains)
        if (chain.floor_seq > seq) throw new Refusal('sync-missing-earlier', { from: seq + 1, to: chain.floor_seq })
      compact(
        unit,
        new Map(
          chains.flatMap(({ chain, seq }) =>
            Math.min(seq, chain.seq) > chain.floor_seq ? [[chain.number, Math.min(seq, chain.seq)]] : [],
          ),
        ),
      )
      for (const { chain, seq, hash } of chains) {
        Object.assign(chain, { floor_seq: seq, floor_hash: hash, ...(chain.seq < seq ? { seq, hash } : {}) })
        prepared(db, 'UPDATE chain SET seq = ?, hash = ?, floor_seq = ?, floor_hash = ? WHERE number = ?').run(
          chain.seq,
          chain.hash,
          seq,
          hash,
          chain.number,
        )
      }
    },
    /** What a chain had declared below its floor. */
    declare(chain: ChainRow, position: number, id: string): void {
      prepared(db, 'INSERT OR IGNORE INTO writer_index (chain, position, declared) VALUES (?, ?, ?)').run(
        chain.number,
        position,
        writer(id),
      )
    },
    erase(stream: string, kind: string, row: string, certificate: string, ground: string): void {
      eraseRow({ db, rows, now: unit.now }, kind, row, stream, certificate, ground)
    },
    /** Throws Refusal sync-suspicious for a row of another stream. */
    row(r: AdoptedRow): RowEffect {
      const { stream, kind, row } = r
      const held = rows.load(kind, row)
      if (held && held.stream !== stream) throw new Refusal('sync-suspicious')
      // what was erased stays erased, whoever still sends it
      if (isErased(readableDb(db), kind, row, stream)) return 'none'
      keepBase(db, kind, row, {
        stream,
        until: r.until,
        registers: r.registers,
        clocks: Object.fromEntries(
          Object.entries(r.clocks).map(([f, [w, seq, stamp]]): [string, RegisterClock] => [f, [writer(w), seq, stamp]]),
        ),
        open: r.open.map(([field, w, seq, stamp, value]) => ({ field, writer: writer(w), seq, stamp, value })),
      })
      for (const [w, secret] of Object.entries(r.secrets))
        prepared(db, 'INSERT OR IGNORE INTO row_secret (row, kind, writer, secret) VALUES (?, ?, ?, ?)').run(
          row,
          kind,
          writer(w),
          secret,
        )
      return rebuildRow(parts, kind, row)
    },
  }
}
