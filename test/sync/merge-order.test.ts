import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headerText } from '#shared/sync/entry.ts'
import { applyEntries, type ReceivedEntry } from '#main/centre/storage/apply-entries.ts'
import { secretFor } from '#main/centre/storage/branches.ts'
import { findChain, findWriter } from '#main/centre/storage/chains.ts'
import { chainStart, entryHash, noRowSecret, payloadCommitment } from '#main/centre/storage/journal.ts'
import { mergeBranches, type MergeBranch } from '#main/centre/storage/merge-row.ts'
import { openValues } from '#main/centre/storage/review.ts'
import { clockOf } from '#main/centre/storage/row-registers.ts'
import { rebuildRow } from '#main/centre/storage/rebuild-row.ts'
import type { Store, WriteUnit } from '#main/centre/storage/store.ts'
import { partsOf } from '#main/centre/storage/write-unit.ts'
import { tempStore } from '#test/support/temp-store.ts'
import { codesAlone, histories, historyStream, recordOf, rowsOfHistory, writerIds } from './merge-history.ts'

/** A run of entries of one writer; a new file begins before it. */
interface Piece {
  readonly writer: number
  readonly entries: readonly ReceivedEntry[]
  readonly newFile: boolean
}

/** One way for the chains to arrive: cut anywhere, mixed anyhow, each in its own order. */
function arrival(chains: readonly (readonly ReceivedEntry[])[], chance: () => number): Piece[] {
  const at = chains.map(() => 0)
  const pieces: Piece[] = []
  for (;;) {
    const open = chains.flatMap((c, i) => (at[i]! < c.length ? [i] : []))
    if (open.length === 0) return pieces
    const writer = open[chance() % open.length]!
    const from = at[writer]!
    at[writer] = Math.min(chains[writer]!.length, from + 1 + (chance() % 4))
    pieces.push({ writer, entries: chains[writer]!.slice(from, at[writer]), newFile: chance() % 2 === 0 })
  }
}

function receive(unit: WriteUnit, pieces: readonly Piece[], took?: (branch: MergeBranch) => void): void {
  let apply = applyEntries(unit, took)
  for (const { writer, entries, newFile } of pieces) {
    if (newFile) {
      apply.finish()
      apply = applyEntries(unit, took)
    }
    const writerId = writerIds[writer]!
    apply.take({ chain: apply.chain(historyStream, writerId, writerId, recordOf(writer)), entries }, () => undefined)
  }
  apply.finish()
}

/** Everything that must be equal at every desk, without the numbers that a desk gives by itself. */
function canonical(unit: WriteUnit): unknown {
  const { db, rows } = partsOf(unit)
  const name = (number: number) => unit.read<{ id: string }>('SELECT id FROM writer WHERE number = ?').get(number)?.id
  const shown = rowsOfHistory.map(([kind, id]) => {
    const row = rows.load(kind, id)
    const registers =
      row && [...new Set([...Object.keys(row.registers), ...Object.keys(row.clocks)])].filter((r) => r !== '*').toSorted()
    return {
      stream: row?.stream,
      // what was never set has no clock; a code that is not chosen is kept as absent
      registers: registers?.flatMap((r) => {
        const clock = clockOf(row!.clocks, row!.registers, r)
        const value = row!.registers[r] ?? (r.includes('/') ? 0 : null)
        return clock ? [[r, value, name(clock[0]), clock[1], clock[2]]] : []
      }),
      page: unit.read<{ answers: string }>('SELECT answers FROM case_record WHERE id = ?').get(id)?.answers,
      open: openValues(db, kind, id)
        .map((v) => JSON.stringify({ ...v, writer: name(v.writer) }))
        .toSorted(),
    }
  })
  const kept = unit
    .read(
      `SELECT w.id, j.seq, j.payload, j.commitment FROM journal j JOIN chain c ON c.number = j.chain JOIN writer w ON w.number = c.writer
       ORDER BY w.id, j.seq`,
    )
    .all()
  const secrets = unit
    .read('SELECT s.row, w.id FROM row_secret s JOIN writer w ON w.number = s.writer ORDER BY s.row, w.id')
    .all()
  return { shown, kept, secrets, erased: unit.read('SELECT row, kind, stream FROM erased ORDER BY row').all() }
}

/** What a desk holds after such an arrival; nothing of it is kept. */
function afterwards(store: Store, work: (unit: WriteUnit) => void): unknown {
  let seen: unknown
  const enough = new Error('enough')
  try {
    store.write((unit) => {
      work(unit)
      seen = canonical(unit)
      throw enough
    })
  } catch (error) {
    if (error !== enough) throw error
  }
  return seen
}

