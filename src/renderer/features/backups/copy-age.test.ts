import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { copyIsLate, hereTone, outsideTone } from './copy-age.ts'

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 24, 12), toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const daysAgo = (days: number) => ({ at: new Date(Date.now() - days * 86_400_000).toISOString(), changesSince: 0 })

describe('how old a copy may be', () => {
  it('here: green up to seven days, red beyond and without one', () => {
    expect([0, 7, 8].map((d) => hereTone(daysAgo(d)))).toEqual(['green', 'green', 'red'])
    expect(hereTone(null)).toBe('red')
  })
  it('outside: green up to 14 days, amber up to 30, red beyond and without one', () => {
    expect([0, 14, 15, 30, 31].map((d) => outsideTone(daysAgo(d)))).toEqual(['green', 'green', 'amber', 'amber', 'red'])
    expect(outsideTone(null)).toBe('red')
  })
  it('the home page asks for one from the second day on', () => {
    const state = (day: string) => ({
      here: null,
      failed: null,
      folder: null,
      outside: null,
      copies: [{ id: 'x', day, reason: 'daily' as const, bytes: 1 }],
    })
    expect([copyIsLate(state('2026-11-24')), copyIsLate(state('2026-11-23'))]).toEqual([false, true])
    expect(copyIsLate({ ...state('2026-11-23'), outside: daysAgo(3) })).toBe(false)
    expect(copyIsLate({ ...state('2026-11-24'), outside: daysAgo(31) })).toBe(true)
  })
})
