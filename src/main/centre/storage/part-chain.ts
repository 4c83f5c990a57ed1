import { assertInvariant } from '#shared/assert.ts'
import { readPayload } from '#shared/sync/entry.ts'
import { branchId, chainsOf, trunkOf } from './branches.ts'
import { hashAt, keepWriter, type ChainRow, type WriterRow } from './chains.ts'
import { journaledTables, type JournaledKind } from './journaled-tables.ts'
import type { MergeParts } from './merge-row.ts'
import type { RawDatabase } from './open-database.ts'
import { prepared, readableDb } from './prepared.ts'
import { rebuildRow } from './rebuild-row.ts'
import { storedJson } from './stored-json.ts'

/**
 * Ends a chain after an entry and makes what follows a branch, a chain with a writer of its own; then the rows that it touched are made again,
 * because their changes have another writer now. `chain` is brought up to date. Inside the caller's transaction. Returns the branch.
 */
export function partChain(merge: MergeParts, chain: ChainRow, after: number): ChainRow {
  const { db } = merge
  const readable = readableDb(db)
  const hash = hashAt(readable, chain, after)
  const first = hashAt(readable, chain, after + 1)
  assertInvariant(hash !== undefined && first !== undefined, 'a chain that reaches further')
  const isSigned = chain.head_seq > after
  const branch = makeBranch(db, chain, after, hash, first, {
    seq: chain.seq,
    hash: chain.hash,
    head_seq: isSigned ? chain.head_seq : 0,
    head_hash: isSigned ? chain.head_hash : '',
    head_at: isSigned ? chain.head_at : 0,
    head_sig: isSigned ? chain.head_sig : '',
  })
  Object.assign(chain, { seq: after, hash, ...(isSigned ? { head_seq: 0, head_hash: '', head_at: 0, head_sig: '' } : {}) })
  prepared(db, 'UPDATE chain SET seq = ?, hash = ?, head_seq = ?, head_hash = ?, head_at = ?, head_sig = ? WHERE number = ?').run(
    chain.seq,
    chain.hash,
    chain.head_seq,
    chain.head_hash,
    chain.head_at,
    chain.head_sig,
    chain.number,
  )
  prepared(db, 'UPDATE journal SET chain = ? WHERE chain = ? AND seq > ?').run(branch.number, chain.number, after)
  moveSecrets(db, chain, branch)
  forgetDeclared(db, chain, branch)
  declareAgain(db, chain, chain.number)
  prepared(
    db,
    'INSERT INTO writer_index (chain, position, declared) SELECT ?, position, declared FROM writer_index WHERE chain = ?',
  ).run(branch.number, chain.number)
  declareAgain(db, branch, branch.number)
  moveRanges(db, chain, branch)
  moveErasures(db, chain, branch)
  const rows = prepared<[number], { kind: string; row: string }>(
    db,
    "SELECT DISTINCT kind, row FROM journal WHERE chain = ? AND row <> ''",
  ).all(branch.number)
  for (const { kind, row } of rows) if (Object.hasOwn(journaledTables, kind)) rebuildRow(merge, kind as JournaledKind, row)
  return branch
}

/**
 * Where one branch alone is left of a chain that had parted, there is one history again: the branch becomes part of the chain, as at a desk
 * that never held the others. The rows that it touched are made again. Inside the caller's transaction.
 */
export function joinSingle(merge: MergeParts, stream: string, name: string): void {
  const { db } = merge
  const readable = readableDb(db)
  for (const trunk of chainsOf(readable, stream, name).toSorted((a, b) => b.floor_seq - a.floor_seq)) {
    const branches = chainsOf(readable, stream, name).filter((b) => trunkOf(readable, b)?.number === trunk.number)
    const [branch] = branches
    if (branches.length !== 1 || !branch) continue
    const rows = prepared<[number], { kind: string; row: string }>(
      db,
      "SELECT DISTINCT kind, row FROM journal WHERE chain = ? AND row <> ''",
    ).all(branch.number)
    const head = branch.head_seq > 0 ? branch : trunk
    prepared(db, 'UPDATE journal SET chain = ? WHERE chain = ?').run(trunk.number, branch.number)
    prepared(db, 'DELETE FROM writer_index WHERE chain = ?').run(branch.number)
    // an import that brought of the branch cannot be taken back any more
    prepared(db, 'DELETE FROM import_range WHERE file IN (SELECT file FROM import_range WHERE chain = ?)').run(branch.number)
    prepared(db, 'DELETE FROM chain WHERE number = ?').run(branch.number)
    prepared(
      db,
      'UPDATE chain SET seq = ?, hash = ?, head_seq = ?, head_hash = ?, head_at = ?, head_sig = ? WHERE number = ?',
    ).run(branch.seq, branch.hash, head.head_seq, head.head_hash, head.head_at, head.head_sig, trunk.number)
    declareAgain(db, trunk, trunk.number)
    moveSecrets(db, branch, trunk)
    nameErasures(db, branch, trunk)
    for (const { kind, row } of rows) if (Object.hasOwn(journaledTables, kind)) rebuildRow(merge, kind as JournaledKind, row)
  }
}

/** A new branch of a chain that ends at entry `after`; empty, or with the tip and head given. It knows the writers that its trunk declared. */
export function newBranch(db: RawDatabase, chain: ChainRow, firstHash: string): ChainRow {
  const branch = makeBranch(db, chain, chain.seq, chain.hash, firstHash, {
    seq: chain.seq,
    hash: chain.hash,
    head_seq: 0,
    head_hash: '',
    head_at: 0,
    head_sig: '',
  })
  prepared(
    db,
    'INSERT INTO writer_index (chain, position, declared) SELECT ?, position, declared FROM writer_index WHERE chain = ?',
  ).run(branch.number, chain.number)
  return branch
}

