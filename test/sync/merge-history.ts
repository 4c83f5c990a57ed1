import fc from 'fast-check'
import { payloadText, headerText, type Dot, type EntryPayload, type SentValue } from '#shared/sync/entry.ts'
import { stampOf } from '#shared/sync/stamp.ts'
import type { ReceivedEntry } from '#main/centre/storage/apply-entries.ts'
import { chainStart, entryHash, noRowSecret, payloadCommitment } from '#main/centre/storage/journal.ts'
import type { JournaledKind } from '#main/centre/storage/journaled-tables.ts'

export const historyStream = 'mbx:MOR:BUE'
export const writerIds = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(16))
export const recordOf = (writer: number): string => JSON.stringify({ writer: writerIds[writer], device: writerIds[writer] })
export const rowsOfHistory: readonly (readonly [kind: JournaledKind, id: string])[] = [
  ['case', 'r-1'],
  ['case', 'r-2'],
  ['referral', 'r-3'],
]

const texts = fc.constantFrom('un', 'deux', 'trois', null)
/** Registers of every kind of merge: sensitive, group, weighted, code of a set, list kept whole, plain. */
const registers: Readonly<Partial<Record<JournaledKind, Readonly<Record<string, fc.Arbitrary<SentValue>>>>>> = {
  case: {
    status: fc.constantFrom('draft', 'active', 'closed', 'frozen'),
    a_family_name: texts,
    a_phone: texts,
    a_phone_safe: texts,
    a_main_language: texts,
    a_id_docs: fc.constantFrom('unknown', [], null),
    'a_id_docs/cni': fc.constantFrom(0, 1),
    'a_id_docs/birth': fc.constantFrom(0, 1),
    a_consent_other_centre: fc.constantFrom('yes', 'no'),
  },
  referral: {
    status: fc.constantFrom('issued', 'accepted', 'refused', 'withdrawn', 'served'),
    appointment: texts,
    consent_items: fc.constantFrom(['name'], ['name', 'need'], []),
  },
}
const whole: Readonly<Partial<Record<JournaledKind, Readonly<Record<string, SentValue>>>>> = {
  case: { number: 'MOR-1', status: 'active', registered_on: '2026-11-20', form_version: '1' },
  referral: { case_id: 'r-1', need: 'S10', priority: 'normal', status: 'issued', created_on: '2026-11-20' },
}

interface Change {
  readonly row: number
  readonly op: 'i' | 'u' | 'x'
  readonly stamp: string
  readonly sv: number
  readonly p: Readonly<Record<string, SentValue>>
  readonly b: Dot | undefined
  readonly d: Dot | undefined
}
const dot: fc.Arbitrary<Dot> = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 2, max: 7 }))

function changeOf(row: number, mayErase: boolean): fc.Arbitrary<Change> {
  const kind = rowsOfHistory[row]![0]
  const pool = registers[kind] ?? {}
  const p = fc.record(pool, { requiredKeys: [] }) as fc.Arbitrary<Record<string, SentValue>>
  return fc.record({
    row: fc.constant(row),
    op: fc.constantFrom<Change['op'][]>('i', 'i', 'u', 'u', 'u', 'u', 'u', mayErase ? 'x' : 'u'),
    stamp: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 2 })).map(([ms, n]) => stampOf(ms, n)),
    sv: fc.constantFrom(1, 1, 1, 1, 2),
    p,
    b: fc.option(dot, { nil: undefined }),
    d: fc.option(dot, { nil: undefined }),
  })
}

/**
 * What each of two to four writers wrote, in its own order: any bases, any decisions, any stamps, also such as no desk would write.
 *
 * The merge must not depend on the order of arrival for any of them.
 */
export function histories(mayErase: boolean): fc.Arbitrary<ReceivedEntry[][]> {
  const change = fc.integer({ min: 0, max: rowsOfHistory.length - 1 }).chain((row) => changeOf(row, mayErase))
  return fc
    .array(fc.array(change, { maxLength: 6 }), { minLength: 2, maxLength: writerIds.length })
    .map((all) => all.map((changes, writer) => chainOf(writer, changes)))
}

