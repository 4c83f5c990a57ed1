import type { FailureDetails } from '#shared/result.ts'
import type { RenewReason } from './renew-writer.ts'
import type { JournaledKind, RegisterValue } from './journaled-tables.ts'

/** A prepared statement that only reads. */
export interface ReadStatement<Row> {
  get(...parameters: readonly unknown[]): Row | undefined
  all(...parameters: readonly unknown[]): Row[]
  iterate(...parameters: readonly unknown[]): IterableIterator<Row>
}

/** A handle that cannot write: its statements are refused by SQLite if they are not read-only (habit 6). */
export interface ReadableDb {
  /** Prepared once and kept; parameters by position. Throws if the statement writes. */
  read<Row>(sql: string): ReadStatement<Row>
}

export interface AuditInput {
  /** What happened, e.g. `case.create`, `slip.print`. Never personal data. */
  readonly action: string
  /** Row id of what it happened to. */
  readonly object?: string
  /** Why, as a code or count; never free text of a person. */
  readonly details?: FailureDetails
}

/** One transaction: rows, their journal entries, and exactly one audit event for the call. */
export interface WriteUnit extends ReadableDb {
  /** New row of a journaled table; `id` is made when absent. Returns the id. */
  insert(
    kind: JournaledKind,
    row: { readonly id?: string; readonly stream: string; readonly fields: Readonly<Record<string, RegisterValue>> },
  ): string
  /** Changed fields of a row; equal values are left out, and nothing is written when all are equal. Throws Refusal not-found. */
  change(kind: JournaledKind, id: string, fields: Readonly<Record<string, RegisterValue>>): void
  /**
   * Decides an open conflict of these fields: the values of the change `chosen` (local writer number, seq), or those shown when undefined.
   *
   * Final everywhere: it replaces every value that waited here. Throws Refusal not-found.
   */
  decide(
    kind: JournaledKind,
    id: string,
    fields: readonly string[],
    chosen: { readonly writer: number; readonly seq: number } | undefined,
  ): void
  /**
   * Erases a row's content for good, here and at every centre that gets the stream; returns the number of the erasing entry in our chain.
   *
   * Call `Store.scrub` after the unit.
   */
  erase(kind: JournaledKind, id: string, stream: string, under: { readonly certificate: string; readonly ground: string }): number
  /** A statement on local tables (never exchanged): setting, peer, file_log, print counters. Throws on a journaled table. */
  local(sql: string, ...parameters: readonly unknown[]): void
  /** Keeps a setting of this desk, in place of what was there. */
  keepSetting(key: string, value: string): void
  /** The next number of a named counter, from 1; not undone by a crash of the caller, but rolled back with the unit. */
  next(counter: string): number
  /** A new row id: prefix of the writer, of this opening of the database, and a counter. */
  newId(): string
  audit(event: AuditInput): void
  /** The instant of this unit, milliseconds since 1970. */
  readonly now: number
}

/** The open database, as features see it. */
export interface Store extends ReadableDb {
  /** Short writes. Everything or nothing; throws what `work` throws. Fails closed if `work` made no audit event. */
  write<T>(work: (unit: WriteUnit) => T): T
  /** Long writes with breaks between chunks; the caller must not let other calls use the store meanwhile (the dispatcher's queue does that). */
  writeLong<T>(work: (unit: WriteUnit) => Promise<T>): Promise<T>
  /** The writer under which this database writes now. */
  readonly writer: string
  /** From now on this database writes under a new name (sync.md 3.8); outside units. `also` is written down with it. */
  renewWriter(reason: RenewReason, also?: (unit: WriteUnit) => void): void
  setting(key: string): string | undefined
  /** What `work` finds in a transaction that is never kept. */
  look<T>(work: (unit: WriteUnit) => T): T
  /** Takes the old bytes of what was erased out of the files; outside units (scrub.ts). Never throws: the next sign-in tries again. */
  scrub(): void
}
