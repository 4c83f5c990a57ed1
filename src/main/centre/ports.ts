/** All that is not a pure function comes in through these ports, so that a test's seed decides everything. */

/** Wall clock and steady clock. */
export interface Clock {
  /** Milliseconds since 1970 by the PC's clock, which may be wrong by years. */
  now(): number
  /** Milliseconds of a clock that never goes back, for durations. */
  steady(): number
  /** Minutes that local time is ahead of UTC now; Cameroon: 60. */
  offsetMinutes(): number
  /** Calls back after so many milliseconds; the returned function cancels it. */
  after(milliseconds: number, callback: () => void): () => void
}

export interface Random {
  /** Cryptographically strong bytes. */
  bytes(length: number): Uint8Array
}

/** The folder outside that this computer remembers for its copies. */
export interface OutsideFolder {
  /** For the eyes of whoever may manage copies, so that they know which stick it is; in no log and no audit line. */
  readonly path: string
  /** Whether it can be seen now: a stick may be out. */
  readonly isThere: boolean
  /** It lies on the disk of the data folder, and would be lost with it. */
  readonly sameDisk: boolean
}

/** Files in the data folder (by relative name) and files the user chose (by token). */
export interface Files {
  /** Absolute path of a file of the data folder, for SQLite alone. */
  dataPath(name: string): string
  exists(name: string): boolean
  /** Throws Refusal file-unreadable. */
  read(name: string): Uint8Array
  /** The first bytes of a file of the data folder, fewer if it is shorter. Throws Refusal file-unreadable. */
  head(name: string, bytes: number): Uint8Array
  /** Names in a folder of the data folder; empty if there is none. */
  list(folder: string): readonly string[]
  /** Written beside, synced, renamed, folder synced: the old or the new bytes, never between. Throws disk-full, store-read-only. */
  replace(name: string, bytes: Uint8Array): void
  /** As `replace`, for what comes piece by piece. Throws what `pieces` throws too; then the old bytes stand. */
  write(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void>
  /** No fault if there is none. Throws store-read-only. */
  remove(name: string): void
  /** Overwrites a file of the data folder, synced, and removes it: for keys. No fault if there is none. Throws store-read-only. */
  destroy(name: string): void
  /** Over what is there; content and folder are synced. Throws disk-full, store-read-only. */
  rename(from: string, to: string): void
  /** Takes away what interrupted writes left in the data folder and beside chosen files; only while no other process has the folder. Never throws. */
  removeLeftovers(): void
  /** Bytes that can still be written: where a chosen file goes, or in the data folder; infinite when the system does not say. */
  freeBytes(token?: string): number
  /** Name of the chosen file without its folder. */
  chosenName(token: string): string
  /** Size in bytes of a chosen file. Throws file-unreadable. */
  chosenSize(token: string): number
  /** A chosen file, piece by piece. Throws file-unreadable. */
  readChosen(token: string): AsyncIterable<Uint8Array>
  /** A file of the data folder, piece by piece, and its size in bytes. Throws file-unreadable. */
  pieces(name: string): AsyncIterable<Uint8Array>
  size(name: string): number
  /** Copies a chosen file into the data folder, whole or not at all. Throws file-unreadable, disk-full, store-read-only. */
  copyChosen(token: string, name: string, progress: (doneBytes: number, totalBytes: number) => void): Promise<void>
  /** `.part`, synced, re-read by `verify`, renamed, folder synced; on any failure nothing stays behind. Throws disk-full, disk-read-only. */
  writeChosen(
    token: string,
    pieces: AsyncIterable<Uint8Array>,
    verify?: (pieces: AsyncIterable<Uint8Array>, sizeBytes: number) => Promise<void>,
  ): Promise<number>
  /** The remembered folder outside; undefined while none was chosen. Never throws. */
  outsideFolder(): OutsideFolder | undefined
  /** Remembers a chosen folder. Throws copy-folder-inside for one in the data folder, file-unreadable, disk-full, store-read-only. */
  keepOutsideFolder(token: string): void
  /** What lies there stays. Throws store-read-only. */
  forgetOutsideFolder(): void
  /** Names in the remembered folder; empty while it is not there. */
  outsideNames(): readonly string[]
  /** A token for a file of the remembered folder, there or to be written. Throws file-unreadable while none is remembered. */
  outsideToken(name: string): string
  /** Removes a file of the remembered folder. No fault if there is none. Throws disk-read-only. */
  removeOutside(name: string): void
}

/** Read-only files shipped with the application, by name inside resources/ or migrations/. */
export interface Shipped {
  text(name: string): string
  list(folder: string): readonly string[]
}

/** The cost of a password: made heavier on faster PCs (decision: 0.5-1 s). */
export interface PasswordCost {
  readonly memoryKiB: number
  readonly passes: number
}
export interface Secrets {
  /** argon2id of an NFKC-normalised password, 32 bytes. */
  passwordKey(password: string, salt: Uint8Array, cost: PasswordCost): Promise<Uint8Array>
  /** A cost that takes 0.5 to 1 s on this PC; never under 64 MiB and 3 passes in the shipped port. */
  calibrate(): Promise<PasswordCost>
}

/** Event codes and ids only, a closed union: no free text can reach a log (S35). */
export type LogEvent =
  | { readonly event: 'started'; readonly version: string }
  | {
      readonly event:
        | 'unlocked'
        | 'locked'
        | 'lock-unaudited'
        | 'setup-done'
        | 'setup-discarded'
        | 'training-entered'
        | 'training-left'
        | 'writer-renewed'
    }
  | { readonly event: 'call-failed'; readonly call: string; readonly code: string }
  | { readonly event: 'migrated'; readonly from: number; readonly to: number }
  | { readonly event: 'backup-made' | 'backup-removed' | 'restored' }
  | { readonly event: 'import-done' | 'export-done'; readonly file: string }
  | { readonly event: 'unexpected'; readonly where: string; readonly kind: string }
export interface Log {
  write(event: LogEvent): void
}

/** A place outside the database and its copies that remembers how far the database had come (sync.md 3.8). */
export interface Witness {
  /** What was written last; '' when nothing can be read. */
  read(): string
  /** Never throws. */
  write(text: string): void
}

export interface Ports {
  readonly clock: Clock
  readonly random: Random
  readonly files: Files
  readonly shipped: Shipped
  readonly secrets: Secrets
  readonly log: Log
  readonly witness: Witness
  /** Version of the application, e.g. 0.1.0. */
  readonly appVersion: string
  /** Identifies this PC, so that a copied data folder is noticed; any stable text. */
  readonly machineId: string
  /** The development stand-in: says so on every screen. */
  readonly preview: boolean
  /** Hears which branch of the merge each received value took; for simulations, that a run which reaches none proves nothing. */
  readonly merged?: (branch: string) => void
}
