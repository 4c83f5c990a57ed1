import { z } from 'zod'
import { Refusal } from '#shared/result.ts'
import { readPayload, type SentValue } from '#shared/sync/entry.ts'
import { isSignedKind } from '#shared/sync/signed-kinds.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { isRegister } from '../../storage/journaled-tables.ts'
import { fitsRegister, isWholeInsert } from '../../storage/register-values.ts'
import { isJournaledKind, type RowBase } from '../../storage/row-base.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { mayCarry } from './audience.ts'

const Device = z.string().regex(/^[a-z2-7]{16}$/)
const Stream = z.string().max(60)
const Row = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)
const Kind = z.string().regex(/^[a-z_]{1,40}$/)
const Stamp = z.string().regex(/^[0-9a-z]{9}-[0-9a-z]{2}$/)
const Seq = z.int().min(1)
const Value = z.union([z.string(), z.number(), z.null(), z.array(z.string())])

const RowLine = z.strictObject({
  stream: Stream,
  k: Kind,
  r: Row,
  t: Stamp,
  p: z.record(z.string(), Value),
  c: z.record(z.string(), z.tuple([Device, Seq, Stamp])),
  o: z.array(z.tuple([z.string(), Device, Seq, Stamp, Value])).max(1000),
  s: z.record(Device, z.string().regex(/^[0-9a-f]{32}$/)),
})
const ErasedLine = z.strictObject({
  stream: Stream,
  x: z.tuple([Kind, Row, z.string().regex(/^[A-Z0-9-]{1,40}$/), z.string().regex(/^[a-z-]{1,40}$/)]),
})
const IndexLine = z.strictObject({ stream: Stream, writer: Device, w: z.record(z.string().regex(/^[1-9]\d{0,5}$/), Device) })

export type SnapshotRow = z.infer<typeof RowLine>
/** A line of a snapshot section (docs/formats/sync-file.md, "Snapshot"): a row, an erased row, or the writers that a chain declared. */
export type SnapshotLine = SnapshotRow | z.infer<typeof ErasedLine> | z.infer<typeof IndexLine>

/** Stream -> writer -> number of the last entry that the snapshot stands for. */
export type Floors = ReadonlyMap<string, ReadonlyMap<string, number>>

/** A line that was checked against the streams and floors of its file. Throws Refusal sync-suspicious. */
export function readSnapshotLine(text: string, floors: Floors): SnapshotLine {
  const line = parsed(text)
  const known = line && floors.get(line.stream)
  if (!line || !known) throw new Refusal('sync-suspicious')
  const covers = (writer: string, seq: number) => seq <= (known.get(writer) ?? 0)
  if ('x' in line ? !isErasable(line.stream, line.x[0]) : 'w' in line ? !known.has(line.writer) : !isGoodRow(line, covers))
    throw new Refusal('sync-suspicious')
  return line
}

/** What is signed stays in the journals: a snapshot neither brings nor erases it. */
function isErasable(stream: string, kind: string): boolean {
  return !isSignedKind(kind) && mayCarry(stream, kind, false)
}

function parsed(text: string): SnapshotLine | undefined {
  try {
    const value = storedJson<Record<string, unknown>>(text)
    if (JSON.stringify(value) !== text || !text.isWellFormed()) return undefined
    const schema = 'x' in value ? ErasedLine : 'w' in value ? IndexLine : RowLine
    const result = schema.safeParse(value)
    return result.success ? (result.data as SnapshotLine) : undefined
  } catch {
    return undefined
  }
}

/** As an insert must be; and every value names a change that the snapshot stands for. */
function isGoodRow(line: SnapshotRow, covers: (writer: string, seq: number) => boolean): boolean {
  const { k, p, c, o } = line
  if (!isJournaledKind(k) || isSignedKind(k) || !mayCarry(line.stream, k, false)) return false
  const fits = (field: string, value: SentValue) =>
    isRegister(k, field) && fitsRegister(k, field, value) && readPayload({ p: { [field]: value } }) !== undefined
  return (
    isWholeInsert(k, p) &&
    Object.keys(p).length === Object.keys(c).length &&
    Object.entries(p).every(
      ([field, value]) => c[field] !== undefined && covers(c[field][0], c[field][1]) && fits(field, value),
    ) &&
    o.every(([field, writer, seq, , value]) => p[field] !== undefined && covers(writer, seq) && fits(field, value))
  )
}

/** The lines of a stream's snapshot: what left the journal here, without rows that are withheld from its reader. */
export function* snapshotLines(db: ReadableDb, stream: string, withheld: ReadonlySet<string>): Generator<string> {
  const names = new Map(
    db
      .read<{ number: number; id: string }>('SELECT number, id FROM writer')
      .all()
      .map((w) => [w.number, w.id]),
  )
  const nameOf = (number: number): string => names.get(number) ?? ''
  const line = (value: SnapshotLine) => JSON.stringify(value)
  const declared = db
    .read<{ writer: number; position: number; declared: number }>(
      `SELECT c.writer, i.position, i.declared FROM writer_index i JOIN chain c ON c.number = i.chain JOIN writer w ON w.number = c.writer
       WHERE c.stream = ? AND c.floor_seq > 0 AND w.id = w.name ORDER BY c.number, i.position`,
    )
    .all(stream)
  for (const { writer, position, declared: number } of declared)
    yield line({ stream, writer: nameOf(writer), w: { [String(position)]: nameOf(number) } })
  const erased = db.read<{ kind: string; row: string; certificate: string; ground: string }>(
    'SELECT kind, row, certificate, ground FROM erased WHERE stream = ? ORDER BY kind, row',
  )
  for (const e of erased.iterate(stream)) yield line({ stream, x: [e.kind, e.row, e.certificate, e.ground] })
  const secrets = db.read<{ writer: number; secret: string }>(
    'SELECT writer, secret FROM row_secret WHERE row = ? AND kind = ? ORDER BY writer',
  )
  const bases = db
    .read<{ row: string; kind: string; state: string; until: string }>(
      'SELECT row, kind, state, until FROM row_base WHERE stream = ? ORDER BY kind, row',
    )
    .iterate(stream)
  for (const b of bases) {
    if (withheld.has(b.row)) continue
    const { registers, clocks, open } = storedJson<RowBase>(b.state)
    yield line({
      stream,
      k: b.kind,
      r: b.row,
      t: b.until,
      p: registers as SnapshotRow['p'],
      c: Object.fromEntries(Object.entries(clocks).map(([f, [w, seq, stamp]]) => [f, [nameOf(w), seq, stamp]])),
      o: open.map((v) => [v.field, nameOf(v.writer), v.seq, v.stamp, v.value as SnapshotRow['p'][string]]),
      s: Object.fromEntries(secrets.all(b.row, b.kind).map((s) => [nameOf(s.writer), s.secret])),
    })
  }
}
