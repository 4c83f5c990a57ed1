import { assertInvariant } from '#shared/assert.ts'
import type { Ports } from '../ports.ts'
import type { AuditWho } from './audit-chain.ts'
import { newWriterId } from './writer-id.ts'
import { refusalOf, type RawDatabase } from './open-database.ts'
import { renewWriter } from './renew-writer.ts'
import { rowWriter } from './row-writer.ts'
import type { SearchWords } from './search-index.ts'
import { readableDb } from './prepared.ts'
import type { Store } from './store.ts'
import { scrub } from './scrub.ts'
import { keepSetting, readSetting } from './settings.ts'
import { witnessText } from './witness.ts'
import { beginUnit, type OwnWriter } from './write-unit.ts'

/**
 * Pages kept while a long write runs, in SQLite's unit of -KiB: 64 MiB. Row ids come in no order, so that each new row touches pages all over
 * its indexes: 100,000 services took 130 s of processor time with the usual 16 MiB, 76 s with this.
 */
export const longWriteCache = -65_536

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
  const run = newWriterId((length) => ports.random.bytes(length)).slice(0, 4)
  const parts = () => ({
    db,
    readable,
    rows,
    own,
    run,
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
  const commit = () => {
    const seen = witnessText(db)
    attempt('COMMIT')
    ports.witness.write(seen)
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
    setting: (key) => readSetting(db, key),
    scrub() {
      try {
        scrub(db)
      } catch {
        // a full or failing disk: what is due is done at the next sign-in
      }
    },
    renewWriter(reason, also) {
      // a rolled-back writer must not be written under
      own = this.write((unit) => {
        const renewed = renewWriter(db, ports, reason)
        also?.(unit)
        keepSetting(db, 'writer.renewed', JSON.stringify({ reason, at: unit.now }))
        // numbers that the lost copy may have given out already are passed over
        unit.local('UPDATE counter SET value = value + 1000')
        keepSetting(db, 'counter.start', String(Number(readSetting(db, 'counter.start') ?? '0') + 1000))
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
        commit()
        return result
      } catch (error) {
        rollback()
        throw refusalOf(error)
      }
    },
    look(work) {
      attempt('BEGIN IMMEDIATE')
      try {
        return work(beginUnit(parts()).unit)
      } finally {
        rollback()
      }
    },
    async writeLong(work) {
      const usual = db.pragma('cache_size', { simple: true }) as number
      db.pragma(`cache_size=${longWriteCache}`)
      try {
        attempt('BEGIN IMMEDIATE')
        const { unit, finish } = beginUnit(parts())
        const result = await work(unit)
        finish()
        commit()
        return result
      } catch (error) {
        rollback()
        throw refusalOf(error)
      } finally {
        if (db.open) {
          db.pragma(`cache_size=${usual}`)
          db.pragma('shrink_memory')
        }
      }
    },
  }
}