function makeBranch(
  db: RawDatabase,
  trunk: ChainRow,
  floor: number,
  floorHash: string,
  firstHash: string,
  end: Pick<ChainRow, 'seq' | 'hash' | 'head_seq' | 'head_hash' | 'head_at' | 'head_sig'>,
): ChainRow {
  const w = prepared<[number], WriterRow>(db, 'SELECT * FROM writer WHERE number = ?').get(trunk.writer)
  assertInvariant(w !== undefined, 'the writer of a chain')
  const writer = keepWriter(db, branchId(firstHash), w.device, w.record, w.own > 0 ? 2 : 0, w.name)
  const made = { stream: trunk.stream, writer, floor_seq: floor, floor_hash: floorHash, ...end }
  const number = Number(
    prepared(
      db,
      `INSERT INTO chain (stream, writer, seq, hash, floor_seq, floor_hash, head_seq, head_hash, head_at, head_sig)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(made.stream, writer, end.seq, end.hash, floor, floorHash, end.head_seq, end.head_hash, end.head_at, end.head_sig)
      .lastInsertRowid,
  )
  return { number, ...made }
}

/** Secrets told in the branch are the branch's. */
function moveSecrets(db: RawDatabase, chain: ChainRow, branch: ChainRow): void {
  const told = prepared<[number], { kind: string; row: string; payload: string }>(
    db,
    `SELECT kind, row, payload FROM journal WHERE chain = ? AND payload LIKE '%"s":%'`,
  ).all(branch.number)
  for (const e of told) {
    const secret = readPayload(storedJson(e.payload))?.s
    if (secret === undefined) continue
    prepared(db, 'INSERT OR IGNORE INTO row_secret (row, kind, writer, secret) VALUES (?, ?, ?, ?)').run(
      e.row,
      e.kind,
      branch.writer,
      secret,
    )
    prepared(db, 'DELETE FROM row_secret WHERE row = ? AND kind = ? AND writer = ? AND secret = ?').run(
      e.row,
      e.kind,
      chain.writer,
      secret,
    )
  }
}

/** Forgets the writers that either of them declares in the journal; what was declared in entries that left it stays. */
function forgetDeclared(db: RawDatabase, chain: ChainRow, branch: ChainRow): void {
  for (const { position } of declarationsOf(db, chain).concat(declarationsOf(db, branch)))
    prepared(db, 'DELETE FROM writer_index WHERE chain = ? AND position = ?').run(chain.number, position)
}

/** The first declaration of an index counts. */
function declareAgain(db: RawDatabase, chain: ChainRow, into: number): void {
  for (const { position, id } of declarationsOf(db, chain))
    prepared(db, 'INSERT OR IGNORE INTO writer_index (chain, position, declared) VALUES (?, ?, ?)').run(
      into,
      position,
      keepWriter(db, id, '', '', 0),
    )
}

function declarationsOf(db: RawDatabase, { number }: ChainRow): { position: number; id: string }[] {
  return prepared<[number], { payload: string }>(
    db,
    "SELECT payload FROM journal WHERE chain = ? AND op = 'w' AND payload IS NOT NULL ORDER BY seq",
  )
    .all(number)
    .flatMap(({ payload }) => Object.entries(readPayload(storedJson(payload))?.w ?? {}))
    .map(([position, id]) => ({ position: Number(position), id }))
}

/** Whoever holds the branch has confirmed an erasure in it. */
function moveErasures(db: RawDatabase, chain: ChainRow, branch: ChainRow): void {
  prepared(
    db,
    `UPDATE erasure SET reached = json_set(reached, :at || '[0]', (SELECT id FROM writer WHERE number = :branch))
     WHERE json_extract(reached, :at || '[0]') = (SELECT id FROM writer WHERE number = :trunk)
     AND json_extract(reached, :at || '[1]') > :after`,
  ).run({ at: `$."${chain.stream}"`, branch: branch.writer, trunk: chain.writer, after: chain.seq })
}

/** Who has confirmed an erasure in the branch has confirmed it in the chain that it is part of now. */
function nameErasures(db: RawDatabase, branch: ChainRow, trunk: ChainRow): void {
  prepared(
    db,
    `UPDATE erasure SET reached = json_set(reached, :at || '[0]', (SELECT id FROM writer WHERE number = :trunk))
     WHERE json_extract(reached, :at || '[0]') = (SELECT id FROM writer WHERE number = :branch)`,
  ).run({ at: `$."${trunk.stream}"`, branch: branch.writer, trunk: trunk.writer })
}

/** What earlier imports brought of the branch can be taken back from there. */
function moveRanges(db: RawDatabase, chain: ChainRow, branch: ChainRow): void {
  prepared(
    db,
    `INSERT INTO import_range (file, chain, from_seq, to_seq, head)
     SELECT file, ?, max(from_seq, ?), to_seq, head FROM import_range WHERE chain = ? AND to_seq > ?`,
  ).run(branch.number, chain.seq + 1, chain.number, chain.seq)
  prepared(db, 'DELETE FROM import_range WHERE chain = ? AND from_seq > ?').run(chain.number, chain.seq)
  prepared(db, 'UPDATE import_range SET to_seq = ? WHERE chain = ? AND to_seq > ?').run(chain.seq, chain.number, chain.seq)
}
