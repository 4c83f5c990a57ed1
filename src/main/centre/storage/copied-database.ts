import { hexToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { roles, type Role } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import type { Site } from '#shared/security/site.ts'
import { vaultKeySetting } from './furnish-database.ts'
import { refuseUnknown, type Migration } from './migrate.ts'
import { closeWhole, openDatabase, refusalOf, type RawDatabase } from './open-database.ts'
import { keepSetting } from './settings.ts'
import { storedJson } from './stored-json.ts'

/** Set in a copy that was made ready to be a desk: who did it and what it reached; gone at the first sign-in, which renews the writer. */
export const restoreDue = 'restore.due'

/** What a copied database says of itself. */
export interface CopiedDatabase {
  readonly site: Site
  /** When its newest event was written, milliseconds since 1970 by the clock of then. */
  readonly until: number
  readonly cases: number
  /** Of the outer layer of its vault. */
  readonly vaultKey: Uint8Array
}

type Schema = 'main' | 'copied'

const setting = (db: RawDatabase, schema: Schema, key: string) =>
  db.prepare<[string], { value: string }>(`SELECT value FROM ${schema}.setting WHERE key = ?`).get(key)?.value

function seen(db: RawDatabase, schema: Schema, migrations: readonly Migration[]): CopiedDatabase {
  refuseUnknown(db, migrations, schema)
  if (db.pragma(`${schema}.quick_check`, { simple: true }) !== 'ok') throw new Refusal('copy-damaged')
  const site = setting(db, schema, 'site')
  const vaultKey = setting(db, schema, vaultKeySetting)
  const last = db.prepare<[], { line: string }>(`SELECT line FROM ${schema}.audit ORDER BY seq DESC LIMIT 1`).get()
  const cases = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${schema}.case_record`).get()?.n ?? 0
  if (site === undefined || vaultKey === undefined || !last) throw new Refusal('copy-damaged')
  return {
    site: storedJson<Site>(site),
    until: storedJson<{ at: number }>(last.line).at,
    cases,
    vaultKey: hexToBytes(vaultKey),
  }
}

/** Faults of the copy, not of the PC. */
function asCopy<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const refusal = refusalOf(error)
    const isCopys = refusal instanceof Refusal && ['database-damaged', 'database-altered'].includes(refusal.code)
    throw isCopys ? new Refusal('copy-damaged') : refusal
  }
}

/**
 * Reads every page of a copy of this very database, which opens with its key. `path` is absolute.
 *
 * Throws Refusal copy-damaged, database-newer.
 */
export function readAttached(db: RawDatabase, path: string, migrations: readonly Migration[]): CopiedDatabase {
  return asCopy(() => {
    db.prepare('ATTACH ? AS copied').run(path)
    try {
      return seen(db, 'copied', migrations)
    } finally {
      db.exec('DETACH copied')
    }
  })
}

/** Reads every page of a copied database with its own key. Throws Refusal copy-damaged, database-newer. */
export function readCopied(path: string, key: Uint8Array, migrations: readonly Migration[]): CopiedDatabase {
  return asCopy(() => {
    const db = openDatabase(path, key)
    try {
      return seen(db, 'main', migrations)
    } finally {
      db.close()
    }
  })
}

/**
 * Reads every page, and makes the database ready to be a desk: whoever signs in first finds `due` there, and it is one whole file.
 *
 * `due` is told what the copy says and what roles a login has in it, none if it may not sign in; what it throws is thrown, with the copy as it was. Throws
 * Refusal copy-damaged, database-newer, disk-full, disk-failing.
 */
export function readyToRestore(
  path: string,
  key: Uint8Array,
  migrations: readonly Migration[],
  due: (copy: CopiedDatabase, rolesOf: (login: string) => { readonly id: string; readonly roles: readonly Role[] }) => string,
): CopiedDatabase {
  return asCopy(() => {
    const db = openDatabase(path, key)
    try {
      const copy = seen(db, 'main', migrations)
      const text = due(copy, (login) => {
        const user = db
          .prepare<[string], { id: string; roles: string }>(
            'SELECT id, roles FROM app_user WHERE login = ? AND disabled_at IS NULL',
          )
          .get(login)
        return { id: user?.id ?? '', roles: user ? z.array(z.enum(roles)).parse(storedJson(user.roles)) : [] }
      })
      db.transaction(() => keepSetting(db, restoreDue, text)).immediate()
      closeWhole(db)
      return copy
    } finally {
      if (db.open) db.close()
    }
  })
}
