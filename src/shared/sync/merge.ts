import type { Stamp } from './stamp.ts'

/** A value of one register with the change it came from. */
export interface Versioned<T> {
  readonly value: T
  readonly writer: string
  readonly seq: number
  readonly stamp: Stamp
}

/** Order of changes, the same at every desk: stamp, then writer, then sequence number. */
export function changeOrder(a: Omit<Versioned<unknown>, 'value'>, b: Omit<Versioned<unknown>, 'value'>): number {
  if (a.stamp !== b.stamp) return a.stamp < b.stamp ? -1 : 1
  if (a.writer !== b.writer) return a.writer < b.writer ? -1 : 1
  return a.seq - b.seq
}

/**
 * The value that is shown when two desks changed a register: the later in `changeOrder`, always.
 *
 * Commutative, associative, idempotent; the loser stays in the journal.
 */
export function mergeRegister<T>(a: Versioned<T> | undefined, b: Versioned<T>): Versioned<T> {
  return a === undefined || changeOrder(a, b) < 0 ? b : a
}
