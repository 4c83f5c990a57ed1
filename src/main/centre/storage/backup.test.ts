import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { diskFiles } from '#main/platform/disk-files.ts'
import { Refusal } from '#shared/result.ts'
import { fakePorts, repositoryShipped } from '#test/support/fake-ports.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { tempStore } from '#test/support/temp-store.ts'
import { makeBackup } from './backup.ts'
import { migrate, shippedMigrations } from './migrate.ts'
import { createDatabase, openDatabase } from './open-database.ts'

const keyring = new TextEncoder().encode('a keyring')
const vault = new TextEncoder().encode('a vault')
const november = Date.UTC(2026, 10, 24, 8)

function storeWithFiles() {
  const files = diskFiles(tempFolder())
  const store = tempStore({ ports: fakePorts(files) })
  const names = () => files.list('backups').toSorted()
  const databases = () => names().filter((f) => f.endsWith('.db'))
  const backUp = (reason: 'import' | 'migration' = 'import', now = november) =>
    makeBackup(store.db, files, { reason, keyring, vault, now })
  return { ...store, files, names, databases, backUp }
}

describe('backup', () => {
  it('is a whole database that opens with the same key, with its keyring beside it', () => {
    const { files, key, db, backUp } = storeWithFiles()
    const id = backUp()
    expect(id).toBe('000001-20261124-import')
    const name = `backups/${id}.db`
    const copy = openDatabase(files.dataPath(name), key)
    expect(copy.prepare('SELECT * FROM audit').all()).toEqual(db.prepare('SELECT * FROM audit').all())
    copy.close()
    expect(files.read(name.replace('.db', '.keyring.json'))).toEqual(keyring)
    expect(files.read(name.replace('.db', '.vault'))).toEqual(vault)
  })

  it('keeps the newest three of each reason by number, whatever the clock says', () => {
    const { databases, names, backUp } = storeWithFiles()
    backUp('migration')
    backUp()
    // a dead battery: the clock starts in 1980, later in 2099
    for (const year of [1980, 1980, 2099, 1980]) backUp('import', Date.UTC(year, 0, 1))
    expect(databases()).toEqual([
      '000001-20261124-migration.db',
      '000004-19800101-import.db',
      '000005-20990101-import.db',
      '000006-19800101-import.db',
    ])
    expect(names()).toHaveLength(12)
  })

  it('a copy that cannot be read back is refused, and no older one goes for it', () => {
    const { databases, names, files, db, backUp } = storeWithFiles()
    for (let i = 0; i < 3; i += 1) backUp()
    const before = names()
    const { prepare } = db
    for (const spoil of [
      (file: string) => truncateSync(file, 8192),
      (file: string) => truncateSync(file, 0),
      (file: string) => {
        const bytes = readFileSync(file)
        bytes[9000] = bytes[9000]! ^ 1
        writeFileSync(file, bytes)
      },
    ]) {
      const spy = vi.spyOn(db, 'prepare').mockImplementation((sql: string) => {
        if (sql.startsWith('ATTACH')) spoil(files.dataPath('backups/000004-20261124-import.db.part'))
        return prepare.call(db, sql)
      })
      expect(backUp).toThrow(new Refusal('disk-failing'))
      spy.mockRestore()
      expect(names()).toEqual(before)
    }
    expect(db.prepare('PRAGMA database_list').all()).toHaveLength(1)
    backUp()
    expect(databases()).toHaveLength(3)
  })

  it('a disk that is full leaves nothing behind and takes nothing away', () => {
    const { names, files, backUp } = storeWithFiles()
    for (let i = 0; i < 3; i += 1) backUp()
    const before = names()
    vi.spyOn(files, 'rename').mockImplementationOnce(() => {
      throw new Refusal('disk-full')
    })
    expect(backUp).toThrow(new Refusal('disk-full'))
    expect(names()).toEqual(before)
  })

  it('an old copy that cannot be removed does not undo the new one', () => {
    const { databases, files, backUp } = storeWithFiles()
    for (let i = 0; i < 3; i += 1) backUp()
    const remove = vi.spyOn(files, 'remove').mockImplementation((name) => {
      if (name.startsWith('backups/000001')) throw new Refusal('store-read-only')
    })
    expect(backUp()).toBe('000004-20261124-import')
    remove.mockRestore()
    expect(databases()).toHaveLength(4)
  })
})

describe('a database that is refused', () => {
  const ours = shippedMigrations(repositoryShipped)
  it('is not touched by a single byte: newer, edited, without a list of migrations', () => {
    const folder = tempFolder()
    const key = new Uint8Array(32).fill(3)
    const more = { name: '99990101000000_more', sql: 'CREATE TABLE more (x INTEGER) STRICT;' }
    const makers: Readonly<Record<string, (file: string) => void>> = {
      'database-newer': (file) => {
        const db = createDatabase(file, key)
        migrate(db, [...ours, more], () => undefined)
        db.close()
      },
      'database-altered': (file) => {
        const db = createDatabase(file, key)
        migrate(db, ours, () => undefined)
        db.exec("UPDATE schema_migration SET hash = 'edited' WHERE position = 1")
        db.close()
      },
      'database-altered without a list': (file) => {
        const db = createDatabase(file, key)
        db.exec('CREATE TABLE something_else (x INTEGER)')
        db.close()
      },
    }
    for (const [expected, make] of Object.entries(makers)) {
      const file = path.join(folder, `${expected}.db`)
      make(file)
      const before = readFileSync(file)
      const db = openDatabase(file, key)
      const touched = vi.fn()
      expect(() => migrate(db, ours, touched)).toThrow(expected.split(' ')[0])
      db.close()
      expect(touched).not.toHaveBeenCalled()
      expect(readFileSync(file).equals(before)).toBe(true)
      expect(readdirSync(folder).filter((f) => f.startsWith(`${expected}.db-`))).toEqual([])
    }
  })

  it('is refused when it is empty, which any key would open', () => {
    const file = path.join(tempFolder(), 'empty.db')
    writeFileSync(file, '')
    expect(() => openDatabase(file, new Uint8Array(32))).toThrow('database-damaged')
    expect(readFileSync(file)).toHaveLength(0)
  })
})
