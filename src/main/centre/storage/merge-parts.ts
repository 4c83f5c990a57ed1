import { assertInvariant } from '#shared/assert.ts'
import type { MergeBranch, MergeParts } from './merge-row.ts'
import { prepared } from './prepared.ts'
import type { WriteUnit } from './store.ts'
import { partsOf } from './write-unit.ts'

/** What a merge needs of an open unit; ids of writers are looked up once. `took` is told each branch that the merge takes. */
export function mergePartsOf(unit: WriteUnit, took?: (branch: MergeBranch) => void): MergeParts {
  const { db, rows } = partsOf(unit)
  const ids = new Map<number, string>()
  return {
    db,
    rows,
    now: unit.now,
    writerIdOf(number) {
      const known = ids.get(number)
      if (known !== undefined) return known
      const id = prepared<[number], { id: string }>(db, 'SELECT id FROM writer WHERE number = ?').get(number)?.id
      assertInvariant(id !== undefined, 'known writer number')
      ids.set(number, id)
      return id
    },
    ...(took ? { took } : {}),
  }
}
