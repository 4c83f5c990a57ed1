import { statSync } from 'node:fs'
import path from 'node:path'
import { rowsToReview } from '#main/centre/storage/review.ts'
import { benchDesk, meet, pass, type BenchDesk } from './bench-desk.ts'
import { dice, tenFields } from './work-load.ts'

export interface BenchRecord {
  readonly id: string
  readonly fields: Readonly<Record<string, string>>
}
/** Times in milliseconds, bytes gzipped. */
export interface Replicated {
  readonly replicate: number
  readonly replicateBytes: number
  readonly converge: number
  readonly convergeBytes: number
  readonly conflicts: number
  readonly isEqual: boolean
}

/** So many people of ten fields, the same for every system. */
export function benchRecords(count: number): BenchRecord[] {
  const roll = dice(3)
  return Array.from({ length: count }, (_, i) => ({ id: `rec-${i.toString(36).padStart(6, '0')}`, fields: tenFields(roll) }))
}

const answers = (fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`a_${name}`, value]))

/** What a desk shows of every person: equal at two desks that have converged. */
async function shown(desk: BenchDesk): Promise<{ readonly rows: string; readonly toReview: number }> {
  return desk.withStore((store) => ({
    rows: JSON.stringify(store.read('SELECT id, status, number, answers FROM case_record ORDER BY id').all()),
    toReview: rowsToReview(store),
  }))
}

/**
 * Two PCs of one centre: all records over a file, then as many edits on both sides of the same people (one field apart, one each of its
 * own), exchanged until both show the same. Databases encrypted; files compressed, signed, sealed, proved and backed up before.
 */
export async function deskReplicates(folder: string, records: readonly BenchRecord[], edited: number): Promise<Replicated> {
  const a = benchDesk(path.join(folder, 'a'), 11)
  const b = benchDesk(path.join(folder, 'b'), 12)
  try {
    for (const desk of [a, b]) await desk.setUp('BUE')
    await meet(a, b)
    await a.withStore((store) =>
      store.write((unit) => {
        for (const { id, fields } of records)
          unit.insert('case', {
            id,
            stream: 'reg:BUE',
            fields: { number: id, status: 'active', registered_on: '2026-11-20', form_version: '1', ...answers(fields) },
          })
        unit.audit({ action: 'bench' })
      }),
    )
    let start = performance.now()
    const replicateBytes = statSync(await pass(a, b)).size
    const replicate = performance.now() - start
    let converge = 0
    for (const [desk, side] of [
      [a, 'A'],
      [b, 'B'],
    ] as const) {
      converge += await desk.withStore((store) => {
        const from = performance.now()
        store.write((unit) => {
          for (const [i, { id }] of records.slice(0, edited).entries()) {
            const own = side === 'A' ? 'a_skills' : 'a_wishes'
            unit.change('case', id, { a_family_name: `Nom${side}${i}`, [own]: `${side} ${i}` })
          }
          unit.audit({ action: 'bench' })
        })
        return performance.now() - from
      })
    }
    start = performance.now()
    const files = [await pass(b, a), await pass(a, b)]
    converge += performance.now() - start
    const [atA, atB] = [await shown(a), await shown(b)]
    return {
      replicate,
      replicateBytes,
      converge,
      convergeBytes: files.reduce((n, f) => n + statSync(f).size, 0),
      conflicts: atA.toReview,
      isEqual: atA.rows === atB.rows && atA.toReview === atB.toReview,
    }
  } finally {
    await a.close()
    await b.close()
  }
}
