import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { expect } from 'vitest'
import { keyringIn, openKeyring } from '#main/centre/crypto/keyring.ts'
import { openDatabase } from '#main/centre/storage/open-database.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { cheapSecrets } from '#test/support/fake-ports.ts'
import {
  acceptUndertaking,
  openTestCentre,
  testLogin,
  testPassword,
  type TestCentre,
  type TestCentreOptions,
} from '#test/support/open-test-centre.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

const keeps =
  /^(?:keyring(?:\.copy)?\.json|preferences\.json|attempts\.json|outside-folder\.json|outside-copies\.json|store\.db|vault\.db|desk\.lock|backups\/\d{6}-\d{8}-\w+\.(?:db|vault|keyring\.json))$/
const whileOpen = /^store\.db-(?:wal|shm|journal)$/

/** Names of all files in a desk's data folder. */
export function dataFiles(folder: string): readonly string[] {
  const data = path.join(folder, 'data')
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .map((f) => path.relative(data, path.join(f.parentPath, f.name)).replaceAll('\\', '/'))
    .toSorted()
}

/** The content of a desk's database as a dead process left it; fails unless SQLite finds it whole. */
export async function wholeDump(folder: string): Promise<string> {
  await auditActions(folder)
  return databaseDump({ folder })
}

/** What the audit trail says that was done, in order; fails unless SQLite finds the database whole. */
export async function auditActions(folder: string): Promise<readonly string[]> {
  const data = path.join(folder, 'data')
  const key = await keyIn(path.join(data, 'keyring.json'))
  const copy = path.join(tempFolder(), 'whole.db')
  for (const end of ['', '-wal'])
    if (existsSync(path.join(data, `store.db${end}`))) copyFileSync(path.join(data, `store.db${end}`), `${copy}${end}`)
  const db = openDatabase(copy, key)
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
    const lines = db.prepare<[], { line: string }>('SELECT line FROM audit ORDER BY seq').all()
    return lines.map(({ line }) => (JSON.parse(line) as { action: string }).action)
  } finally {
    db.close()
  }
}

async function keyIn(keyring: string): Promise<Uint8Array> {
  const ring = keyringIn(readFileSync(keyring, 'utf8'))
  if (!ring) throw new Error(`${keyring} is not whole`)
  const opened = await openKeyring(cheapSecrets, ring, { kind: 'user', login: testLogin, password: testPassword })
  if (!opened.ok) throw new Error(`${keyring} does not open: ${opened.why}`)
  return opened.key
}

const backupsSeen = new Map<string, string>()

/** The content of every backup, by name, put back as a desk's database with the keyring beside it; fails unless each is whole. */
export async function backupDumps(folder: string): Promise<Readonly<Record<string, string>>> {
  const backups = path.join(folder, 'data/backups')
  const found: Record<string, string> = {}
  for (const name of existsSync(backups) ? readdirSync(backups) : []) {
    if (!name.endsWith('.db')) continue
    const key = createHash('sha256').update(readFileSync(path.join(backups, name)))
    const kind = key.update(readFileSync(path.join(backups, name.replace(/\.db$/, '.keyring.json')))).digest('hex')
    const seen = backupsSeen.get(kind)
    if (seen !== undefined) {
      found[name] = seen
      continue
    }
    const desk = tempFolder()
    mkdirSync(path.join(desk, 'data'))
    copyFileSync(path.join(backups, name), path.join(desk, 'data/store.db'))
    copyFileSync(path.join(backups, name.replace(/\.db$/, '.keyring.json')), path.join(desk, 'data/keyring.json'))
    found[name] = await wholeDump(desk)
    backupsSeen.set(kind, found[name])
  }
  return found
}

/** Starts the program over what a dead process left, signs in, and fails unless the audit verifies and nothing is left lying about. */
export async function startAgain(
  folder: string,
  options: Partial<TestCentreOptions> & { readonly password?: string } = {},
): Promise<TestCentre> {
  const desk = await openTestCentre({ seed: 5000, ...options, folder, setup: 'none' })
  expect((await desk.get('security.status', {})).phase).toBe('locked')
  await desk.get('security.unlock', { login: testLogin, password: options.password ?? testPassword })
  await acceptUndertaking(desk)
  expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
  expectTidy(folder)
  return desk
}

/** Fails unless the data folder holds only what belongs there: no temporary file, no keyring of a backup that was never made. */
export function expectTidy(folder: string): void {
  const names = dataFiles(folder)
  expect(names.filter((name) => !keeps.test(name) && !whileOpen.test(name))).toEqual([])
  const backups = (end: string) =>
    names.filter((n) => n.startsWith('backups/') && n.endsWith(end)).map((n) => n.slice(0, -end.length))
  expect(backups('.keyring.json')).toEqual(backups('.db'))
}

/** `before` and the state after each whole unit; fails unless they differ, so that "before or after" says something. */
export function distinct(...states: readonly string[]): readonly string[] {
  expect(new Set(states).size).toBe(states.length)
  return states
}

/** Closes a desk; its folder can be copied then. */
export async function closed(desk: TestCentre): Promise<{ readonly folder: string }> {
  await desk.centre.close()
  return { folder: desk.folder }
}
