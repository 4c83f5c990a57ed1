import { readdirSync, readlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { tempStore } from '#test/support/temp-store.ts'

/** Files that SQLite put outside the database: open ones (on Unix they have no name any more), or lying in the temporary folder. */
function temporaryFiles(): readonly string[] {
  const ofSqlite = (name: string) => name.includes('etilqs_')
  try {
    return readdirSync('/proc/self/fd')
      .map((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`)
        } catch {
          return ''
        }
      })
      .filter(ofSqlite)
  } catch {
    return readdirSync(tmpdir()).filter(ofSqlite)
  }
}

const manyRows = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)'

describe('temporary data', () => {
  it('S36 H28 a sort, a temporary table and a statement of many rows put no file outside the database', () => {
    const { db } = tempStore()
    const before = temporaryFiles()
    const sorted = db.prepare(`${manyRows} SELECT i, printf('Zx9RESTEICI %0200d', i) AS name FROM n ORDER BY name DESC`).iterate()
    expect(sorted.next().done).toBe(false)
    expect(temporaryFiles()).toEqual(before)
    sorted.return?.()
    db.exec(`CREATE TEMP TABLE aside AS ${manyRows} SELECT i, printf('Zx9RESTEICI %0200d', i) AS name FROM n`)
    db.exec('BEGIN; UPDATE aside SET name = upper(name); CREATE INDEX temp.aside_name ON aside (name)')
    expect(temporaryFiles()).toEqual(before)
    db.exec('ROLLBACK')
  })
})
