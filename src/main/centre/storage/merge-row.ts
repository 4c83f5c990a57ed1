import { Refusal } from '#shared/result.ts'
import { baseOf, type Dot, type EntryPayload, type SentValue } from '#shared/sync/entry.ts'
import { changeOrder, hasReplaced, isSameChange, mergeOpenValues, shownValue, type Versioned } from '#shared/sync/merge.ts'
import { isSensitive, weightOf } from '#shared/sync/register-policy.ts'
import { namedWriter } from './branches.ts'
import { isRegister, type JournaledKind } from './journaled-tables.ts'
import { fitsRegister, isWholeInsert } from './register-values.ts'
import type { RawDatabase } from './open-database.ts'
import { prepared, readableDb } from './prepared.ts'
import { keepOpenValues, openValues } from './review.ts'
import { clockOf, clocksOfInsert, heldValue, type Registers, type RowClocks } from './row-registers.ts'
import type { RowWriter } from './row-writer.ts'
import { storedJson } from './stored-json.ts'

/** An entry of a row that is to be merged; `writer` is the local number, `chain` its chain's. */
export interface RowEntry {
  readonly chain: { readonly number: number; readonly writer: number }
  readonly writerId: string
  readonly seq: number
  readonly stamp: string
  readonly op: string
  readonly payload: EntryPayload
}

/** Which merge branches were taken; a simulation that never reaches one of them proves nothing. */
export const mergeBranches = [
  'new',
  'sequential',
  'later-wins',
  'earlier-loses',
  'apart',
  'late-ancestor',
  'other-weight',
] as const
export type MergeBranch = (typeof mergeBranches)[number]

export interface MergeParts {
  readonly db: RawDatabase
  readonly rows: RowWriter
  readonly now: number
  readonly writerIdOf: (number: number) => string
  readonly took?: (branch: MergeBranch) => void
}

export type RowEffect = 'new' | 'changed' | 'none'

/**
 * Merges entries of one row, held in the journal already, into the row and its waiting values (docs/formats/sync-file.md, "Merge").
 *
 * The result depends on the set of entries alone, not on their order or grouping. A row appears with its first insert, once it has what a page
 * needs to show it; `stream` is the entries' own. Fields of a newer version are passed over: the journal keeps them.
 * Throws Refusal sync-suspicious when the row is of another stream: a row never changes it, nobody writes into what was not opened for them.
 */
export function mergeRow(
  parts: MergeParts,
  kind: JournaledKind,
  id: string,
  stream: string,
  entries: readonly RowEntry[],
): RowEffect {
  const { rows, took } = parts
  const before = rows.load(kind, id)
  if (before && before.stream !== stream) throw new Refusal('sync-suspicious')
  if (!before && !entries.some((e) => e.op === 'i')) return 'none'
  const only = entries.length === 1 ? entries[0] : undefined
  if (!before && only?.op === 'i') {
    took?.('new')
    const registers = fittingRegisters(kind, only.payload.p ?? {})
    const clocks = clocksOfInsert(registers, [only.chain.writer, only.seq, only.stamp])
    if (!isWholeInsert(kind, registers)) return 'none'
    rows.save(kind, id, { stream, registers, clocks }, parts.now, true)
    return 'new'
  }
  const registers: Registers = { ...before?.registers }
  const clocks: RowClocks = { ...before?.clocks }
  let changed = false
  const ordered = [...entries].toSorted((a, b) => changeOrder(asChange(a), asChange(b)))
  for (const entry of ordered) {
    for (const [field, value] of Object.entries(entry.payload.p ?? {})) {
      if (!isRegister(kind, field) || !fitsRegister(kind, field, value)) continue
      const won = isSensitive(kind, field)
        ? mergeSensitive(parts, { kind, id, stream, field }, entry, value, registers, clocks)
        : mergeLatest(parts, field, entry, value, registers, clocks)
      changed ||= won
    }
  }
  if (before && !changed) return 'none'
  // an insert of a newer version whose values this one cannot show: the row waits in the journal
  if (!before && !isWholeInsert(kind, registers)) {
    prepared(parts.db, 'DELETE FROM review WHERE row = ? AND kind = ?').run(id, kind)
    return 'none'
  }
  rows.save(kind, id, { stream, registers, clocks }, parts.now, !before)
  return before ? 'changed' : 'new'
}

/** Of an insert's values those that this version can keep. */
function fittingRegisters(kind: JournaledKind, values: Readonly<Record<string, SentValue>>): Registers {
  const fits = (field: string) => isRegister(kind, field) && fitsRegister(kind, field, values[field]!)
  const fields = Object.keys(values)
  return fields.every(fits) ? values : Object.fromEntries(fields.filter(fits).map((field) => [field, values[field]!]))
}

const asChange = (e: RowEntry) => ({ writer: e.writerId, seq: e.seq, stamp: e.stamp })

function setRegister(entry: RowEntry, field: string, value: SentValue, registers: Registers, clocks: RowClocks): void {
  registers[field] = value
  clocks[field] = [entry.chain.writer, entry.seq, entry.stamp]
}