/**
 * Histories as desks write them: the first writer inserts every row, and what is replaced is one of those inserts or a later change of one's own.
 */
export function deskHistories(): fc.Arbitrary<ReceivedEntry[][]> {
  const inserts = rowsOfHistory.map((_, row): Change => ({
    row,
    op: 'i',
    stamp: stampOf(0, row + 1),
    sv: 1,
    p: {},
    b: undefined,
    d: undefined,
  }))
  const changesOf = (writer: number) =>
    fc.array(
      fc.integer({ min: 0, max: rowsOfHistory.length - 1 }).chain((row) =>
        fc.tuple(changeOf(row, false), fc.boolean()).map(([c, replaces]): Change => {
          const toFirst = (writerIds.length - writer) % writerIds.length
          return { ...c, op: 'u', sv: 1, b: replaces ? [toFirst, row + 2] : undefined, d: undefined }
        }),
      ),
      { minLength: 1, maxLength: 5 },
    )
  return fc
    .tuple(...writerIds.map((_, writer) => changesOf(writer)))
    .map((all) => all.map((changes, writer) => chainOf(writer, writer === 0 ? [...inserts, ...changes] : changes)))
}

/** Of the first row: codes of a set are told and taken back, the set itself never. */
export function codesAlone(): ReceivedEntry[] {
  const told = { row: 0, sv: 1, b: undefined, d: undefined }
  return chainOf(0, [
    { ...told, op: 'i', stamp: stampOf(1, 0), p: { 'a_id_docs/birth': 1 } },
    { ...told, op: 'u', stamp: stampOf(2, 0), p: { 'a_id_docs/birth': 0 } },
  ])
}

/** The changes of a writer as its chain, after a declaration of all others; every commitment and hash is right. */
function chainOf(writer: number, changes: readonly Change[]): ReceivedEntry[] {
  const id = writerIds[writer]!
  const others = Object.fromEntries(
    writerIds.map((w, i) => [String((i - writer + writerIds.length) % writerIds.length || 0), w]).filter(([at]) => at !== '0'),
  )
  const told = new Set<number>()
  let hash = chainStart(historyStream, recordOf(writer))
  const entries: ReceivedEntry[] = []
  const add = (k: string, r: string, o: string, stamp: string, sv: number, payload: EntryPayload, secret: string): void => {
    const header = { q: entries.length + 1, t: stamp, a: 'u1', k, r, o, sv }
    const text = payloadText(payload)
    const commitment = payloadCommitment(secret, historyStream, id, header.q, text)
    hash = entryHash(hash, historyStream, id, headerText(header), commitment)
    entries.push({ header, payload, payloadText: text, commitment, hash })
  }
  add('', '', 'w', stampOf(0, 0), 1, { w: others }, noRowSecret)
  for (const c of changes) {
    const [kind, row] = rowsOfHistory[c.row]!
    if (c.op === 'x') {
      add(kind, row, 'x', c.stamp, 1, { x: { c: `EFF-${writer}`, g: 'request' } }, noRowSecret)
      continue
    }
    const secret = secretOf(writer, c.row)
    // an insert of this version is whole; one of a newer version need not be
    const p = c.op === 'i' && c.sv === 1 ? { ...whole[kind], ...fitting(kind, c.p) } : c.p
    const fields = Object.keys(p)
    const decided = c.d && fields.length > 0 ? { d: { [fields[0]!]: [c.d] } } : {}
    const payload: EntryPayload = {
      p,
      ...(c.b ? { b: c.b } : {}),
      ...decided,
      ...(c.op === 'i' || !told.has(c.row) ? { s: secret } : {}),
    }
    told.add(c.row)
    add(kind, row, c.op, c.stamp, c.sv, payload, secret)
  }
  return entries
}

const secretOf = (writer: number, row: number): string => `${writer}${row}`.repeat(16)
const fitting = (kind: JournaledKind, p: Readonly<Record<string, SentValue>>) =>
  Object.fromEntries(Object.entries(p).filter(([f, v]) => !(kind === 'case' && f === 'status' && v === 'frozen')))
