import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { keyringIn, openKeyring } from '#main/centre/crypto/keyring.ts'
import { openDatabase } from '#main/centre/storage/open-database.ts'
import { cheapSecrets } from './fake-ports.ts'
import { testLogin, testPassword, type TestCentre } from './open-test-centre.ts'
import { tempFolder } from './temp-folder.ts'

/**
 * Every row of every table of a desk's database as text, the audit trail and the notes of refused files left out: for "nothing was changed".
 *
 * Reads a copy, so that the desk may stay open; call it between two calls, never during one.
 */
export async function databaseDump(desk: TestCentre): Promise<string> {
  const data = path.join(desk.folder, 'data')
  const ring = keyringIn(readFileSync(path.join(data, 'keyring.json'), 'utf8'))
  if (!ring) throw new Error('keyring')
  const opened = await openKeyring(cheapSecrets, ring, { kind: 'user', login: testLogin, password: testPassword })
  if (!opened.ok) throw new Error('keyring')
  const copy = path.join(tempFolder(), 'copy.db')
  for (const end of ['', '-wal'])
    if (existsSync(path.join(data, `store.db${end}`))) copyFileSync(path.join(data, `store.db${end}`), `${copy}${end}`)
  const db = openDatabase(copy, opened.key)
  try {
    const tables = db
      .prepare<[], { name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('audit') ORDER BY name",
      )
      .all()
    return tables
      .map(
        ({ name }) =>
          `${name}\n${db
            .prepare(`SELECT * FROM "${name}"${name === 'file_log' ? " WHERE outcome = 'done'" : ''}`)
            .all()
            .map((row) => JSON.stringify(row))
            .join('\n')}`,
      )
      .join('\n')
  } finally {
    db.close()
  }
}
