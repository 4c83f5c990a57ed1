import { assertInvariant } from '#shared/assert.ts'
import { prepared, readableDb } from './prepared.ts'
import { chainStart } from './journal.ts'
import type { RawDatabase } from './open-database.ts'
import type { ReadableDb } from './store.ts'

/** A chain as it is held here; hashes are hex. */
export interface ChainRow {
  readonly number: number
  readonly stream: string
  /** Local number of its writer. */
  readonly writer: number
  seq: number
  hash: string
  readonly floor_seq: number
  readonly floor_hash: string
  head_seq: number
  head_hash: string
  head_at: number
  head_sig: string
}

/** The chain of a writer in a stream, or undefined when nothing of it is held. */
export function findChain(db: ReadableDb, stream: string, writer: number): ChainRow | undefined {
  return db.read<ChainRow>('SELECT * FROM chain WHERE stream = ? AND writer = ?').get(stream, writer)
}

/** The chain of a writer in a stream; an empty one is made. `record` is the writer's record. */
export function chainFor(db: RawDatabase, stream: string, writer: number, record: string): ChainRow {
  const known = findChain(readableDb(db), stream, writer)
  if (known) return known
  const start = chainStart(stream, record)
  prepared(db, 'INSERT INTO chain (stream, writer, seq, hash, floor_hash) VALUES (?, ?, 0, ?, ?)').run(
    stream,
    writer,
    start,
    start,
  )
  const made = findChain(readableDb(db), stream, writer)
  assertInvariant(made !== undefined, 'a chain just made')
  return made
}

/** Writes down how far a chain reaches. */
export function saveTip(db: RawDatabase, chain: Pick<ChainRow, 'number' | 'seq' | 'hash'>): void {
  prepared(db, 'UPDATE chain SET seq = ?, hash = ? WHERE number = ?').run(chain.seq, chain.hash, chain.number)
}

/** The hash of a chain at a sequence number, or undefined when it is not held (below the floor, beyond the tip). */
export function hashAt(db: ReadableDb, chain: ChainRow, seq: number): string | undefined {
  if (seq === chain.seq) return chain.hash
  if (seq === chain.floor_seq) return chain.floor_hash
  return db.read<{ hash: string }>('SELECT hash FROM journal WHERE chain = ? AND seq = ?').get(chain.number, seq)?.hash
}

export interface WriterRow {
  readonly number: number
  readonly id: string
  /** The id in its record and in the hashes of its entries. */
  readonly name: string
  readonly device: string
  readonly record: string
  readonly own: number
}

/** A writer by its id. */
export function findWriter(db: ReadableDb, id: string): WriterRow | undefined {
  return db.read<WriterRow>('SELECT * FROM writer WHERE id = ?').get(id)
}

/** Keeps a writer, or the record of one that was only named until now; returns its local number. A branch has the `name` of its writer. */
export function keepWriter(db: RawDatabase, id: string, device: string, record: string, own: 0 | 1 | 2, name = id): number {
  const known = findWriter(readableDb(db), id)
  if (known && known.record === '' && record !== '')
    prepared(db, 'UPDATE writer SET name = ?, device = ?, record = ?, own = ? WHERE number = ?').run(
      name,
      device,
      record,
      own,
      known.number,
    )
  if (known) return known.number
  return Number(
    prepared(db, 'INSERT INTO writer (id, name, device, record, own) VALUES (?, ?, ?, ?, ?)').run(id, name, device, record, own)
      .lastInsertRowid,
  )
}

/** The local number of the writer that a chain declared under this index; 0 is the chain's own. Undefined for an undeclared one. */
export function declaredWriter(db: ReadableDb, chain: Pick<ChainRow, 'number' | 'writer'>, position: number): number | undefined {
  if (position === 0) return chain.writer
  return db
    .read<{ declared: number }>('SELECT declared FROM writer_index WHERE chain = ? AND position = ?')
    .get(chain.number, position)?.declared
}
