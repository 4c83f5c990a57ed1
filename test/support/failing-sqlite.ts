import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'

export type SqliteFault = 'SQLITE_FULL' | 'SQLITE_IOERR_WRITE' | 'SQLITE_READONLY' | 'SQLITE_CORRUPT'

export interface FailingSqlite {
  /** Lets the k-th statement from now on fail, counted from 1, once. */
  arm(k: number, fault: SqliteFault): void
  /** Nothing fails any more; true if the armed statement was reached and failed. */
  disarm(): boolean
}

type Work = (...args: unknown[]) => unknown

/** SQLite as it is, whose k-th statement fails when told so; until the test ends. Install it before the database is opened. */
export function failingSqlite(): FailingSqlite {
  let left = 0
  let fault: SqliteFault = 'SQLITE_FULL'
  let fired = false
  const counted = (work: Work): Work =>
    function (this: unknown, ...args) {
      if (left > 0) {
        left -= 1
        if (left === 0) {
          fired = true
          throw new Database.SqliteError('told to fail', fault)
        }
      }
      return work.apply(this, args)
    }
  const own = Database.prototype as unknown as Record<'prepare' | 'exec', Work>
  const { prepare, exec } = own
  own.exec = counted(exec)
  own.prepare = function (this: unknown, ...args) {
    const statement = prepare.apply(this, args) as Record<string, Work>
    for (const name of ['run', 'get', 'all', 'iterate']) statement[name] = counted(statement[name]!.bind(statement))
    return statement
  }
  onTestFinished(() => void Object.assign(own, { prepare, exec }))
  return {
    arm(k, chosen) {
      left = k
      fault = chosen
      fired = false
    },
    disarm() {
      left = 0
      return fired
    },
  }
}
