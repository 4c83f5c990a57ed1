import fs from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { watchDatabase, watchDisk, type DiskOperation } from './watched-disk.ts'

/** Files by path relative to the folder, as they may lie on a disk after the plug was pulled. */
export type DiskImage = ReadonlyMap<string, Uint8Array>

interface Inode {
  /** What a running program reads. */
  cached: Uint8Array
  /** What the disk was told to keep. */
  durable: Uint8Array
}
type Entries = Map<string, Inode | 'folder'>
/** A change of names that is not yet safe: it becomes so when its folder is synced, all at once. */
interface NameChange {
  readonly folder: string
  readonly gone?: string
  readonly here?: readonly [string, Inode | 'folder']
}

const ownBySqlite = /(?:^|\/)(?:store|setup|training)\.db(?:-wal|-journal)?$/

/**
 * A folder whose disk keeps nothing that it was not told to keep: content is safe after `fsync` of the file, a name after `fsync` of its
 * folder. What SQLite writes under its own rules is believed safe; what it writes by `VACUUM INTO` is not. The witness is left out: it may be
 * lost at any time.
 */
export class PowerLossDisk {
  readonly #root: string
  readonly #cached: Entries = new Map()
  readonly #durable: Entries = new Map()
  #changes: NameChange[] = []

  constructor(root: string) {
    this.#root = root
    for (const f of fs.readdirSync(root, { recursive: true, withFileTypes: true })) {
      const name = path.join(f.parentPath, f.name)
      const bytes = f.isFile() ? new Uint8Array(fs.readFileSync(name)) : undefined
      const entry = bytes ? { cached: bytes, durable: bytes } : 'folder'
      this.#cached.set(name, entry)
      this.#durable.set(name, entry)
    }
  }

  /** Notes an operation that was made. */
  record(op: DiskOperation): void {
    const inFolder = path.relative(this.#root, op.path)
    if (op.kind !== 'sqlite' && (inFolder.startsWith('..') || inFolder.startsWith('witness'))) return
    const file = this.#file(op.path)
    if (op.kind === 'mkdir') this.#change({ here: [op.path, 'folder'] })
    if (op.kind === 'open' && file) file.cached = new Uint8Array(0)
    if (op.kind === 'open' && !file) this.#newFile(op.path, new Uint8Array(0))
    if (op.kind === 'write' && file) file.cached = Buffer.concat([file.cached, op.bytes ?? new Uint8Array(0)])
    if (op.kind === 'overwrite' && file) file.cached = op.bytes ?? file.cached
    if (op.kind === 'sync' && file) file.durable = file.cached
    if (op.kind === 'remove') this.#change({ gone: op.path })
    if (op.kind === 'rename' && file) this.#change({ gone: op.path, here: [op.to!, file] })
    if (op.kind === 'sync-folder') this.#keepNames(op.path)
    const copied = op.kind === 'sqlite' ? /^VACUUM INTO \? (.+)$/.exec(op.sql ?? '')?.[1] : undefined
    if (copied !== undefined) this.#newFile(copied, new Uint8Array(fs.readFileSync(copied)))
    this.#believeSqlite()
  }

  /** Every state in which the disk may be found if the plug is pulled now: each subset of unsafe names, each fate of unsafe content. */
  images(): readonly DiskImage[] {
    const subsets = 2 ** this.#changes.length
    if (subsets > 256) throw new Error('too many unsafe names')
    const found = new Map<string, DiskImage>()
    for (let subset = 0; subset < subsets; subset += 1) {
      const entries = new Map(this.#durable)
      this.#changes.forEach((c, i) => ((subset >> i) & 1) === 1 && apply(entries, c))
      for (const fate of ['lost', 'half', 'kept'] as const) {
        const image = this.#imageOf(entries, fate)
        found.set(imageHash(image), image)
      }
    }
    return [...found.values()]
  }

  #file(name: string): Inode | undefined {
    const entry = this.#cached.get(name)
    return entry === 'folder' ? undefined : entry
  }