function mergeLatest(
  { writerIdOf, took }: MergeParts,
  field: string,
  entry: RowEntry,
  value: SentValue,
  registers: Registers,
  clocks: RowClocks,
): boolean {
  const clock = clockOf(clocks, registers, field)
  if (clock && changeOrder({ writer: writerIdOf(clock[0]), seq: clock[1], stamp: clock[2] }, asChange(entry)) >= 0) {
    took?.('earlier-loses')
    return false
  }
  took?.('later-wins')
  setRegister(entry, field, value, registers, clocks)
  return true
}

interface Register {
  readonly kind: JournaledKind
  readonly id: string
  readonly stream: string
  readonly field: string
}

function mergeSensitive(
  parts: MergeParts,
  register: Register,
  entry: RowEntry,
  value: SentValue,
  registers: Registers,
  clocks: RowClocks,
): boolean {
  const { db, writerIdOf, took } = parts
  const { kind, id, stream, field } = register
  const clock = clockOf(clocks, registers, field)
  const waiting = openValues(db, kind, id).filter((v) => v.field === field)
  const replaces = replacedBy(db, entry.chain, entry.payload, register)
  const shownBefore = clock && { writer: writerIdOf(clock[0]), seq: clock[1], stamp: clock[2] }
  const isNext = clock !== undefined && replaces.some((r) => r.writer === clock[0] && r.seq === clock[1])
  if (!shownBefore || (waiting.length === 0 && isNext && changeOrder(shownBefore, asChange(entry)) < 0)) {
    took?.('sequential')
    setRegister(entry, field, value, registers, clocks)
    return true
  }
  const numberOf = new Map<string, number>([
    [writerIdOf(clock[0]), clock[0]],
    [entry.writerId, entry.chain.writer],
  ])
  const named = (number: number): string => {
    const writerId = writerIdOf(number)
    numberOf.set(writerId, number)
    return writerId
  }
  const current: Versioned<SentValue> = { ...shownBefore, value: heldValue(registers, field) }
  const open = [current, ...waiting.map((v) => ({ value: v.value, writer: named(v.writer), seq: v.seq, stamp: v.stamp }))]
  const incoming = {
    ...asChange(entry),
    value,
    replaces: replaces.map((r) => ({ writer: named(r.writer), seq: r.seq })),
  }
  const merged = mergeOpenValues(open, incoming, () => {
    const late = isReplaced(parts, register, entry)
    if (late) took?.('late-ancestor')
    return late
  })
  const shown = shownValue(merged, (v) => weightOf(kind, field, v))
  if (!shown) return false
  if (merged.length > 1) took?.('apart')
  if (merged.length > 1 && shown !== merged.at(-1)) took?.('other-weight')
  keepOpenValues(
    db,
    kind,
    id,
    stream,
    field,
    merged.filter((v) => v !== shown).map((v) => ({ ...v, writer: numberOf.get(v.writer) ?? 0 })),
  )
  registers[field] = shown.value
  clocks[field] = [numberOf.get(shown.writer) ?? 0, shown.seq, shown.stamp]
  return !isSameChange(shown, current)
}

/** The changes that an entry says it replaced for a field, with local writer numbers; undeclared ones are left out. */
function replacedBy(
  db: RawDatabase,
  chain: RowEntry['chain'],
  payload: EntryPayload,
  { kind, id, field }: Register,
): { readonly writer: number; readonly seq: number }[] {
  const base = baseOf(payload, field)
  const dots: Dot[] = [...(base ? [base] : []), ...(payload.d?.[field] ?? [])]
  return dots.flatMap((dot) => {
    const writer = namedWriter(readableDb(db), chain, dot, kind, id)
    return writer === undefined ? [] : [{ writer, seq: dot[1] }]
  })
}

/** True when an entry that is held already replaced this one's value. */
function isReplaced({ db, writerIdOf }: MergeParts, register: Register, entry: RowEntry): boolean {
  const { kind, id, stream, field } = register
  const others = prepared<
    [string, string, string],
    { chain: number; writer: number; seq: number; stamp: string; payload: string }
  >(
    db,
    `SELECT j.chain, c.writer, j.seq, j.stamp, j.payload FROM journal j JOIN chain c ON c.number = j.chain
     WHERE j.row = ? AND j.kind = ? AND c.stream = ? AND j.payload IS NOT NULL AND j.op <> 'x'`,
  ).all(id, kind, stream)
  return others.some((o) => {
    const payload = storedJson<EntryPayload>(o.payload)
    const value = payload.p?.[field]
    // a value that is passed over replaces nothing
    if (value === undefined || !fitsRegister(kind, field, value)) return false
    const replaces = replacedBy(db, { number: o.chain, writer: o.writer }, payload, register)
    return hasReplaced(
      {
        writer: writerIdOf(o.writer),
        seq: o.seq,
        stamp: o.stamp,
        replaces: replaces.map((r) => ({ writer: writerIdOf(r.writer), seq: r.seq })),
      },
      asChange(entry),
    )
  })
}
