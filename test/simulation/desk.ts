import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { createCentre, type Centre } from '#main/centre/centre.ts'
import { keyringIn, openKeyring } from '#main/centre/crypto/keyring.ts'
import { openDatabase, type RawDatabase } from '#main/centre/storage/open-database.ts'
import { keepSetting } from '#main/centre/storage/settings.ts'
import { vaultBegunSetting } from '#main/centre/features/security/vault.ts'
import type { Clock, Ports, Shipped } from '#main/centre/ports.ts'
import { diskFiles, type DiskFiles } from '#main/platform/disk-files.ts'
import type { CallInput, CallName, CallOutput } from '#shared/contract.ts'
import { Refusal, type Result } from '#shared/result.ts'
import { namedSites } from '#shared/security/site.ts'
import { cheapSecrets, repositoryShipped, seededRandom } from '#test/support/fake-ports.ts'
import { acceptUndertaking } from '#test/support/open-test-centre.ts'
import { withSeededCrypto } from './chance.ts'
import { faultyFiles, noFaults, type FileFaults } from './faulty-files.ts'

const login = 'aminatou'
const password = 'le-mil-pousse-vite'
/** A disk in memory where there is one: syncing costs nothing there. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A folder of this run; who makes it removes it. */
export function newScratch(): string {
  return mkdtempSync(path.join(scratch, 'passerelle-simulation-'))
}

const texts = new Map<string, string>()
/** Places without a desk: reading all of them again at every start would cost more than the exchange. */
const isElsewhere = (line: string): boolean =>
  line.startsWith('3,') && !namedSites.some((site) => line.startsWith(`3,${site.pcode}`))
const shipped: Shipped = {
  list: (folder) => repositoryShipped.list(folder),
  text(name) {
    const kept = texts.get(name)
    if (kept !== undefined) return kept
    const whole = repositoryShipped.text(name)
    const text = name.endsWith('gazetteer.csv')
      ? whole
          .split('\n')
          .filter((line) => !isElsewhere(line))
          .join('\n')
      : whole
    texts.set(name, text)
    return text
  },
}

/** The true time of a world, and what each desk believes. */
export interface WorldTime {
  now: number
}
export const worldStart = Date.UTC(2026, 10, 24, 8)

export interface DeskParts {
  readonly name: string
  readonly site: string
  readonly machine: string
  readonly seed: number
  /** Folder that holds everything of this desk; `data` in it. */
  readonly folder: string
  readonly time: WorldTime
  readonly merged: (branch: string) => void
}

/** One PC of a centre: a real centre over a real folder, with a clock, a chance and a disk of its own. */
export class SimDesk {
  readonly parts: DeskParts
  readonly faults: FileFaults = noFaults()
  /** Milliseconds by which its clock is wrong. */
  clockOff = 0
  starts = 0
  centre!: Centre
  files!: DiskFiles
  device = ''
  key: Uint8Array = new Uint8Array()
  isOpen = false
  /** It was reported lost; whoever has it goes on working with it. */
  isRevoked = false
  /** Cancels this job at its first sign of progress. */
  cancelJob: string | undefined
  #tokens = 0

  constructor(parts: DeskParts) {
    this.parts = parts
  }
  get name(): string {
    return this.parts.name
  }
  get site(): string {
    return this.parts.site
  }
  get folder(): string {
    return this.parts.folder
  }
  get data(): string {
    return path.join(this.parts.folder, 'data')
  }
  get clock(): Clock {
    const { time } = this.parts
    return {
      now: () => time.now + this.clockOff,
      steady: () => time.now - worldStart,
      offsetMinutes: () => 60,
      after(_milliseconds, callback) {
        const handle = setImmediate(callback)
        return () => clearImmediate(handle)
      },
    }
  }

  /** What lies outside the data folder; gone when the whole PC was set back. */
  witness = ''

