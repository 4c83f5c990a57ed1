import { bytesToHex } from '@noble/hashes/utils.js'
import { assertInvariant } from '#shared/assert.ts'
import { Refusal } from '#shared/result.ts'
import { headerText, payloadText, type Dot, type EntryHeader, type EntryPayload, type SentValue } from '#shared/sync/entry.ts'
import { decidesByChange, groupOf } from '#shared/sync/register-policy.ts'
import { firstStamp, laterStamp, stampAfter, tick, type Stamp } from '#shared/sync/stamp.ts'
import { appendAudit, auditLine, type AuditWho } from './audit-chain.ts'
import { chainFor, saveTip, type ChainRow } from './chains.ts'
import { eraseRow } from './erase-row.ts'
import { entryHash, noRowSecret, payloadCommitment } from './journal.ts'
import { isField, journaledTables, type JournaledKind, type RegisterValue } from './journaled-tables.ts'
import type { RawDatabase } from './open-database.ts'
import { prepared } from './prepared.ts'
import { openValues, type OpenValue } from './review.ts'
import {
  changedRegisters,
  clockOf,
  clocksOfInsert,
  heldValue,
  sameValue,
  type RegisterClock,
  type Registers,
} from './row-registers.ts'
import type { RowWriter, StoredRow } from './row-writer.ts'
import { keepSetting, readSetting } from './settings.ts'
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
  /** Four letters of this opening of the database, so that a copy of it never gives out the same row ids. */
  readonly run: string
  readonly who: AuditWho
  readonly now: number
  readonly steady: number
  readonly randomBytes: (length: number) => Uint8Array
  /** Writes down the tips of chains that this unit moved. */
  readonly flush?: () => void
}

