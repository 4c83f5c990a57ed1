import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstStamp, isStamp, laterStamp, stampAfter, stampMilliseconds, stampOf, stampOfClock, tick } from './stamp.ts'

const wall = fc.integer({ min: 0, max: 36 ** 9 - 1 })

describe('stamp', () => {
  it('sorts as text in the order of time and counter', () => {
    fc.assert(
      fc.property(wall, wall, fc.integer({ min: 0, max: 1295 }), fc.integer({ min: 0, max: 1295 }), (a, b, i, j) => {
        const order = a === b ? Math.sign(i - j) : Math.sign(a - b)
        const [x, y] = [stampOf(a, i), stampOf(b, j)]
        expect(x < y ? -1 : x > y ? 1 : 0).toBe(order)
        expect(isStamp(x)).toBe(true)
        expect(stampMilliseconds(x)).toBe(a)
      }),
    )
  })

  it('I2 strictly increases whatever the clock does', () => {
    const clocks = fc.array(fc.oneof(wall, fc.constantFrom(Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY)), { maxLength: 60 })
    fc.assert(
      fc.property(clocks, (readings) => {
        let last = firstStamp
        for (const reading of readings) {
          const next = tick(last, reading)
          expect(next > last).toBe(true)
          last = next
        }
      }),
    )
  })

  it('carries into the next millisecond when the counter is full', () => {
    const full = stampOf(5, 1295)
    expect(stampAfter(full)).toBe(stampOf(6, 0))
    expect(laterStamp(full, stampAfter(full))).toBe(stampOf(6, 0))
  })

  it('refuses what no stamp can hold', () => {
    expect(() => stampOf(-1, 0)).toThrow(RangeError)
    expect(() => stampOf(36 ** 9, 0)).toThrow(RangeError)
    expect(() => stampOf(0, 1296)).toThrow(RangeError)
    expect(isStamp('1-2')).toBe(false)
    expect(stampOfClock(Date.UTC(9999, 11, 31))).toBe(stampOf(36 ** 9 - 1, 0))
    expect(stampOfClock(-1.5)).toBe(firstStamp)
  })
})
