import { prepared } from './prepared.ts'
import { bytesToHex } from '@noble/hashes/utils.js'
import { assertInvariant } from '#shared/assert.ts'
import { Refusal } from '#shared/result.ts'
import { entryLine, headerText, payloadText, type Dot, type EntryHeader, type EntryPayload } from '#shared/sync/entry.ts'
import { firstStamp, laterStamp, stampAfter, tick, type Stamp } from '#shared/sync/stamp.ts'
import { auditHash, auditHead, auditLine, type AuditWho } from './audit-chain.ts'
import { chainStart, entryHash, noRowSecret, payloadCommitment } from './journal.ts'
import { isRegister, journaledTables, type JournaledKind, type RegisterValue } from './journaled-tables.ts'
import type { RawDatabase } from './open-database.ts'
import type { RegisterClock, RowWriter } from './row-writer.ts'
import type { AuditInput, ReadableDb, WriteUnit } from './store.ts'

/** Version of the journaled schema, written into every entry. */
export const schemaVersion = 1

/** Who writes: the device's writer, its record and its local number. */
export interface OwnWriter {
  readonly id: string
  readonly record: string
  readonly number: number
}

export interface UnitParts {
  readonly db: RawDatabase
  readonly readable: ReadableDb
  readonly rows: RowWriter
  readonly own: OwnWriter
  readonly who: AuditWho
  readonly now: number
  readonly steady: number
  readonly randomBytes: (length: number) => Uint8Array
}

const protectedTables = new Set<string>([
  ...Object.values(journaledTables).map((t) => t.table),
  'journal',
  'writer',
  'writer_index',
  'row_secret',
  'audit',
  'schema_migration',
])

const parts = new WeakMap<WriteUnit, UnitParts>()

/** The open transaction behind a unit, for `storage` alone (received entries are applied there). */
export function partsOf(unit: WriteUnit): UnitParts {
  const found = parts.get(unit)
  assertInvariant(found !== undefined, 'a unit of this process')
  return found
}

/** Moves the device's clock to a received stamp, so that later changes sort after it (sync.md 3.5; the caller clamps). */
export function receiveStamp(unit: WriteUnit, stamp: Stamp): void {
  const { db } = partsOf(unit)
  if (stamp > readHlc(db)) saveHlc(db, stamp)
}

function readHlc(db: RawDatabase): Stamp {
  return prepared<[], { value: Stamp }>(db, "SELECT value FROM setting WHERE key = 'hlc'").get()?.value ?? firstStamp
}
function saveHlc(db: RawDatabase, stamp: Stamp): void {
  prepared(db, "INSERT INTO setting (key, value) VALUES ('hlc', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(
    stamp,
  )
}

interface Tail {
  seq: number
  hash: Uint8Array
}

/**
 * Starts a unit inside an open transaction; `finish` must be called before the commit (habit 5).
 *
 * Rows, journal entries and the audit event are of one transaction; `finish` throws unless exactly one audit event was made.
 */