/** Every chain that is held proves itself from what is held of it. */
function assertChains(unit: WriteUnit): void {
  for (const [n, writerId] of writerIds.entries()) {
    const writer = findWriter(unit, writerId)
    const chain = writer && findChain(unit, historyStream, writer.number)
    if (!chain) continue
    let hash = chainStart(historyStream, recordOf(n))
    const lines = unit
      .read<{
        seq: number
        stamp: string
        actor: string
        kind: string
        row: string
        op: string
        sv: number
        payload: string | null
        commitment: string | null
      }>('SELECT * FROM journal WHERE chain = ? ORDER BY seq')
      .all(chain.number)
    for (const l of lines) {
      const secret = l.op === 'w' || l.op === 'x' ? noRowSecret : secretFor(unit, l.kind, l.row, writer.number)
      const commitment =
        l.payload === null ? l.commitment : payloadCommitment(secret ?? 'gone', historyStream, writerId, l.seq, l.payload)
      const header = headerText({ q: l.seq, t: l.stamp, a: l.actor, k: l.kind, r: l.row, o: l.op, sv: l.sv })
      hash = entryHash(hash, historyStream, writerId, header, commitment ?? '')
    }
    expect([writerId, chain.seq, hash]).toEqual([writerId, lines.length, chain.hash])
  }
}

const chances = fc.infiniteStream(fc.nat())
const drawn = (stream: IterableIterator<number>) => () => stream.next().value ?? 0

describe('merge of real rows', { timeout: 300_000 }, () => {
  it('I1 I5 the same entries give the same rows, open values and journal, however they arrive', () => {
    const { store } = tempStore()
    const reached = new Set<MergeBranch>()
    fc.assert(
      fc.property(histories(false), chances, chances, (chains, one, other) => {
        const first = afterwards(store, (unit) => receive(unit, arrival(chains, drawn(one)), (b) => reached.add(b)))
        const second = afterwards(store, (unit) => receive(unit, arrival(chains, drawn(other))))
        expect(second).toEqual(first)
      }),
      { numRuns: 300 },
    )
    expect([...reached].toSorted()).toEqual([...mergeBranches].toSorted())
  })

  it('I1 I5 an erasure erases whatever came before it and whatever comes after', () => {
    const { store } = tempStore()
    fc.assert(
      fc.property(histories(true), chances, chances, (chains, one, other) => {
        const first = afterwards(store, (unit) => {
          receive(unit, arrival(chains, drawn(one)))
          assertChains(unit)
        })
        const second = afterwards(store, (unit) => {
          receive(unit, arrival(chains, drawn(other)))
          assertChains(unit)
        })
        expect(second).toEqual(first)
      }),
      { numRuns: 150 },
    )
  })

  it('I1 a set that nobody answered, of which codes were told and taken back, is empty whether a file ends in between or not', () => {
    const { store } = tempStore()
    const [declared, insert, change] = codesAlone()
    const piece = (newFile: boolean, ...entries: (ReceivedEntry | undefined)[]): Piece => ({
      writer: 0,
      entries: entries.filter((e) => e !== undefined),
      newFile,
    })
    const once = afterwards(store, (unit) => receive(unit, [piece(false, declared, insert, change)]))
    const apart = afterwards(store, (unit) => receive(unit, [piece(false, declared, insert), piece(true, change)]))
    expect(apart).toEqual(once)
    expect(once).toMatchObject({ shown: [{ page: '{}' }, {}, {}] })
  })

  it('I4 merging again what is held changes nothing: a row made anew from the journal is the row', () => {
    const { store } = tempStore()
    fc.assert(
      fc.property(histories(true), chances, (chains, one) => {
        const order = arrival(chains, drawn(one))
        const once = afterwards(store, (unit) => receive(unit, order))
        const again = afterwards(store, (unit) => {
          receive(unit, order)
          const { db, rows } = partsOf(unit)
          const writerIdOf = (n: number) => unit.read<{ id: string }>('SELECT id FROM writer WHERE number = ?').get(n)?.id ?? ''
          for (const [kind, id] of rowsOfHistory) rebuildRow({ db, rows, now: unit.now, writerIdOf }, kind, id)
        })
        expect(again).toEqual(once)
      }),
      { numRuns: 150 },
    )
  })
})
