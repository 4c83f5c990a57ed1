import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, ageYears, isPartialDate, readTypedDate, shownDate } from './partial-date.ts'

describe('dates', () => {
  it.each([
    ['24/03/1994', '1994-03-24'],
    ['24.3.1994', '1994-03-24'],
    ['24031994', '1994-03-24'],
    ['03/1994', '1994-03'],
    [' 1994 ', '1994'],
    ['29/02/2024', '2024-02-29'],
  ])('U14 %s is read', (typed, date) => expect(readTypedDate(typed, true)).toEqual({ ok: true, date }))

  it.each([
    ['31/02/2026', 'no-such-day'],
    ['00/00/0000', 'year-out-of-range'],
    ['00/01/2020', 'no-such-day'],
    ['13/1994', 'no-such-month'],
    ['29/02/2025', 'no-such-day'],
    ['1/1/94', 'year-out-of-range'],
    ['hier', 'not-a-date'],
  ])('U14 %s is refused: %s', (typed, problem) => expect(readTypedDate(typed, true)).toEqual({ ok: false, problem }))

  it('reads back every day it shows, and agrees with the calendar', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
        fc.integer({ min: -800, max: 800 }),
        (d, days) => {
          const day = d.toISOString().slice(0, 10)
          expect(readTypedDate(shownDate(day), false)).toEqual({ ok: true, date: day })
          expect(isPartialDate(day)).toBe(true)
          expect(addDays(day, days)).toBe(new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10))
        },
      ),
    )
  })

  it('H23 takes the younger age when only month or year is known', () => {
    expect([
      ageYears('2008', '', '2026-11-24'),
      ageYears('2008-11', '', '2026-11-24'),
      ageYears('2008-11-24', '', '2026-11-24'),
    ]).toEqual([17, 17, 18])
    expect([ageYears('', '17', '2026-11-24'), ageYears('', '', '2026-11-24'), ageYears('2026', '', '2026-11-24')]).toEqual([
      17,
      undefined,
      0,
    ])
  })
})
