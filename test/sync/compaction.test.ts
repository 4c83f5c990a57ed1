import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEntries, type ReceivedEntry } from '#main/centre/storage/apply-entries.ts'
import { chooseCut } from '#main/centre/storage/choose-cut.ts'
import { compact } from '#main/centre/storage/compact.ts'
import { openValues } from '#main/centre/storage/review.ts'
import { clockOf } from '#main/centre/storage/row-registers.ts'
import { rebuildRow } from '#main/centre/storage/rebuild-row.ts'
import { mergePartsOf } from '#main/centre/storage/merge-parts.ts'
import type { Store, WriteUnit } from '#main/centre/storage/store.ts'
import { partsOf } from '#main/centre/storage/write-unit.ts'
import { tempStore } from '#test/support/temp-store.ts'
import { deskHistories, histories, historyStream, recordOf, rowsOfHistory, writerIds } from './merge-history.ts'

/** Rows and open values, without the numbers that a desk gives by itself. */
function shownState(unit: WriteUnit): unknown {
  const { db, rows } = partsOf(unit)
  const name = (number: number) => unit.read<{ id: string }>('SELECT id FROM writer WHERE number = ?').get(number)?.id
  return rowsOfHistory.map(([kind, id]) => {
    const row = rows.load(kind, id)
    const registers = row && [...new Set([...Object.keys(row.registers), ...Object.keys(row.clocks)])].filter((r) => r !== '*')
    return {
      stream: row?.stream,
      registers: registers?.toSorted().flatMap((r) => {
        const clock = clockOf(row!.clocks, row!.registers, r)
        const value = row!.registers[r] ?? (r.includes('/') ? 0 : null)
        return clock ? [[r, value, name(clock[0]), clock[1], clock[2]]] : []
      }),
      open: openValues(db, kind, id)
        .map((v) => JSON.stringify({ ...v, writer: name(v.writer) }))
        .toSorted(),
    }
  })
}

function receive(
  unit: WriteUnit,
  chains: readonly (readonly ReceivedEntry[])[],
  from: readonly number[],
  to: readonly number[],
): void {
  const apply = applyEntries(unit)
  for (const [writer, all] of chains.entries()) {
    const entries = all.slice(from[writer], to[writer])
    const last = entries.at(-1)
    if (!last) continue
    const writerId = writerIds[writer]!
    const chain = apply.chain(historyStream, writerId, writerId, recordOf(writer))
    apply.take({ chain, entries }, () => undefined)
    apply.signed(chain, { seq: last.header.q, hash: last.hash, at: 1, sig: '' })
  }
  apply.finish()
}

/** What `work` sees at its end; nothing of it is kept. */
function within<T>(store: Store, work: (unit: WriteUnit) => T): T {
  let seen: T | undefined
  const enough = new Error('enough')
  try {
    store.write((unit) => {
      seen = work(unit)
      throw enough
    })
  } catch (error) {
    if (error !== enough) throw error
  }
  return seen as T
}

const late = 'zzzzzzzzz-zz'

describe('compaction', { timeout: 300_000 }, () => {
  it('I1 I5 rows, open values and later merges are the same with and without it, and a row can be made again', () => {
    const { store } = tempStore()
    let left = 0
    let mixed = 0
    fc.assert(
      fc.property(
        fc.oneof(deskHistories(), deskHistories(), histories(true)),
        fc.array(fc.integer({ min: 3, max: 9 }), { minLength: 4, maxLength: 4 }),
        fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 4, maxLength: 4 }),
        (chains, first, wanted) => {
          const start = chains.map(() => 0)
          const half = chains.map((c, i) => Math.min(c.length, first[i]!))
          const end = chains.map((c) => c.length)
          const never = within(store, (unit) => {
            receive(unit, chains, start, half)
            receive(unit, chains, half, end)
            return shownState(unit)
          })
          const compacted = within(store, (unit) => {
            const { db } = partsOf(unit)
            receive(unit, chains, start, half)
            const before = shownState(unit)
            const cut = chooseCut(db, (c) => wanted[c.number % 4]!, late)
            const gone = compact(unit, cut)
            left += gone
            expect(shownState(unit)).toEqual(before)
            for (const [kind, id] of rowsOfHistory)
              if (partsOf(unit).rows.load(kind, id)) rebuildRow(mergePartsOf(unit), kind, id)
            expect(shownState(unit)).toEqual(before)
            receive(unit, chains, half, end)
            const again = shownState(unit)
            for (const [kind, id] of rowsOfHistory)
              if (partsOf(unit).rows.load(kind, id)) rebuildRow(mergePartsOf(unit), kind, id)
            expect(shownState(unit)).toEqual(again)
            if (
              gone > 0 &&
              unit.read("SELECT 1 FROM row_base b JOIN journal j ON j.row = b.row AND j.kind = b.kind AND j.op = 'u'").get()
            )
              mixed += 1
            return again
          })
          expect(compacted).toEqual(never)
        },
      ),
      { numRuns: 400 },
    )
    expect(left).toBeGreaterThan(100)
    expect(mixed).toBeGreaterThan(10)
  })
})
