import { describe, expect, it } from 'vitest'
import { copyDay, surplusCopies, type CopyReason, type KeptCopy } from './kept-copies.ts'

const dayMilliseconds = 86_400_000
const november = Date.UTC(2026, 10, 24, 8)

/** Makes one copy after the other, each followed by the thinning out; gives the days that are left, the newest first. */
function after(days: readonly string[], reason: CopyReason = 'daily', few = false): readonly string[] {
  let kept: KeptCopy[] = []
  days.forEach((day, i) => {
    const number = i + 1
    kept = [{ id: `${String(number).padStart(6, '0')}-${day}-${reason}`, number, day, reason }, ...kept]
    const gone = new Set(surplusCopies(kept, reason, few))
    kept = kept.filter((c) => !gone.has(c))
  })
  return kept.map((c) => c.day)
}
const daysFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => copyDay(november + (first + i) * dayMilliseconds))

describe('which copies stay', () => {
  it('one of each of seven days, then one of each of four weeks, however long it goes on', () => {
    for (const length of [60, 61, 67, 90]) {
      const left = after(daysFrom(0, length))
      expect(left.slice(0, 7)).toEqual(daysFrom(length - 7, 7).toReversed())
      expect(left).toHaveLength(11)
      const [oldest] = left.toReversed()
      const span = daysFrom(0, length).length - daysFrom(0, length).indexOf(oldest!)
      expect([span > 28, span < 42]).toEqual([true, true])
    }
  })

  it('ten copies of one afternoon do not push the days before out', () => {
    const left = after([...daysFrom(0, 6), ...Array.from({ length: 10 }, () => copyDay(november + 6 * dayMilliseconds))])
    expect(new Set(left)).toEqual(new Set(daysFrom(0, 7)))
    expect(left.filter((day) => day === left[0])).toHaveLength(3)
  })

  it('the newest three stay whatever the clock says: one that starts in 1980, one of the year 12000', () => {
    expect(after(['20261124', '19800101', '19800101', '19800101', '19800101'])).toEqual([
      '19800101',
      '19800101',
      '19800101',
      '20261124',
    ])
    expect([copyDay(-1), copyDay(8.6e15)]).toEqual(['19700101', '99991231'])
  })

  it('three stay where the disk has little room, and of every other reason', () => {
    expect(after(daysFrom(0, 9), 'daily', true)).toEqual(daysFrom(6, 3).toReversed())
    for (const reason of ['import', 'migration', 'renewal', 'aside'] as const)
      expect(after(daysFrom(0, 9), reason)).toEqual(daysFrom(6, 3).toReversed())
  })
})
