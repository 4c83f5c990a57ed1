import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { referralCode, shownReferralCode } from '../referrals/referral-code.ts'
import { namedSites, siteOfArrondissement } from '../security/site.ts'
import { caseNumber } from '../cases/case-number.ts'
import { readSearch } from './search-text.ts'

const number = caseNumber(namedSites[1]!, 2026, 14)

describe('search text', () => {
  it('U24 knows a case number however it is written', () => {
    for (const typed of [number, number.toLowerCase(), number.replaceAll('-', ''), number.replaceAll('-', ' '), ` ${number} `])
      expect(readSearch(typed)).toEqual({ kind: 'case-number', number, right: true })
    const village = caseNumber(siteOfArrondissement('CM010005003', 'Kumba'), 2026, 1)
    expect(readSearch(village)).toEqual({ kind: 'case-number', number: village, right: true })
  })

  it('U24 a mistyped case number is told from one that fits: any figure, any swap, one too many or too few', () => {
    const digits = [...number].flatMap((c, i) => (/\d/.test(c) ? [i] : []))
    for (const at of digits) {
      for (const other of '0123456789') {
        if (other === number[at]) continue
        expect(readSearch(number.slice(0, at) + other + number.slice(at + 1))).toMatchObject({
          kind: 'case-number',
          right: false,
        })
      }
    }
    expect(readSearch(`${number}1`)).toMatchObject({ kind: 'case-number', right: false })
    expect(readSearch(number.slice(0, -1))).toMatchObject({ kind: 'case-number', right: false })
    expect(readSearch(number.replace('MOR', 'XYZ'))).toMatchObject({ kind: 'case-number', right: false })
  })

  it('U24 knows a referral code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (random) => {
        const code = referralCode(random)
        expect(readSearch(shownReferralCode(code).toLowerCase())).toMatchObject({ kind: 'referral-code', code, right: true })
      }),
    )
  })

  it.each(['A7K2-9QTX-6', 'a7k2 9qtx 7', '7AK29QTX5'])('U24 %s is a mistyped referral code', (typed) => {
    expect(readSearch(typed)).toMatchObject({ kind: 'referral-code', right: false })
  })

  it('U24 a name, a telephone number and the beginning of a case number are looked for as well when they happen to be a code', () => {
    const ends = Array.from({ length: 100 }, (_, i) => String(100 + i))
    const letters = [...'BDFHJKMNRSTZ'].flatMap((first) => [...'ABDEHKMNRSTZ'].map((last) => `${first}atimata${last}`))
    for (const texts of [ends.map((end) => `6 00 00 0${end}`), ends.map((end) => `MOR-26-0${end}`), letters]) {
      const codes = texts.map(readSearch).filter((read) => read.kind === 'referral-code')
      expect(codes.length).toBeGreaterThan(0)
      expect(codes.filter((read) => !read.right || !read.orWords)).toEqual([])
    }
    expect(readSearch('7AK2-9QTX-6')).toMatchObject({ kind: 'referral-code', orWords: false })
  })

  it('takes everything else as words: names, parts of a number, a telephone number', () => {
    for (const text of ["N'Koumo", 'MOR-26-0000', '000014', '600000042', 'Aïssatou 😀', '<script>', 'محمد'])
      expect(readSearch(text)).toEqual({ kind: 'words', text })
  })

  it('refuses a very long text without cutting it, and takes an empty one for nothing', () => {
    expect(readSearch('x'.repeat(101))).toEqual({ kind: 'too-long' })
    expect(readSearch('😀'.repeat(100)).kind).toBe('words')
    expect(readSearch('   ')).toEqual({ kind: 'nothing' })
  })
})
