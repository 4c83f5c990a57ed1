import type { Contract, CallName, CallOutput, CallReceived } from '#shared/contract.ts'
import type { Role } from '#shared/permissions.ts'
import type { ErrorCode } from '#shared/result.ts'
import type { Site } from '#shared/security/site.ts'
import type { Ports } from './ports.ts'
import type { Store, WriteUnit } from './storage/store.ts'

/** Who is signed in, where, and on which of the two databases. */
export interface Session {
  readonly userId: string
  readonly userName: string
  readonly roles: readonly Role[]
  readonly mode: 'real' | 'training'
  readonly site: Site
  /** The confidentiality undertaking has to be accepted before anything else (H49). */
  readonly undertakingDue: boolean
}

/** Progress and cancel of one long call. */
export interface Job {
  /** Tells the page; `total` 0 while unknown. */
  progress(done: number, total: number): void
  /** Lets other messages in (cancel, lock). Throws Refusal cancelled when the user or a lock stopped the job. */
  breathe(): Promise<void>
}

/** What a handler of a call gets beside its input. */
export interface CallContext {
  readonly ports: Ports
  readonly store: Store
  readonly session: Session
  /** A keyed copy of the database before something large, or because it is time; outside units. Returns its id. Throws disk-full. */
  backup(reason: 'import' | 'daily'): string
  /** Keeps something beside the audit event when this call is refused; `keep` runs in that event's unit. */
  whenRefused(keep: (unit: WriteUnit, code: ErrorCode) => void): void
  /** Registers a long call under the id that the page chose. */
  job(id: string): Job
}

/** The handlers of a part of the contract, each typed by its own procedure. */
export type Handlers<Names extends CallName> = {
  readonly [K in Names]: (input: CallReceived<K>, context: CallContext) => CallOutput<K> | Promise<CallOutput<K>>
}

/** Names of a feature's calls that the centre answers (the shell answers the others). */
export type CentreCalls<C> = Extract<
  { [K in keyof C]: C[K] extends { readonly shell: infer S } ? (S extends true ? never : K) : never }[keyof C],
  keyof Contract
>

export type { CallInput, CallOutput, CallReceived } from '#shared/contract.ts'
