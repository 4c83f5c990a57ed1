import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'

/** One step that changes a disk, or asks it to keep what it has. Paths are absolute. */
export interface DiskOperation {
  readonly kind: 'mkdir' | 'open' | 'write' | 'overwrite' | 'sync' | 'rename' | 'remove' | 'sync-folder' | 'read' | 'sqlite'
  readonly path: string
  /** New name of `rename`. */
  readonly to?: string
  /** What `write` adds to the file's end, `overwrite` puts over the whole of it. */
  readonly bytes?: Uint8Array
  /** Statement of `sqlite`. */
  readonly sql?: string
}

type Observer = (op: DiskOperation) => void

/** The functions of `node:fs` that are watched; whatever else disk-files.ts calls changes nothing on the disk (seen by watched-disk.test.ts). */
export const watchedFunctions = [
  'openSync',
  'closeSync',
  'writeFileSync',
  'writeSync',
  'fsyncSync',
  'renameSync',
  'rmSync',
  'mkdirSync',
] as const

const bytesOf = (data: unknown): Uint8Array => (typeof data === 'string' ? Buffer.from(data) : (data as Uint8Array))

/**
 * Calls `before` ahead of every file operation that this process makes through `node:fs`: it may kill the process, or throw what a disk
 * would. `after` is called when the operation was made. A write is two operations, its first half and the rest, so that a file can be
 * torn. Returns what ends the watch.
 */
export function watchDisk(tellBefore: Observer, tellAfter: Observer = () => undefined): () => void {
  const real = { ...fs }
  const realOpen = fs.promises.open
  const open = new Map<number, string>()
  // what an observer does to the disk itself is not told
  let telling = false
  const told = (observer: Observer) => (op: DiskOperation) => {
    if (telling) return
    telling = true
    try {
      observer(op)
    } finally {
      telling = false
    }
  }
  const [before, after] = [told(tellBefore), told(tellAfter)]
  const step = <T>(op: DiskOperation, work: () => T): T => {
    before(op)
    const value = work()
    after(op)
    return value
  }
  const halves = (data: unknown): Uint8Array[] => {
    const bytes = bytesOf(data)
    const middle = bytes.length >> 1
    return [bytes.slice(0, middle), bytes.slice(middle)]
  }
  // writeFileSync writes by the writeSync that is watched: that is one write, not two
  let appending = false
  const appended = (handle: number, bytes: Uint8Array) => {
    appending = true
    try {
      real.writeFileSync(handle, bytes)
    } finally {
      appending = false
    }
  }
  const isFolder = (name: string): boolean => real.statSync(name, { throwIfNoEntry: false })?.isDirectory() === true
  const opened = (name: string, writes: boolean): DiskOperation => ({ kind: writes ? 'open' : 'read', path: name })
  Object.assign(fs, {
    openSync(name: string, flags: string | number | undefined, mode?: number) {
      const make = () => real.openSync(name, flags ?? 'r', mode)
      const handle = isFolder(name) ? make() : step(opened(name, String(flags).startsWith('w')), make)
      open.set(handle, name)
      return handle
    },
    closeSync(handle: number) {
      open.delete(handle)
      real.closeSync(handle)
    },
    writeFileSync(handle: number | string, data: string | Uint8Array, options?: fs.WriteFileOptions) {
      // the witness, which is written in one go
      if (typeof handle === 'string') return step(opened(handle, true), () => real.writeFileSync(handle, data, options))
      const name = open.get(handle)
      if (name === undefined) throw new Error('not a file that was opened under watch')
      for (const bytes of halves(data)) step({ kind: 'write', path: name, bytes }, () => appended(handle, bytes))
    },
    writeSync(handle: number, data: Uint8Array, ...where: [number?, number?, number?]) {
      const name = open.get(handle)
      if (appending) return real.writeSync(handle, data, ...where)
      if (name === undefined) throw new Error('not a file that was opened under watch')
      return step({ kind: 'overwrite', path: name, bytes: data }, () => real.writeSync(handle, data, ...where))
    },
    fsyncSync(handle: number) {
      const name = open.get(handle) ?? ''
      step({ kind: isFolder(name) ? 'sync-folder' : 'sync', path: name }, () => real.fsyncSync(handle))
    },
    renameSync: (from: string, to: string) => step({ kind: 'rename', path: from, to }, () => real.renameSync(from, to)),
    rmSync(name: string, options: fs.RmOptions) {
      if (real.existsSync(name)) step({ kind: 'remove', path: name }, () => real.rmSync(name, options))
      else real.rmSync(name, options)
    },
    mkdirSync(name: string, options: fs.MakeDirectoryOptions & { recursive: true }) {
      const missing: string[] = []
      for (let at = name; !real.existsSync(at); at = path.dirname(at)) missing.unshift(at)
      for (const folder of missing) step({ kind: 'mkdir', path: folder }, () => real.mkdirSync(folder, { mode: options.mode }))
      return missing[0]
    },
  })
  fs.promises.open = async (name, flags, mode) => {
    const file = String(name)
    const writes = String(flags).startsWith('w')
    before(opened(file, writes))
    const handle = await realOpen(name, flags, mode)
    after(opened(file, writes))
    const { writeFile, sync, read } = handle
    return Object.assign(handle, {
      async writeFile(data: unknown) {
        for (const bytes of halves(data)) {
          before({ kind: 'write', path: file, bytes })
          await writeFile.call(handle, bytes)
          after({ kind: 'write', path: file, bytes })
        }
      },
      async sync() {
        before({ kind: 'sync', path: file })
        await sync.call(handle)
        after({ kind: 'sync', path: file })
      },
      async read(...where: unknown[]) {
        before({ kind: 'read', path: file })
        return (read as (...where: unknown[]) => Promise<unknown>).apply(handle, where)
      },
    })
  }
  return () => {
    Object.assign(fs, Object.fromEntries(watchedFunctions.map((name) => [name, real[name]])))
    fs.promises.open = realOpen
  }
}