  /** Starts the program over the folder as it is. */
  start(): void {
    this.starts += 1
    Object.assign(this.faults, { diskFull: false, unreadable: false, powerIn: undefined, dead: false })
    this.files = faultyFiles(diskFiles(this.data), this.faults)
    const { seed, machine, merged } = this.parts
    const ports: Ports = {
      clock: this.clock,
      random: seededRandom(seed * 1000 + this.starts),
      files: this.files,
      shipped,
      secrets: cheapSecrets,
      log: { write: () => undefined },
      witness: { read: () => this.witness, write: (text) => void (this.witness = text) },
      appVersion: '0.1.0-simulation',
      machineId: machine,
      preview: false,
      merged,
    }
    this.isOpen = false
    this.centre = createCentre(ports, (name, data) => {
      if (name !== 'progress' || this.cancelJob === undefined) return
      const { job } = data as { readonly job: string }
      if (job !== this.cancelJob) return
      this.cancelJob = undefined
      void this.centre.call('app.cancel', { job })
    })
  }
  async ask<K extends CallName>(name: K, input: CallInput<K>): Promise<Result<CallOutput<K>>> {
    return (await this.centre.call(name, input)) as Result<CallOutput<K>>
  }
  async get<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    const result = await this.ask(name, input)
    if (!result.ok) throw new Refusal(result.error.code, result.error.details)
    return result.value
  }
  async unlock(): Promise<void> {
    await this.get('security.unlock', { login, password })
    // its year may be over, by a clock that jumps
    await acceptUndertaking(this)
    this.isOpen = true
    if (this.key.length === 0) {
      const ring = keyringIn(readFileSync(path.join(this.data, 'keyring.json'), 'utf8'))
      if (!ring) throw new Error('keyring')
      const opened = await openKeyring(cheapSecrets, ring, { kind: 'user', login, password })
      if (!opened.ok) throw new Error('keyring')
      this.key = opened.key
      this.device = (await this.get('sync.ownCard', {})).device
    }
  }
  async lock(): Promise<void> {
    await this.centre.lock()
    this.isOpen = false
  }
  async stop(): Promise<void> {
    await this.centre.close()
    this.isOpen = false
  }
  /** A token for a path, as the shell would grant. */
  token(chosenPath: string): string {
    this.#tokens += 1
    const token = `${this.starts}x${this.#tokens}`.padStart(32, '0')
    this.files.grant(token, chosenPath)
    return token
  }
  /** A copy of the data folder as it is now, for a backup, a clone or a look after the power failed. */
  copyData(to: string): void {
    rmSync(to, { recursive: true, force: true })
    cpSync(this.data, to, { recursive: true })
  }
  /** Looks into the database, by the connection that the program has open or, while it is locked, by one of our own; never during a call. */
  look<T>(work: (db: RawDatabase) => T): T {
    const file = path.join(this.data, 'store.db')
    const open = connections.get(file)
    if (open?.open) return work(open)
    const db = openDatabase(file, this.key)
    try {
      return work(db)
    } finally {
      db.close()
    }
  }
}

/** The newest connection of each database file: opening a second one for every look would cost more than all the rest. */
const connections = new Map<string, RawDatabase>()
const setKey = Database.prototype.key
Database.prototype.key = function (this: RawDatabase, key: Buffer): number {
  connections.set(this.name, this)
  return setKey.call(this, key)
}

/**
 * Copies before an import are made as files: the pages are the same, and written anew they cost a tenth of all. That they are good is tested
 * elsewhere (test/centre/backups.test.ts); here nobody reads them.
 */
const prepare = Database.prototype.prepare
Database.prototype.prepare = function (this: RawDatabase, sql: string) {
  if (sql !== 'VACUUM INTO ?') return prepare.call(this, sql)
  const run = (to: string) => {
    this.pragma('wal_checkpoint(FULL)')
    copyFileSync(this.name, to)
  }
  return { run } as never
} as typeof prepare

/** The centre of the national office. */
export const officeSite = 'YDE'

/** Desks that were set up once: first run is the same in every world, and slow. */
const templates = new Map<string, Promise<string>>()
let templateFolder: string | undefined

async function template(site: string, number: number): Promise<string> {
  if (templateFolder === undefined) {
    const made = newScratch()
    templateFolder = made
    process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  }
  const folder = path.join(templateFolder, `${site}-${number}`)
  mkdirSync(folder)
  const seed = [...site].reduce((n, c) => n * 31 + c.charCodeAt(0), number + 7) % 1_000_000
  const random = seededRandom(seed)
  const desk = new SimDesk({
    name: `${site}${number}`,
    site,
    machine: `pc-${site}-${number}`,
    seed,
    folder,
    time: { now: worldStart - 86_400_000 },
    merged: () => undefined,
  })
  await withSeededCrypto(
    (length) => random.bytes(length),
    async () => {
      desk.start()
      const { recoveryCode } = await desk.get('security.beginSetup', {
        language: 'fr',
        siteCode: site,
        userName: 'Aminatou B.',
        login,
        password,
        roles: site === officeSite ? ['SUP', 'CW', 'DIR', 'NAT'] : ['SUP', 'CW', 'DIR'],
        deskPhone: '6 00 00 00 01',
      })
      await desk.get('security.confirmRecoveryCode', { code: recoveryCode })
      await desk.get('security.acceptUndertaking', { name: 'Aminatou B.' })
      desk.look((db) => keepSetting(db, vaultBegunSetting, '1'))
      await desk.stop()
      // nobody here may open the vault; to cover it anew at each lock and copy would cost a sixth of the time
      rmSync(path.join(desk.data, 'vault.db'))
    },
  )
  return desk.data
}

/** A desk of its own that is set up and signed in. `number` tells the PCs of a site apart. Call it outside of seeded chance. */
export async function furnish(site: string, number: number, folder: string): Promise<void> {
  const key = `${site}-${number}`
  const made = templates.get(key) ?? template(site, number)
  templates.set(key, made)
  mkdirSync(folder, { recursive: true })
  cpSync(await made, path.join(folder, 'data'), { recursive: true })
}
