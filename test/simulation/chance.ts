/** Chance that a seed decides: everything a simulation chooses comes from here. */
export interface Chance {
  /** A whole number from 0 to `below` - 1. */
  int(below: number): number
  /** True with this probability. */
  of(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** A key, by its weight; undefined when all weights are 0. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K | undefined
  shuffled<T>(list: readonly T[]): T[]
}

/** A generator of 32 bits (mulberry32), started by a seed. */
export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const chance: Chance = {
    int: (below) => Math.floor(next() * below),
    of: (probability) => next() < probability,
    pick(list) {
      const picked = list[chance.int(list.length)]
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return picked as (typeof list)[number]
    },
    weighted(weights) {
      const keys = Object.keys(weights) as (keyof typeof weights)[]
      const total = keys.reduce((sum, key) => sum + weights[key], 0)
      let left = next() * total
      for (const key of keys) {
        left -= weights[key]
        if (left < 0) return key
      }
      return undefined
    },
    shuffled(list) {
      const all = [...list]
      for (let i = all.length - 1; i > 0; i -= 1) {
        const j = chance.int(i + 1)
        const kept = all[i]!
        all[i] = all[j]!
        all[j] = kept
      }
      return all
    },
  }
  return chance
}

/**
 * Runs `work` while the library of the seal draws its chance from the seed too: it asks the global `crypto`, which is no port.
 *
 * One at a time; the real one is put back whatever happens.
 */
export async function withSeededCrypto<T>(random: (length: number) => Uint8Array, work: () => Promise<T>): Promise<T> {
  const seeded = <A extends ArrayBufferView>(array: A): A => {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(random(array.byteLength))
    return array
  }
  const before = Object.getOwnPropertyDescriptor(globalThis.crypto, 'getRandomValues')
  Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: seeded, configurable: true, writable: true })
  try {
    return await work()
  } finally {
    if (before) Object.defineProperty(globalThis.crypto, 'getRandomValues', before)
    else Reflect.deleteProperty(globalThis.crypto, 'getRandomValues')
  }
}
