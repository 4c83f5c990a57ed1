import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tempStore } from '#test/support/temp-store.ts'
import type { RawDatabase } from './open-database.ts'
import { bufferedRows } from './row-buffer.ts'
import { rowWriter, type RowWriter } from './row-writer.ts'

const words = { ofService: () => '' }
const ids = ['aa', 'ab', 'ac', 'ad', 'ae', 'af']

type Step = { readonly do: 'put'; readonly id: string; readonly name: string } | { readonly do: 'remove'; readonly id: string }
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      id: fc.constantFrom(...ids),
      name: fc.constantFrom('Abba', 'Bintou', 'Zara'),
    }),
  },
  fc.record({ do: fc.constant('remove' as const), id: fc.constantFrom(...ids) }),
)

/** Makes the steps; returns what each row looked like before its step. */
function play(rows: RowWriter, steps: readonly Step[]): unknown[] {
  return steps.map((s, i) => {
    const before = rows.load('case', s.id)
    if (s.do === 'remove') rows.remove('case', s.id)
    else {
      const registers = { number: `N-${s.id}`, status: 'active', a_family_name: s.name }
      rows.save('case', s.id, { stream: 'reg:MOR', registers, clocks: { '*': [1, i, '000000000-00'] } }, i, !before)
    }
    return before
  })
}

const tables = (db: RawDatabase) => ({
  rows: db.prepare('SELECT id, clk, updated_at, answers, search_name FROM case_record ORDER BY id').all(),
  found: ['abba', 'bintou', 'zara', 'n'].map((text) =>
    db
      .prepare('SELECT id FROM case_record WHERE n IN (SELECT rowid FROM case_search WHERE case_search MATCH ?) ORDER BY id')
      .all(`${text}*`),
  ),
  lines: db.prepare('SELECT count(*) AS n FROM case_search').get(),
})

describe('rows that are written later', () => {
  test('I5 tables and search index hold the same as if each row had been written at once, however few are held', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        (first, then, most) => {
          const at = [tempStore(), tempStore()] as const
          const direct = rowWriter(at[0].db, words)
          const buffer = bufferedRows(rowWriter(at[1].db, words), most)
          play(rowWriter(at[0].db, words), first)
          play(rowWriter(at[1].db, words), first)
          expect(play(buffer, then)).toEqual(play(direct, then))
          buffer.flush()
          expect(tables(at[1].db)).toEqual(tables(at[0].db))
          for (const { db } of at) db.close()
        },
      ),
      { numRuns: 25 },
    )
  })
})
