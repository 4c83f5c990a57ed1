import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAt, instantAt } from './desk-day.ts'

describe('desk day', () => {
  it('agrees with the calendar from 1970 to 2199, in every zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2199, 0, 1) }), fc.integer({ min: -720, max: 840 }), (t, offset) => {
        expect(dayAt(t, offset)).toBe(new Date(Math.max(0, t) + offset * 60_000).toISOString().slice(0, 10))
        expect(instantAt(t)).toBe(`${new Date(t).toISOString().slice(0, 19)}Z`)
      }),
    )
  })
})