const protectedTables = new Set<string>([
  ...Object.values(journaledTables).map((t) => t.table),
  'journal',
  'chain',
  'writer',
  'writer_index',
  'row_secret',
  'review',
  'erased',
  'row_base',
  'quarantine',
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

/** Signs the tips of this device's chains, those of its earlier names too, for those that read them from others (sync.md 3.3). */
export function signHead(
  unit: WriteUnit,
  sign: (stream: string, writer: string, seq: number, hash: string) => { readonly at: number; readonly sig: string },
): void {
  const { db, flush } = partsOf(unit)
  flush?.()
  const open = prepared<[], ChainRow & { name: string }>(
    db,
    'SELECT c.*, w.name FROM chain c JOIN writer w ON w.number = c.writer WHERE w.own > 0 AND c.seq > c.head_seq',
  ).all()
  for (const chain of open) {
    const { at, sig } = sign(chain.stream, chain.name, chain.seq, chain.hash)
    prepared(db, 'UPDATE chain SET head_seq = ?, head_hash = ?, head_at = ?, head_sig = ? WHERE number = ?').run(
      chain.seq,
      chain.hash,
      at,
      sig,
      chain.number,
    )
  }
}

function readHlc(db: RawDatabase): Stamp {
  return readSetting(db, 'hlc') ?? firstStamp
}
function saveHlc(db: RawDatabase, stamp: Stamp): void {
  keepSetting(db, 'hlc', stamp)
}

/**
 * Starts a unit inside an open transaction; `finish` must be called before the commit (habit 5).
 *
 * Rows, journal entries and the audit event are of one transaction; `finish` throws unless exactly one audit event was made.
 */
export function beginUnit(p: UnitParts): { readonly unit: WriteUnit; readonly finish: () => void } {
  const { db, own } = p
  const chains = new Map<string, ChainRow>()
  let hlc = readHlc(db)
  const hlcBefore = hlc
  let audits = 0

  const append = prepared(
    db,
    `INSERT INTO journal (chain, seq, stamp, actor, kind, row, op, sv, payload, commitment, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`,
  )
  const ownChain = (stream: string): ChainRow => {
    const known = chains.get(stream)
    if (known) return known
    const made = chainFor(db, stream, own.number, own.record)
    chains.set(stream, made)
    return made
  }
  const entry = (
    stream: string,
    head: Pick<EntryHeader, 'k' | 'r' | 'o'>,
    stamp: Stamp,
    payload: EntryPayload,
    secret: string,
  ): number => {
    const chain = ownChain(stream)
    const seq = chain.seq + 1
    const header = headerText({ q: seq, t: stamp, a: p.who.user, ...head, sv: schemaVersion })
    const text = payloadText(payload)
    assertInvariant(header.length + text.length < 1_048_576, 'journal line length')
    const commitment = payloadCommitment(secret, stream, own.id, seq, text)
    const hash = entryHash(chain.hash, stream, own.id, header, commitment)
    append.run(chain.number, seq, stamp, p.who.user, head.k, head.r, head.o, schemaVersion, text, hash)
    chain.seq = seq
    chain.hash = hash
    return seq
  }
  const nextStamp = (): Stamp => {
    hlc = tick(hlc, p.now)
    return hlc
  }
  /** Position under which a writer is named in base dots of our chain; 0 is the chain's own writer. */
  const positionOf = (stream: string, number: number): number => {
    if (number === own.number) return 0
    const chain = ownChain(stream)
    const known = prepared<[number, number], { position: number }>(
      db,
      'SELECT position FROM writer_index WHERE chain = ? AND declared = ?',
    ).get(chain.number, number)
    if (known) return known.position
    const id = prepared<[number], { id: string }>(db, 'SELECT id FROM writer WHERE number = ?').get(number)?.id
    assertInvariant(id !== undefined, 'known writer')
    const position =
      prepared<[number], { top: number }>(db, 'SELECT coalesce(max(position), 0) AS top FROM writer_index WHERE chain = ?').get(
        chain.number,
      )!.top + 1
    entry(stream, { k: '', r: '', o: 'w' }, nextStamp(), { w: { [String(position)]: id } }, noRowSecret)
    prepared(db, 'INSERT INTO writer_index (chain, position, declared) VALUES (?, ?, ?)').run(chain.number, position, number)
    return position
  }
  /** Our secret for a row; one is made with our first entry of it, which then has to tell it. */
  const secretOf = (kind: string, row: string): { readonly secret: string; readonly isNew: boolean } => {
    const known = prepared<[string, string, number], { secret: string }>(
      db,
      'SELECT secret FROM row_secret WHERE row = ? AND kind = ? AND writer = ?',
    ).get(row, kind, own.number)
    if (known) return { secret: known.secret, isNew: false }
    const secret = bytesToHex(p.randomBytes(16))
    prepared(db, 'INSERT INTO row_secret (row, kind, writer, secret) VALUES (?, ?, ?, ?)').run(row, kind, own.number, secret)
    return { secret, isNew: true }
  }
  const checkFields = (kind: JournaledKind, fields: Readonly<Record<string, RegisterValue>>) => {
    for (const f of Object.keys(fields)) assertInvariant(isField(kind, f), `field ${kind}.${f}`)
  }
  /** Writes changed registers of a row as one entry; `against` are the open values that it decides against. */
  const putChange = (
    kind: JournaledKind,
    id: string,
    row: StoredRow,
    changed: Readonly<Record<string, SentValue>>,
    against: readonly OpenValue[],
  ): void => {
    const base: Record<string, Dot> = {}
    let floor: Stamp = firstStamp
    // writers are declared before the entry that names them
    for (const register of Object.keys(changed)) {
      const clock = clockOf(row.clocks, row.registers, register)
      if (!clock) continue
      base[register] = [positionOf(row.stream, clock[0]), clock[1]]
      floor = laterStamp(floor, clock[2])
    }
    const decided: Record<string, Dot[]> = {}
    for (const value of against) {
      ;(decided[value.field] ??= []).push([positionOf(row.stream, value.writer), value.seq])
      floor = laterStamp(floor, value.stamp)
    }
    // the bump never feeds back into the device's clock (sync.md 3.5)
    const stamp = laterStamp(nextStamp(), stampAfter(floor))
    const { secret, isNew } = secretOf(kind, id)
    const payload: EntryPayload = {
      p: changed,
      ...basePart(base, Object.keys(changed).length),
      ...(against.length > 0 ? { d: decided } : {}),
      ...(isNew ? { s: secret } : {}),
    }
    const seq = entry(row.stream, { k: kind, r: id, o: 'u' }, stamp, payload, secret)
    const clocks = { ...row.clocks }
    for (const register of Object.keys(changed)) clocks[register] = [own.number, seq, stamp]
    const remove = prepared(db, 'DELETE FROM review WHERE row = ? AND kind = ? AND field = ? AND writer = ? AND seq = ?')
    for (const value of against) remove.run(id, kind, value.field, value.writer, value.seq)
    p.rows.save(kind, id, { ...row, registers: { ...row.registers, ...changed }, clocks }, p.now)
  }
  const next = (counter: string): number =>
    prepared<[string], { value: number }>(
      db,
      `INSERT INTO counter (name, value)
       VALUES (?, 1 + coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'counter.start'), 0))
       ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
    ).get(counter)!.value

  const unit: WriteUnit = {
    now: p.now,
    read: (sql) => p.readable.read(sql),
    keepSetting: (key, value) => keepSetting(db, key, value),
    next,
    newId: () => `${own.id.slice(0, 8)}-${p.run}${next('row').toString(36)}`,
    insert(kind, { id, stream, fields }) {
      checkFields(kind, fields)
      const rowId = id ?? unit.newId()
      assertInvariant(p.rows.load(kind, rowId) === undefined, 'new row id')
      const kept = changedRegisters(kind, {}, fields)
      const { secret } = secretOf(kind, rowId)
      const stamp = nextStamp()
      const seq = entry(stream, { k: kind, r: rowId, o: 'i' }, stamp, { p: kept, s: secret }, secret)
      const clock: RegisterClock = [own.number, seq, stamp]
      p.rows.save(kind, rowId, { stream, registers: kept, clocks: clocksOfInsert(kept, clock) }, p.now, true)
      return rowId
    },
    change(kind, id, fields) {
      checkFields(kind, fields)
      const row = p.rows.load(kind, id)
      if (!row) throw new Refusal('not-found')
      const changed = withGroups(kind, row, changedRegisters(kind, row.registers, fields))
      if (Object.keys(changed).length === 0) return
      const against = openValues(db, kind, id).filter(
        // whoever changes what is shown knows every equal value too
        (v) => v.field in changed && (decidesByChange(kind, v.field) || sameValue(v.value, heldValue(row.registers, v.field))),
      )
      putChange(kind, id, row, changed, against)
    },
    decide(kind, id, fields, chosen) {
      const row = p.rows.load(kind, id)
      if (!row) throw new Refusal('not-found')
      const against = openValues(db, kind, id).filter((v) => fields.includes(v.field))
      const changed: Registers = {}
      for (const field of fields) {
        const other = against.find((v) => v.field === field && v.writer === chosen?.writer && v.seq === chosen.seq)
        changed[field] = other ? other.value : heldValue(row.registers, field)
      }
      putChange(kind, id, row, changed, against)
    },
    erase(kind, id, stream, { certificate, ground }) {
      const seq = entry(stream, { k: kind, r: id, o: 'x' }, nextStamp(), { x: { c: certificate, g: ground } }, noRowSecret)
      eraseRow({ db, rows: p.rows, now: p.now }, kind, id, stream, certificate, ground)
      return seq
    },
    local(sql, ...parameters) {
      const table = /^\s*(?:insert(?:\s+or\s+\w+)?\s+into|update|delete\s+from)\s+["`]?(\w+)/i.exec(sql)?.[1]
      assertInvariant(table !== undefined && !protectedTables.has(table.toLowerCase()), 'a local table')
      prepared(db, sql).run(...parameters)
    },
    audit(event: AuditInput) {
      audits += 1
      appendAudit(db, auditLine(event, p.who, p.now, p.steady))
    },
  }
  const flush = () => {
    for (const chain of chains.values()) saveTip(db, chain)
  }
  parts.set(unit, { ...p, flush })
  return {
    unit,
    finish() {
      assertInvariant(audits === 1, `one audit event per unit, got ${audits}`)
      // a received stamp may have moved it meanwhile
      flush()
      if (hlc !== hlcBefore) saveHlc(db, laterStamp(hlc, readHlc(db)))
      parts.delete(unit)
    },
  }
}

/** A change of one field of a group carries the whole group, so that one change wins or loses as a whole. */
function withGroups(kind: string, row: StoredRow, changed: Record<string, SentValue>): Record<string, SentValue> {
  const all = { ...changed }
  for (const register of Object.keys(changed)) {
    for (const other of groupOf(kind, register)) {
      if (!(other in all) && clockOf(row.clocks, row.registers, other)) all[other] = heldValue(row.registers, other)
    }
  }
  return all
}

/** Base dots as they travel: one for all fields when they agree. */
function basePart(base: Readonly<Record<string, Dot>>, fieldCount: number): Pick<EntryPayload, 'b'> {
  const dots = Object.values(base)
  const first = dots[0]
  if (!first) return {}
  const same = dots.length === fieldCount && dots.every((d) => d[0] === first[0] && d[1] === first[1])
  return { b: same ? first : base }
}
