import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namedSites, siteOfArrondissement, type Site } from '../security/site.ts'
import { caseNumber, isCaseNumber } from './case-number.ts'

const sites: readonly Site[] = [...namedSites, siteOfArrondissement('CM010005003', 'Kumba')]
const numericOf = (code: string) => sites.find((s) => s.code === code)?.numeric
const number = fc
  .tuple(fc.constantFrom(...sites), fc.integer({ min: 2024, max: 2099 }), fc.integer({ min: 1, max: 999_999 }))
  .map(([s, y, n]) => caseNumber(s, y, n))

describe('case number', () => {
  it('is recognised, and says site, year and sequence', () => {
    expect(caseNumber(namedSites[1]!, 2026, 4217)).toMatch(/^MOR-26-004217-\d\d$/)
    fc.assert(fc.property(number, (n) => isCaseNumber(n, numericOf)))
  })

  it('U24 every mistyped digit and every swap of neighbours is refused', () => {
    fc.assert(
      fc.property(number, fc.nat({ max: 30 }), fc.integer({ min: 0, max: 9 }), (n, at, digit) => {
        const i = 4 + (at % (n.length - 4))
        fc.pre(/\d/.test(n[i] ?? '') && n[i] !== String(digit))
        expect(isCaseNumber(n.slice(0, i) + digit + n.slice(i + 1), numericOf)).toBe(false)
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(number, fc.nat({ max: 30 }), (n, at) => {
        const i = 4 + (at % (n.length - 5))
        fc.pre(/\d\d/.test(n.slice(i, i + 2)) && n[i] !== n[i + 1])
        expect(isCaseNumber(n.slice(0, i) + n[i + 1] + n[i] + n.slice(i + 2), numericOf)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['', 'MOR-26-000001', 'XXX-26-000001-97', 'MOR-26-0000001-97'])('%j is no case number', (n) =>
    expect(isCaseNumber(n, numericOf)).toBe(false),
  )
})
