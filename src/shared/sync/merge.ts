import type { Stamp } from './stamp.ts'

/** A value of one register with the change it came from. */
export interface Versioned<T> {
  readonly value: T
  readonly writer: string
  readonly seq: number
  readonly stamp: Stamp
}
type Change = Omit<Versioned<unknown>, 'value'>

/** Order of changes, the same at every desk: stamp, then writer, then sequence number. */
export function changeOrder(a: Change, b: Change): number {
  if (a.stamp !== b.stamp) return a.stamp < b.stamp ? -1 : 1
  if (a.writer !== b.writer) return a.writer < b.writer ? -1 : 1
  return a.seq - b.seq
}

/** True for the same change. */
export function isSameChange(a: Pick<Change, 'writer' | 'seq'>, b: Pick<Change, 'writer' | 'seq'>): boolean {
  return a.writer === b.writer && a.seq === b.seq
}

/**
 * The value that is shown when two desks changed a register: the later in `changeOrder`, always.
 *
 * Commutative, associative, idempotent; the loser stays in the journal.
 */
export function mergeRegister<T>(a: Versioned<T> | undefined, b: Versioned<T>): Versioned<T> {
  return a === undefined || changeOrder(a, b) < 0 ? b : a
}

/** A change and the changes whose values it replaced. */
export interface Replacing<T> extends Versioned<T> {
  readonly replaces: readonly Pick<Change, 'writer' | 'seq'>[]
}

/** True when a change says that it replaced another, and can have: nobody replaces what comes after it. */
export function hasReplaced(change: Change & Pick<Replacing<unknown>, 'replaces'>, other: Change): boolean {
  return change.replaces.some((r) => isSameChange(r, other)) && changeOrder(other, change) < 0
}

/**
 * The values of a sensitive register that nobody has replaced yet (sync.md 3.5): more than one means that desks decided apart.
 *
 * `replacedElsewhere` tells whether a change that is already held replaced the incoming one (it came late). The result depends on the set
 * of changes alone, not on the order in which they arrive, and is in `changeOrder`.
 */
export function mergeOpenValues<T>(
  open: readonly Versioned<T>[],
  incoming: Replacing<T>,
  replacedElsewhere: () => boolean,
): readonly Versioned<T>[] {
  if (open.some((v) => isSameChange(v, incoming))) return open
  const left = open.filter((v) => !hasReplaced(incoming, v))
  // with nothing else open, what replaced it is held but still to be merged: until then it stands for it
  if (left.length > 0 && replacedElsewhere()) return left
  const { value, writer, seq, stamp } = incoming
  return [...left, { value, writer, seq, stamp }].toSorted(changeOrder)
}

/** The open value that is shown: the weightiest, of equal weights the latest in `changeOrder`. Undefined for none. */
export function shownValue<T>(open: readonly Versioned<T>[], weight: (value: T) => number): Versioned<T> | undefined {
  return open.reduce<Versioned<T> | undefined>(
    (best, v) =>
      best === undefined ||
      weight(v.value) > weight(best.value) ||
      (weight(v.value) === weight(best.value) && changeOrder(best, v) < 0)
        ? v
        : best,
    undefined,
  )
}
