/**
 * How a share of the national key stands on paper (docs/formats/roster.md, "Paper share"): groups of five, the fifth letter a check of its
 * group, so that whoever types it back is told at once in which group a letter is wrong.
 */

/** Crockford base 32: no I, L, O, U, so that what was written by hand reads one way only. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const lettersInGroup = 4
export const shareBytes = 42
/** Groups of one share. */
export const shareGroupCount = Math.ceil((shareBytes * 8) / (5 * lettersInGroup))

/** Doubling in the field of 32 elements, x^5 + x^2 + 1. */
function doubled(value: number): number {
  const twice = value << 1
  return twice > 31 ? twice ^ 0b100101 : twice
}

/**
 * The check letter of a group: each of its letters counts with a weight of its own, and the group's place counts too.
 *
 * One wrong letter, two letters or two groups in each other's place always show.
 */
function checkOf(values: readonly number[], group: number): number {
  let sum = group
  for (const [place, value] of values.entries()) {
    let weighed = value
    for (let i = 0; i <= place; i += 1) weighed = doubled(weighed)
    sum ^= weighed
  }
  return sum
}

/** The groups of a share of `shareBytes` bytes, as they are printed. */
export function shareGroups(bytes: Uint8Array): string[] {
  const values: number[] = []
  for (let bit = 0; bit < shareGroupCount * lettersInGroup * 5; bit += 5) {
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0)
    values.push((pair >> (11 - (bit & 7))) & 31)
  }
  return Array.from({ length: shareGroupCount }, (_, g) => {
    const own = values.slice(g * lettersInGroup, (g + 1) * lettersInGroup)
    return [...own, checkOf(own, g)].map((v) => alphabet[v]).join('')
  })
}

/** What has been typed of a share so far. */
export interface TypedShare {
  /** The groups typed so far, in capitals; the last may be unfinished. */
  readonly groups: readonly string[]
  /** Numbers, from 1, of the groups in which a letter is wrong. */
  readonly wrong: readonly number[]
  /** The bytes, once every group is there and right. */
  readonly bytes: Uint8Array | undefined
  /** Which sheet of how many it says it is, and of which ceremony (8 hex digits), as soon as the first groups are there and right. */
  readonly sheet: { readonly number: number; readonly ceremony: string } | undefined
}

/** Reads a typed share in any case and grouping; O counts as 0, I and L as 1. Never throws. */
export function readTypedShare(typed: string): TypedShare {
  const letters = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const groups = letters.match(/.{1,5}/g) ?? []
  const wrong: number[] = []
  const values: number[] = []
  for (const [g, group] of groups.entries()) {
    const own = Array.from(group, (letter) => alphabet.indexOf(letter))
    const isWhole = own.length === lettersInGroup + 1
    const isRight = !own.includes(-1) && g < shareGroupCount && (!isWhole || checkOf(own.slice(0, -1), g) === own.at(-1))
    if (!isRight) wrong.push(g + 1)
    values.push(...own.slice(0, lettersInGroup).map((v) => Math.max(0, v)))
  }
  const isWhole = wrong.length === 0 && letters.length === shareGroupCount * (lettersInGroup + 1)
  const bytes = new Uint8Array(shareBytes)
  for (const [place, value] of values.entries()) {
    for (let i = 0; i < 5; i += 1) {
      const bit = place * 5 + i
      const byte = bytes[bit >> 3]
      if (byte !== undefined && (value >> (4 - i)) & 1) bytes[bit >> 3] = byte | (0x80 >> (bit & 7))
    }
  }
  const hasSheet = letters.length >= 2 * (lettersInGroup + 1) && !wrong.includes(1) && !wrong.includes(2)
  return {
    groups,
    wrong,
    bytes: isWhole ? bytes : undefined,
    sheet: hasSheet
      ? {
          number: (bytes[0] ?? 0) & 15,
          ceremony: Array.from(bytes.subarray(1, 5), (b) => b.toString(16).padStart(2, '0')).join(''),
        }
      : undefined,
  }
}
