import type { EventData, EventName } from '#shared/contract.ts'
import type { Result } from '#shared/result.ts'
import type { LockReason } from '#shared/security/contract.ts'

/** What the shell starts the worker with (workerData). Paths stay between shell and worker. */
export interface WorkerStart {
  readonly dataFolder: string
  readonly resourcesFolder: string
  readonly migrationsFolder: string
  readonly appVersion: string
  readonly preview: boolean
}

/**
 * Limits of the worker's memory, MiB. An import makes much and keeps little: with the usual young generation the garbage of one of
 * 100,000 changes alone took 100 MiB, and its collection was no faster. A low ceiling of the old one lets V8 collect before it grows: 60 MiB
 * less, as fast; no job of the centre comes near it (docs/performance.md, P2).
 */
export const centreMemory = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 512 } as const

/** From the shell to the worker. */
export type ToWorker =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  /** The user chose a file in a dialog: from now on the token stands for the path. */
  | { readonly kind: 'grant'; readonly token: string; readonly path: string }
  /** Suspend, lock-screen, shutdown, idle: locks at once, answers by the `status` event. */
  | { readonly kind: 'lock'; readonly why: LockReason }
  | { readonly kind: 'close' }

/** From the worker to the shell. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly [K in EventName]: { readonly kind: 'event'; readonly name: K; readonly data: EventData<K> } }[EventName]
  | { readonly kind: 'closed' }
