import { truncateSync, openSync, writeSync, closeSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { Refusal } from '#shared/result.ts'
import { repositoryShipped, seededRandom } from '#test/support/fake-ports.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { tempStore } from '#test/support/temp-store.ts'
import { migrate, shippedMigrations, type Migration } from './migrate.ts'
import { createDatabase, openDatabase } from './open-database.ts'

const refusal = (work: () => unknown): unknown => {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof Refusal ? error.code : error
  }
}
const ours = shippedMigrations(repositoryShipped)
const more: Migration = { name: '99990101000000_more', sql: 'CREATE TABLE more (x INTEGER) STRICT;' }

describe('migrate', () => {
  it('does nothing the second time, and backs up before a change to a database with data', () => {
    const { db } = tempStore()
    let backups = 0
    const count = () => (backups += 1)
    expect(migrate(db, ours, count)).toEqual({ from: ours.length, to: ours.length })
    expect(backups).toBe(0)
    expect(migrate(db, [...ours, more], count)).toEqual({ from: ours.length, to: ours.length + 1 })
    expect(backups).toBe(1)
  })

  it('refuses a database of a newer version, and one whose released migration was edited or left out', () => {
    const { db } = tempStore()
    migrate(db, [...ours, more], () => undefined)
    expect(refusal(() => migrate(db, ours, () => undefined))).toBe('database-newer')
    const edited = [...ours, { ...more, sql: `${more.sql} --` }]
    expect(refusal(() => migrate(db, edited, () => undefined))).toBe('database-altered')
    expect(refusal(() => migrate(db, [...ours.slice(1), more, ours[0]!], () => undefined))).toBe('database-altered')
  })

  it('leaves the old schema when a migration fails half way', () => {
    const { db } = tempStore()
    const before = db.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all()
    const broken = { name: '99990101000000_broken', sql: 'CREATE TABLE half (x INTEGER); INSERT INTO nowhere VALUES (1);' }
    expect(() => migrate(db, [...ours, broken], () => undefined)).toThrow(/nowhere/)
    expect(db.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all()).toEqual(before)
  })
})

describe('open database', () => {
  it('S43 refuses a second process on the same file', () => {
    const { file, key } = tempStore()
    expect(refusal(() => openDatabase(file, key))).toBe('database-busy')
  })

  it('tells a damaged page from a good one: no garbage rows after a flipped byte', () => {
    const { db, file, key, store } = tempStore()
    for (let i = 0; i < 50; i += 1) {
      store.write((unit) => {
        unit.insert('case', { stream: 'reg:MOR', fields: { a_family_name: `Nom ${i}` } })
        unit.audit({ action: 'x' })
      })
    }
    const root = Number(db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'case_record'").pluck().get())
    db.close()
    const handle = openSync(file, 'r+')
    writeSync(handle, Buffer.from([0xff, 0x00, 0xff]), 0, 3, (root - 1) * 4096 + 100)
    closeSync(handle)
    const read = () => {
      const again = openDatabase(file, key)
      try {
        return again.prepare('SELECT * FROM case_record').all()
      } finally {
        again.close()
      }
    }
    expect(read).toThrow()
  })

  it('names damage as damage: a cut file and a wrong key after the slot opened', () => {
    const { db, file, key } = tempStore()
    db.close()
    expect(refusal(() => openDatabase(file, seededRandom(99).bytes(32)))).toBe('database-damaged')
    truncateSync(file, 5000)
    expect(refusal(() => openDatabase(file, key).prepare('SELECT count(*) FROM case_record').get())).not.toBeUndefined()
  })

  it('keeps temporary data in memory and pages authenticated', () => {
    const db = createDatabase(path.join(tempFolder(), 'x.db'), seededRandom(5).bytes(32))
    const value = (name: string) => db.pragma(name, { simple: true })
    expect({
      temp: value('temp_store'),
      mmap: value('mmap_size'),
      sync: value('synchronous'),
      fk: value('foreign_keys'),
      wal: value('journal_mode'),
    }).toEqual({
      temp: 2,
      mmap: 0,
      sync: 2,
      fk: 1,
      wal: 'wal',
    })
    expect(value('secure_delete')).toBe(1)
    expect(value('cipher')).toBe('sqlcipher')
    db.close()
  })
})
