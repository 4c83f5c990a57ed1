import { hexToBytes } from '@noble/hashes/utils.js'
import { assertInvariant } from '#shared/assert.ts'
import type { Dot } from '#shared/sync/entry.ts'
import { declaredWriter, findChain, findWriter, hashAt, type ChainRow } from './chains.ts'
import { newWriterId } from './writer-id.ts'
import type { ReadableDb } from './store.ts'

/**
 * A writer whose disk was set back wrote under old numbers again: its chain has two histories (docs/formats/sync-file.md, "Branches").
 *
 * The chain then ends where they part, and each continuation is a chain of its own, whose writer's id is made from the hash of its first entry.
 * Nothing is chosen and nothing is dropped: what is held is a tree of entries, the same at every desk that holds the same entries.
 */

/** The id of the branch that begins with this entry: the first 80 bits of its hash, in the letters of writers' ids. */
export function branchId(hash: string): string {
  return newWriterId((length) => hexToBytes(hash.slice(0, 2 * length)))
}

/** Every chain of a writer's name in a stream: one, or the pieces of a tree. */
export function chainsOf(db: ReadableDb, stream: string, name: string): ChainRow[] {
  return db
    .read<ChainRow>('SELECT c.* FROM chain c JOIN writer w ON w.number = c.writer WHERE w.name = ? AND c.stream = ?')
    .all(name, stream)
}

/** The chain whose entry `seq` has this hash, or undefined when no history held here has it; for 0 the one that begins the tree. */
export function chainWith(db: ReadableDb, stream: string, name: string, seq: number, hash: string): ChainRow | undefined {
  if (seq === 0) {
    const writer = findWriter(db, name)
    return writer && findChain(db, stream, writer.number)
  }
  const root = compactedRoot(db, stream, name)
  if (root?.floor_seq === seq) return root.floor_hash === hash ? root : undefined
  return chainsOf(db, stream, name).find((c) => c.floor_seq < seq && seq <= c.seq && hashAt(db, c, seq) === hash)
}

/** The chain that begins a writer's tree, when its first entries left the journal (ADR 34); no history parts below its floor. */
export function compactedRoot(db: ReadableDb, stream: string, name: string): ChainRow | undefined {
  const writer = findWriter(db, name)
  const root = writer && findChain(db, stream, writer.number)
  return root && root.floor_seq > 0 ? root : undefined
}

/** The branch that begins with this entry, or undefined when it is not held as one. */
export function branchWith(db: ReadableDb, stream: string, seq: number, hash: string): ChainRow | undefined {
  const writer = findWriter(db, branchId(hash))
  const chain = writer && findChain(db, stream, writer.number)
  return chain?.floor_seq === seq - 1 ? chain : undefined
}

/** True when the history of a chain goes on in branches. */
export function isParted(db: ReadableDb, { number, stream, writer, seq, hash }: ChainRow): boolean {
  return (
    db
      .read(
        `SELECT 1 FROM writer w JOIN writer b ON b.name = w.name JOIN chain c ON c.writer = b.number
         WHERE w.number = ? AND c.stream = ? AND c.number <> ? AND c.floor_seq = ? AND c.floor_hash = ?`,
      )
      .get(writer, stream, number, seq, hash) !== undefined
  )
}

/** The chain that this one is a branch of. */
export function trunkOf(
  db: ReadableDb,
  { number, stream, writer, floor_seq: seq, floor_hash: hash }: ChainRow,
): ChainRow | undefined {
  return db
    .read<ChainRow>(
      `SELECT c.* FROM writer b JOIN writer w ON w.name = b.name JOIN chain c ON c.writer = w.number
       WHERE b.number = ? AND b.id <> b.name AND c.stream = ? AND c.number <> ? AND c.seq = ? AND c.hash = ?
       AND (c.floor_seq < c.seq OR w.id = w.name)`,
    )
    .get(writer, stream, number, seq, hash)
}

/** The secret under which a writer committed to its changes of a row; hex. A branch knows those of its trunk. Undefined when not held. */
export function secretFor(db: ReadableDb, kind: string, row: string, writer: number): string | undefined {
  const own = db
    .read<{ secret: string }>('SELECT secret FROM row_secret WHERE row = ? AND kind = ? AND writer = ?')
    .get(row, kind, writer)?.secret
  if (own !== undefined || !isBranch(db, writer)) return own
  const chain = db.read<ChainRow>('SELECT * FROM chain WHERE writer = ?').get(writer)
  const trunk = chain && trunkOf(db, chain)
  return trunk && secretFor(db, kind, row, trunk.writer)
}

function isBranch(db: ReadableDb, writer: number): boolean {
  return db.read('SELECT 1 FROM writer WHERE number = ? AND id <> name').get(writer) !== undefined
}

/**
 * The local number of the writer whose change a dot names, or undefined for an index that its chain did not declare.
 *
 * Who wrote the dot may have known one history only. Where several have an entry of that number for the row, it names none of them: a value too
 * many waits for a person rather than one too few.
 */
export function namedWriter(
  db: ReadableDb,
  chain: Pick<ChainRow, 'number' | 'writer'>,
  [position, seq]: Dot,
  kind: string,
  row: string,
): number | undefined {
  const declared = declaredWriter(db, chain, position)
  if (declared === undefined || !hasBranches(db, declared)) return declared
  const stream = db.read<{ stream: string }>('SELECT stream FROM chain WHERE number = ?').get(chain.number)?.stream
  assertInvariant(stream !== undefined, 'a chain that is held')
  const start = findChain(db, stream, declared)
  if (!start) return declared
  if (seq <= start.seq) {
    let at = start
    for (let trunk: ChainRow | undefined = at; trunk && seq <= at.floor_seq;) if ((trunk = trunkOf(db, at))) at = trunk
    return at.writer
  }
  const named = db
    .read<ChainRow>(
      `SELECT c.* FROM journal j JOIN chain c ON c.number = j.chain JOIN writer b ON b.number = c.writer
       JOIN writer w ON w.name = b.name WHERE w.number = ? AND c.stream = ? AND j.row = ? AND j.kind = ? AND j.seq = ?`,
    )
    .all(declared, stream, row, kind, seq)
    .filter((c) => comesFrom(db, c, start))
  return named.length === 1 ? named[0]!.writer : declared
}

function hasBranches(db: ReadableDb, writer: number): boolean {
  return (
    db
      .read('SELECT 1 FROM writer w JOIN writer b ON b.name = w.name WHERE w.number = ? AND b.id <> b.name LIMIT 1')
      .get(writer) !== undefined
  )
}

function comesFrom(db: ReadableDb, chain: ChainRow, start: ChainRow): boolean {
  let at: ChainRow | undefined = chain
  while (at && at.number !== start.number) at = trunkOf(db, at)
  return at !== undefined
}
