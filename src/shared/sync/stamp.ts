/**
 * Stamps: when a change was made, by a clock that never goes back.
 *
 * Nine base-36 digits of milliseconds since 1970, `-`, two base-36 digits of a counter; they sort as text
 * (docs/formats/sync-file.md, "Stamps").
 */
export type Stamp = string

const counterMax = 36 * 36 - 1

/** True for a number of milliseconds since 1970 that a stamp can hold: until the year 5188. */
export function isStampTime(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 36 ** 9
}

/** A stamp from milliseconds and counter. Throws RangeError outside 0..36^9-1 and 0..1295. */
export function stampOf(milliseconds: number, counter: number): Stamp {
  if (!isStampTime(milliseconds)) throw new RangeError('stamp milliseconds')
  if (!Number.isInteger(counter) || counter < 0 || counter > counterMax) throw new RangeError('stamp counter')
  return `${milliseconds.toString(36).padStart(9, '0')}-${counter.toString(36).padStart(2, '0')}`
}

/** The first stamp of a clock reading, or of the nearest time that a stamp can hold. */
export function stampOfClock(milliseconds: number): Stamp {
  return stampOf(Math.min(Math.max(0, Math.floor(milliseconds)), 36 ** 9 - 1), 0)
}

/** True for the one spelling of a stamp. */
export function isStamp(text: string): boolean {
  return /^[0-9a-z]{9}-[0-9a-z]{2}$/.test(text)
}

/** Milliseconds since 1970 of a stamp. */
export function stampMilliseconds(stamp: Stamp): number {
  return Number.parseInt(stamp.slice(0, 9), 36)
}

/** The smallest stamp after this one. */
export function stampAfter(stamp: Stamp): Stamp {
  const counter = Number.parseInt(stamp.slice(10), 36)
  return counter < counterMax ? stampOf(stampMilliseconds(stamp), counter + 1) : stampOf(stampMilliseconds(stamp) + 1, 0)
}

/**
 * The device's next stamp: the wall clock when it is ahead of the last stamp, else the last stamp plus one.
 *
 * Strictly greater than `last` whatever the clock does.
 */
export function tick(last: Stamp, wallMilliseconds: number): Stamp {
  const wall = isStampTime(wallMilliseconds) ? stampOf(wallMilliseconds, 0) : firstStamp
  return wall > last ? wall : stampAfter(last)
}

/** The greater of two stamps. */
export function laterStamp(a: Stamp, b: Stamp): Stamp {
  return a > b ? a : b
}

/** Before every change. */
export const firstStamp: Stamp = '000000000-00'
