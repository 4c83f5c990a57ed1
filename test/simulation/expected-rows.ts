import { isRegister, journaledTables, type JournaledKind } from '#main/centre/storage/journaled-tables.ts'
import { fitsRegister } from '#main/centre/storage/register-values.ts'
import { baseOf, type Dot, type SentValue } from '#shared/sync/entry.ts'
import { isSensitive, weightOf } from '#shared/sync/register-policy.ts'
import { chainName, type HeldEntry, type HeldRow, type JournalImage, type Piece, type WaitingValue } from './journal-image.ts'

interface Version {
  readonly value: SentValue
  readonly writer: string
  readonly seq: number
  readonly stamp: string
}
const nameOf = (v: Omit<Version, 'value'>): string => `${v.writer}/${v.seq}/${v.stamp}`
const later = (a: Version, b: Version): boolean =>
  a.stamp !== b.stamp ? a.stamp > b.stamp : a.writer !== b.writer ? a.writer > b.writer : a.seq > b.seq

/**
 * What rows and waiting values must be, from the set of held entries alone: the merge rule of docs/formats/sync-file.md, written a second time
 * without order, batches or stored clocks.
 */
export function rowFaults(image: JournalImage): string[] {
  const faults: string[] = []
  const byRow = new Map<string, HeldEntry[]>()
  for (const e of image.entries) {
    if (e.text === undefined || (e.op !== 'i' && e.op !== 'u') || !Object.hasOwn(journaledTables, e.kind)) continue
    const key = `${e.kind}/${e.row}`
    const list = byRow.get(key)
    if (list) list.push(e)
    else byRow.set(key, [e])
  }
  const rows = new Map(image.rows.map((r) => [`${r.kind}/${r.id}`, r]))
  const waiting = new Map<string, WaitingValue[]>()
  for (const w of image.waiting) {
    const key = `${w.kind}/${w.row}/${w.field}`
    waiting.set(key, [...(waiting.get(key) ?? []), w])
  }
  for (const [key, entries] of byRow) {
    const row = rows.get(key)
    rows.delete(key)
    const wanted = entries.some((e) => e.op === 'i')
    if (!wanted || !row) {
      if (wanted !== (row !== undefined)) faults.push(`${key}: ${row ? 'a row without its insert' : 'no row for its insert'}`)
      continue
    }
    checkRow(image, row, entries, waiting, faults)
  }
  for (const key of rows.keys()) faults.push(`${key}: a row without entries`)
  for (const [key, values] of waiting) for (const v of values) faults.push(`${key}: waits without reason: ${v.change}`)
  return faults
}

/** The one writer whose change is meant by a writer's id and a number, when chains part: of the history before it, or the only one after it. */
function meant(
  image: JournalImage,
  entries: readonly HeldEntry[],
  stream: string,
  writer: string,
  seq: number,
): string | undefined {
  const piece = (id: string) => image.pieces.get(chainName(stream, id))
  const start = piece(writer)
  if (!start) return writer
  const all = [...image.pieces].filter(([key, p]) => key.startsWith(`${stream}/`) && p.name === start.name)
  const before = (p: Piece) => all.find(([, o]) => o !== p && o.last[0] === p.before[0] && o.last[1] === p.before[1])
  const isUnder = (p: Piece | undefined): boolean => p !== undefined && (p === start || isUnder(before(p)?.[1]))
  const idOf = (key: string) => key.slice(stream.length + 1)
  if (seq <= start.before[0]) {
    let at: Piece | undefined = start
    let id: string | undefined = writer
    while (at && seq <= at.before[0]) {
      const up = before(at)
      at = up?.[1]
      id = up && idOf(up[0])
    }
    return id
  }
  if (seq <= start.last[0]) return writer
  const named = entries.filter(
    (e) => e.stream === stream && e.seq === seq && piece(e.writer)?.name === start.name && isUnder(piece(e.writer)),
  )
  return named.length === 1 ? named[0]!.writer : undefined
}