  #newFile(name: string, cached: Uint8Array): void {
    this.#change({ here: [name, { cached, durable: new Uint8Array(0) }] })
  }

  #change(change: Omit<NameChange, 'folder'>): void {
    const whole = { ...change, folder: path.dirname(change.here?.[0] ?? change.gone!) }
    apply(this.#cached, whole)
    this.#changes.push(whole)
  }

  #keepNames(folder: string): void {
    for (const c of this.#changes) if (c.folder === folder) apply(this.#durable, c)
    this.#changes = this.#changes.filter((c) => c.folder !== folder)
  }

  #believeSqlite(): void {
    for (const [name, entry] of this.#cached) {
      if (entry === 'folder' || !ownBySqlite.test(name) || fs.existsSync(name)) continue
      this.#cached.delete(name)
      this.#durable.delete(name)
    }
    if (!fs.existsSync(this.#root)) return
    for (const f of fs.readdirSync(this.#root, { recursive: true, encoding: 'utf8' })) {
      const name = path.join(this.#root, f)
      if (!ownBySqlite.test(name)) continue
      const bytes = new Uint8Array(fs.readFileSync(name))
      const known = this.#file(name)
      if (known) {
        known.cached = bytes
        known.durable = bytes
        continue
      }
      const inode = { cached: bytes, durable: bytes }
      this.#cached.set(name, inode)
      this.#durable.set(name, inode)
    }
  }

  #imageOf(entries: Entries, fate: 'lost' | 'half' | 'kept'): DiskImage {
    const image = new Map<string, Uint8Array>()
    for (const [name, entry] of entries) {
      if (entry === 'folder' || !this.#reachable(entries, path.dirname(name))) continue
      const { cached, durable } = entry
      const bytes =
        cached === durable || fate === 'lost' ? durable : fate === 'kept' ? cached : cached.slice(0, cached.length >> 1)
      image.set(path.relative(this.#root, name), bytes)
    }
    return image
  }

  #reachable(entries: Entries, folder: string): boolean {
    return folder === this.#root || (entries.get(folder) === 'folder' && this.#reachable(entries, path.dirname(folder)))
  }
}

function apply(entries: Entries, { gone, here }: NameChange): void {
  if (gone !== undefined) entries.delete(gone)
  if (here !== undefined) entries.set(here[0], here[1])
}

function imageHash(image: DiskImage): string {
  const hash = createHash('sha256')
  for (const [name, bytes] of [...image].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name}\0${bytes.length}\0`).update(bytes)
  return hash.digest('hex')
}

/** What the disk may look like after a power cut, and whether `work` had said that it was done. */
export interface Wreck {
  readonly image: DiskImage
  readonly acknowledged: boolean
}

/**
 * Does `work` and collects every disk that a power cut at any moment of it may leave in `folder`; states that are alike in the files that
 * `matters` picks are kept once.
 */
export async function wrecksOf(
  folder: string,
  matters: (name: string) => boolean,
  work: () => Promise<void>,
): Promise<readonly Wreck[]> {
  const disk = new PowerLossDisk(folder)
  const found = new Map<string, Wreck>()
  const collect = (acknowledged: boolean): void => {
    for (const whole of disk.images()) {
      const image = new Map([...whole].filter(([name]) => matters(name)))
      found.set(`${acknowledged} ${imageHash(image)}`, { image, acknowledged })
    }
  }
  const note = (op: DiskOperation): void => {
    disk.record(op)
    collect(false)
  }
  const ends = [watchDisk(() => undefined, note), watchDatabase(() => undefined, note)]
  try {
    await work()
  } finally {
    for (const end of ends) end()
  }
  collect(true)
  return [...found.values()]
}

/** Lays a wreck's files into a folder. */
export function layOut(image: DiskImage, folder: string): void {
  for (const [name, bytes] of image) {
    const full = path.join(folder, name)
    fs.mkdirSync(path.dirname(full), { recursive: true })
    fs.writeFileSync(full, bytes)
  }
}