export function beginUnit(p: UnitParts): { readonly unit: WriteUnit; readonly finish: () => void } {
  const { db, own } = p
  const tails = new Map<string, Tail>()
  let hlc = readHlc(db)
  const hlcBefore = hlc
  let audits = 0

  const append = prepared(
    db,
    `INSERT INTO journal (stream, writer, seq, stamp, actor, kind, row, op, header, payload, commitment, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const tailOf = (stream: string): Tail => {
    const known = tails.get(stream)
    if (known) return known
    const last = prepared<[string, string], Tail>(
      db,
      'SELECT seq, hash FROM journal WHERE stream = ? AND writer = ? ORDER BY seq DESC LIMIT 1',
    ).get(stream, own.id)
    const tail = last ? { seq: last.seq, hash: last.hash } : { seq: 0, hash: chainStart(own.record) }
    tails.set(stream, tail)
    return tail
  }
  const entry = (
    stream: string,
    head: Pick<EntryHeader, 'k' | 'r' | 'o'>,
    stamp: Stamp,
    payload: EntryPayload,
    secret: Uint8Array,
  ): number => {
    const tail = tailOf(stream)
    const seq = tail.seq + 1
    const header = headerText({ q: seq, t: stamp, a: p.who.user, ...head, sv: schemaVersion })
    const text = payloadText(payload)
    assertInvariant(entryLine(header, text).length <= 1_048_576, 'journal line length')
    const commitment = payloadCommitment(secret, stream, own.id, seq, text)
    const hash = entryHash(tail.hash, stream, own.id, header, commitment)
    append.run(stream, own.id, seq, stamp, p.who.user, head.k, head.r, head.o, header, text, commitment, hash)
    tail.seq = seq
    tail.hash = hash
    return seq
  }
  const nextStamp = (): Stamp => {
    hlc = tick(hlc, p.now)
    return hlc
  }
  /** Position under which a writer is named in base dots of our chain; 0 is the chain's own writer. */
  const positionOf = (stream: string, number: number): number => {
    if (number === own.number) return 0
    const id = prepared<[number], { id: string }>(db, 'SELECT id FROM writer WHERE number = ?').get(number)?.id
    assertInvariant(id !== undefined, 'known writer')
    const known = prepared<[string, string, string], { position: number }>(
      db,
      'SELECT position FROM writer_index WHERE stream = ? AND writer = ? AND declared = ?',
    ).get(stream, own.id, id)
    if (known) return known.position
    const position =
      prepared<[string, string], { top: number }>(
        db,
        'SELECT coalesce(max(position), 0) AS top FROM writer_index WHERE stream = ? AND writer = ?',
      ).get(stream, own.id)!.top + 1
    entry(stream, { k: '', r: '', o: 'w' }, nextStamp(), { w: { [String(position)]: id } }, noRowSecret)
    prepared(db, 'INSERT INTO writer_index (stream, writer, position, declared) VALUES (?, ?, ?, ?)').run(
      stream,
      own.id,
      position,
      id,
    )
    return position
  }
  const secretOf = (kind: string, row: string): Uint8Array =>
    prepared<[string, string], { secret: Uint8Array }>(db, 'SELECT secret FROM row_secret WHERE kind = ? AND row = ?').get(
      kind,
      row,
    )?.secret ?? noRowSecret
  const checkFields = (kind: JournaledKind, fields: Readonly<Record<string, RegisterValue>>) => {
    for (const f of Object.keys(fields)) assertInvariant(isRegister(kind, f), `register ${kind}.${f}`)
  }
  const next = (counter: string): number =>
    prepared<[string], { value: number }>(
      db,
      'INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value',
    ).get(counter)!.value

  const unit: WriteUnit = {
    now: p.now,
    read: (sql) => p.readable.read(sql),
    next,
    newId: () => `${own.id.slice(0, 8)}-${next('row').toString(36)}`,
    insert(kind, { id, stream, fields }) {
      checkFields(kind, fields)
      const rowId = id ?? unit.newId()
      assertInvariant(p.rows.load(kind, rowId) === undefined, 'new row id')
      const kept = Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== null))
      const secret = p.randomBytes(16)
      const stamp = nextStamp()
      const seq = entry(stream, { k: kind, r: rowId, o: 'i' }, stamp, { p: sendable(kept), s: bytesToHex(secret) }, secret)
      prepared(db, 'INSERT INTO row_secret (kind, row, secret) VALUES (?, ?, ?)').run(kind, rowId, secret)
      const clocks = Object.fromEntries(Object.keys(kept).map((f): [string, RegisterClock] => [f, [own.number, seq, stamp]]))
      p.rows.save(kind, rowId, { stream, registers: kept, clocks }, p.now)
      return rowId
    },
    change(kind, id, fields) {
      checkFields(kind, fields)
      const row = p.rows.load(kind, id)
      if (!row) throw new Refusal('not-found')
      const changed = Object.entries(fields).filter(([f, v]) => !sameValue(v, row.registers[f] ?? null))
      if (changed.length === 0) return
      // declared before the entry that uses it
      const base: Record<string, Dot> = {}
      let floor: Stamp = firstStamp
      for (const [f] of changed) {
        const clock = row.clocks[f]
        if (!clock) continue
        base[f] = [positionOf(row.stream, clock[0]), clock[1]]
        floor = laterStamp(floor, clock[2])
      }
      // the bump never feeds back into the device's clock (sync.md 3.5)
      const stamp = laterStamp(nextStamp(), stampAfter(floor))
      const payload = { p: sendable(Object.fromEntries(changed)), ...(Object.keys(base).length > 0 ? { b: base } : {}) }
      const seq = entry(row.stream, { k: kind, r: id, o: 'u' }, stamp, payload, secretOf(kind, id))
      const clocks = { ...row.clocks }
      for (const [f] of changed) clocks[f] = [own.number, seq, stamp]
      p.rows.save(kind, id, { ...row, registers: { ...row.registers, ...Object.fromEntries(changed) }, clocks }, p.now)
    },
    local(sql, ...parameters) {
      const table = /^\s*(?:insert(?:\s+or\s+\w+)?\s+into|update|delete\s+from)\s+["`]?(\w+)/i.exec(sql)?.[1]
      assertInvariant(table !== undefined && !protectedTables.has(table.toLowerCase()), 'a local table')
      prepared(db, sql).run(...parameters)
    },
    audit(event: AuditInput) {
      audits += 1
      const head = auditHead(p.readable)
      const line = auditLine(event, p.who, p.now, p.steady)
      prepared(db, 'INSERT INTO audit (seq, line, hash) VALUES (?, ?, ?)').run(head.seq + 1, line, auditHash(head.hash, line))
    },
  }
  parts.set(unit, p)
  return {
    unit,
    finish() {
      assertInvariant(audits === 1, `one audit event per unit, got ${audits}`)
      // a received stamp may have moved it meanwhile
      if (hlc !== hlcBefore) saveHlc(db, laterStamp(hlc, readHlc(db)))
      parts.delete(unit)
    },
  }
}

function sameValue(a: RegisterValue, b: RegisterValue): boolean {
  return Array.isArray(a) || Array.isArray(b) ? JSON.stringify(a) === JSON.stringify(b) : a === b
}

function sendable(fields: Readonly<Record<string, RegisterValue>>): Record<string, string | number | null | string[]> {
  return Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, typeof v === 'object' && v !== null ? [...v] : v]))
}
