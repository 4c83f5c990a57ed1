import { assertInvariant } from '#shared/assert.ts'
import type { Ports } from '../ports.ts'
import type { AuditWho } from './audit-chain.ts'
import { refusalOf, type RawDatabase } from './open-database.ts'
import { renewWriter } from './renew-writer.ts'
import { rowWriter } from './row-writer.ts'
import type { SearchWords } from './search-index.ts'
import { readableDb } from './prepared.ts'
import type { Store } from './store.ts'
import { beginUnit, type OwnWriter } from './write-unit.ts'

/** The store of one signed-in user over an open, migrated database that was given its writer (see features/security). */
export function openStore(
  db: RawDatabase,
  ports: Ports,
  who: AuditWho,
  words: SearchWords,
): Store & { readonly raw: RawDatabase } {
  const readable = readableDb(db)
  const rows = rowWriter(db, words)
  const newest = db
    .prepare<[], OwnWriter>('SELECT id, record, number FROM writer WHERE own = 1 ORDER BY number DESC LIMIT 1')
    .get()
  assertInvariant(newest !== undefined, 'a writer of this device')
  let own = newest
  const parts = () => ({
    db,
    readable,
    rows,
    own,
    who,
    now: ports.clock.now(),
    steady: ports.clock.steady(),
    randomBytes: (length: number) => ports.random.bytes(length),
  })
  const attempt = (sql: string) => {
    try {
      db.exec(sql)
    } catch (error) {
      throw refusalOf(error)
    }
  }
  const rollback = () => {
    if (db.inTransaction) db.exec('ROLLBACK')
  }
  return {
    raw: db,
    get writer() {
      return own.id
    },
    read: (sql) => readable.read(sql),
    setting: (key) => readable.read<{ value: string }>('SELECT value FROM setting WHERE key = ?').get(key)?.value,
    renewWriter(reason) {
      // a rolled-back writer must not be written under
      own = this.write((unit) => {
        const renewed = renewWriter(db, ports, reason)
        unit.audit({ action: 'writer.renew', object: renewed.id, details: { reason } })
        return renewed
      })
    },
    write(work) {
      attempt('BEGIN IMMEDIATE')
      try {
        const { unit, finish } = beginUnit(parts())
        const result = work(unit)
        finish()
        attempt('COMMIT')
        return result
      } catch (error) {
        rollback()
        throw refusalOf(error)
      }
    },
    async writeLong(work) {
      attempt('BEGIN IMMEDIATE')
      try {
        const { unit, finish } = beginUnit(parts())
        const result = await work(unit)
        finish()
        attempt('COMMIT')
        return result
      } catch (error) {
        rollback()
        throw refusalOf(error)
      }
    },
  }
}
