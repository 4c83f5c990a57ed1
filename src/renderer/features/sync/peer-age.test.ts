import { describe, expect, it } from 'vitest'
import { ageTone } from './peer-age.ts'

describe('the age of exchanges', () => {
  it.each([
    [0, 'green'],
    [14, 'green'],
    [15, 'amber'],
    [30, 'amber'],
    [31, 'red'],
    [400, 'red'],
  ] as const)('U20 shows %i days as %s', (days, tone) => {
    expect(ageTone(days)).toBe(tone)
  })
})