/**
 * Calls `before` and `after` around every statement with which SQLite may touch the disk: all that begin, end or stand outside a transaction,
 * and the closing of a database. Returns what ends the watch.
 */
export function watchDatabase(before: Observer, after: Observer = () => undefined): () => void {
  const memory = new Database(':memory:')
  const database = Database.prototype as Database.Database
  const statement = Object.getPrototypeOf(memory.prepare('SELECT 1')) as Database.Statement
  memory.close()
  const { exec, close } = database
  const { run } = statement
  const around = <T>(db: Database.Database, sql: string, work: () => T): T => {
    const ends = /^(?:COMMIT|ROLLBACK)/.test(sql)
    if (db.memory || (db.inTransaction && !ends)) return work()
    const op: DiskOperation = { kind: 'sqlite', path: db.name, sql }
    before(op)
    const value = work()
    after(op)
    return value
  }
  database.exec = function (this: Database.Database, sql) {
    return around(this, sql, () => exec.call(this, sql))
  }
  database.close = function (this: Database.Database) {
    return around(this, 'close', () => close.call(this))
  }
  statement.run = function (this: Database.Statement, ...values: unknown[]) {
    const vacuum = this.source.startsWith('VACUUM INTO') ? ` ${String(values[0])}` : ''
    return around(this.database, `${this.source}${vacuum}`, () => run.apply(this, values))
  }
  return () => {
    Object.assign(database, { exec, close })
    statement.run = run
  }
}

/** Calls `before` ahead of every statement that may write, those inside a transaction too. */
export function watchStatements(before: Observer): void {
  const memory = new Database(':memory:')
  const statement = Object.getPrototypeOf(memory.prepare('SELECT 1')) as Record<string, unknown>
  memory.close()
  const connection = Database.prototype as unknown as Record<string, unknown>
  for (const [owner, method] of [
    [statement, 'run'],
    [statement, 'get'],
    [connection, 'exec'],
  ] as const) {
    const original = owner[method] as (...a: unknown[]) => unknown
    owner[method] = function (this: { readonly readonly?: boolean }, ...a: unknown[]) {
      if (method !== 'get' || this.readonly === false) before({ kind: 'sqlite', path: '' })
      return original.apply(this, a)
    }
  }
}
