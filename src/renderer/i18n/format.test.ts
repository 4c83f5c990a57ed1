import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDay, parseTypedDay } from './format.ts'

describe('days', () => {
  it('U14 are shown as dd/mm/yyyy and read back the same', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10)
        expect(parseTypedDay(formatDay(day))).toBe(day)
      }),
    )
  })

  it.each(['31/02/2026', '29/02/2025', '00/01/2026', '31/04/2026', '12/13/2026', '1/1/26', 'hier', '', '2026-02-01'])(
    'U14 refuse %s',
    (typed) => {
      expect(parseTypedDay(typed)).toBeUndefined()
    },
  )

  it.each([
    ['29/02/2024', '2024-02-29'],
    ['5/2/1990', '1990-02-05'],
    ['05-02-1990', '1990-02-05'],
    ['05.02.1990', '1990-02-05'],
    ['05021990', '1990-02-05'],
  ])('U14 accept %s', (typed, day) => {
    expect(parseTypedDay(typed)).toBe(day)
  })
})
