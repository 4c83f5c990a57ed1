import { describe, expect, it } from 'vitest'
import { nowMs } from '#renderer/api/clock.ts'
import { ageTone, quietDays } from './peer-age.ts'

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

  it('counts the slower direction, and from the first trusted PC while nothing was exchanged', () => {
    const ago = (days: number) => new Date(nowMs() - days * 86_400_000).toISOString()
    const card = { device: 'd', siteCode: 'BUE', siteName: 'Buéa', words: ['a', 'b', 'c', 'd', 'e', 'f'] }
    const devices = [20, 40].map((days) => ({ card, trustedAt: ago(days), clockOffMinutes: null }))
    const file = (days: number) => ({ at: ago(days), counter: 1, changes: 1 })
    expect(quietDays({ devices, lastSent: file(2), lastReceived: file(16) })).toBe(16)
    expect(quietDays({ devices, lastSent: file(2), lastReceived: null })).toBe(40)
  })
})
