import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { keyringIn, openKeyring } from '#main/centre/crypto/keyring.ts'
import { openDatabase, type RawDatabase } from '#main/centre/storage/open-database.ts'
import { cheapSecrets } from './fake-ports.ts'
import { testLogin, testPassword, type TestCentre } from './open-test-centre.ts'
import { tempFolder } from './temp-folder.ts'

const leftOut: Readonly<Record<string, string>> = {
  file_log: " WHERE outcome = 'done'",
  setting: " WHERE key <> 'audit.head'",
}

/** The key of a desk's database, by its test password. */
export async function databaseKeyOf(desk: Pick<TestCentre, 'folder'>): Promise<Uint8Array> {
  const ring = keyringIn(readFileSync(path.join(desk.folder, 'data/keyring.json'), 'utf8'))
  if (!ring) throw new Error('keyring')
  const opened = await openKeyring(cheapSecrets, ring, { kind: 'user', login: testLogin, password: testPassword })
  if (!opened.ok) throw new Error('keyring')
  return opened.key
}

/** A desk's database, opened from a copy, so that the desk may stay open; call it between two calls, never during one. The caller closes it. */
export async function openDatabaseCopy(desk: Pick<TestCentre, 'folder'>): Promise<RawDatabase> {
  const data = path.join(desk.folder, 'data')
  const key = await databaseKeyOf(desk)
  const copy = path.join(tempFolder(), 'copy.db')
  for (const end of ['', '-wal'])
    if (existsSync(path.join(data, `store.db${end}`))) copyFileSync(path.join(data, `store.db${end}`), `${copy}${end}`)
  return openDatabase(copy, key)
}

/** A locked desk's own database, to be changed under it. */
export async function openRealDatabase(desk: Pick<TestCentre, 'folder'>): Promise<{ db: RawDatabase; close: () => void }> {
  const db = openDatabase(path.join(desk.folder, 'data/store.db'), await databaseKeyOf(desk))
  return { db, close: () => db.close() }
}

/** Every row of every table of a desk's database as text, the audit trail and the notes of refused files left out: for "nothing was changed". */
export async function databaseDump(desk: Pick<TestCentre, 'folder'>): Promise<string> {
  const db = await openDatabaseCopy(desk)
  try {
    return canonicalDump(db)
  } finally {
    db.close()
  }
}

/** As `databaseDump`, of an open database. */
export function canonicalDump(db: RawDatabase): string {
  const tables = db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'audit' ORDER BY name")
    .all()
  const rowsOf = (name: string) => db.prepare(`SELECT * FROM "${name}"${leftOut[name] ?? ''}`).all()
  return tables.map(({ name }) => [name, ...rowsOf(name).map((row) => JSON.stringify(row))].join('\n')).join('\n')
}