function checkRow(
  image: JournalImage,
  row: HeldRow,
  entries: readonly HeldEntry[],
  waiting: Map<string, WaitingValue[]>,
  faults: string[],
): void {
  const versions = new Map<string, Version[]>()
  const replaced = new Map<string, Set<string>>()
  for (const e of entries) {
    for (const [field, value] of Object.entries(e.payload.p ?? {})) {
      if (!isRegister(row.kind, field) || !fitsRegister(row.kind, field, value)) continue
      const list = versions.get(field) ?? []
      list.push({ value, writer: e.writer, seq: e.seq, stamp: e.stamp })
      versions.set(field, list)
      const gone = replaced.get(field) ?? new Set<string>()
      replaced.set(field, gone)
      const base = baseOf(e.payload, field)
      const dots: readonly Dot[] = [...(base ? [base] : []), ...(e.payload.d?.[field] ?? [])]
      for (const [position, seq] of dots) {
        const writer = position === 0 ? e.writer : image.declared.get(chainName(e.stream, e.writer))?.get(position)
        const named = writer === undefined ? undefined : meant(image, entries, e.stream, writer, seq)
        if (named !== undefined) gone.add(`${named}/${seq}`)
      }
    }
  }
  const key = `${row.kind}/${row.id}`
  for (const [field, all] of versions) {
    const latest = all.reduce((a, b) => (later(b, a) ? b : a))
    let shown = latest
    let others: readonly Version[] = []
    if (isSensitive(row.kind as JournaledKind, field)) {
      const open = all.filter((v) => !replaced.get(field)?.has(`${v.writer}/${v.seq}`))
      shown = open.reduce((a, b) => {
        const [x, y] = [weightOf(row.kind, field, a.value), weightOf(row.kind, field, b.value)]
        return y > x || (y === x && later(b, a)) ? b : a
      }, open[0] ?? latest)
      others = open.filter((v) => v !== shown)
    }
    const stored = row.registers[field] ?? null
    const isUnchosen = field.includes('/') && shown.value === 0
    if (JSON.stringify(stored) !== JSON.stringify(isUnchosen ? null : shown.value))
      faults.push(
        `${key} ${field}: shows ${JSON.stringify(stored)} instead of ${JSON.stringify(shown.value)} of ${nameOf(shown)}`,
      )
    const clock = row.clocks[field] ?? row.clocks['*']
    if (clock !== nameOf(shown)) faults.push(`${key} ${field}: clock ${clock ?? 'none'} instead of ${nameOf(shown)}`)
    const kept = (waiting.get(`${key}/${field}`) ?? []).map((w) => w.change).toSorted()
    waiting.delete(`${key}/${field}`)
    const wanted = others.map(nameOf).toSorted()
    if (JSON.stringify(kept) !== JSON.stringify(wanted))
      faults.push(`${key} ${field}: waiting [${kept.join(', ')}] instead of [${wanted.join(', ')}]`)
  }
}

/** Rows and waiting values of a stream as one text, equal at every desk that holds the same changes; `left` are rows to leave out. */
export function canonicalStream(image: JournalImage, stream: string, left: (row: string) => boolean = () => false): string[] {
  const sorted = (o: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(Object.entries(o).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return [
    ...image.rows
      .filter((r) => r.stream === stream && !left(r.id))
      .map((r) => {
        const { '*': all, ...own } = r.clocks
        const clocks = Object.fromEntries(Object.keys(r.registers).map((f) => [f, own[f] ?? all ?? '']))
        return `${r.kind} ${r.id} ${sorted(r.registers)} ${sorted(clocks)}`
      }),
    ...image.waiting
      .filter((w) => w.stream === stream && !left(w.row))
      .map((w) => `waits ${w.kind} ${w.row} ${w.field} ${w.change} ${JSON.stringify(w.value)}`),
  ].toSorted()
}
