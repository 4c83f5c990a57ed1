import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readReferralCode, referralCode, shownReferralCode } from './referral-code.ts'

const codes = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => referralCode(bytes))
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe('referral code', () => {
  it('is read back from what is printed, in any case, with O, I and L for 0 and 1', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(readReferralCode(shownReferralCode(code))).toBe(code)
        expect(readReferralCode(` ${code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `)).toBe(code)
      }),
    )
  })

  it('U24 refuses every mistyped character and every swap of neighbours', () => {
    fc.assert(
      fc.property(codes, fc.integer({ min: 0, max: 8 }), fc.constantFrom(...alphabet), (code, at, other) => {
        const wrong = code.slice(0, at) + other + code.slice(at + 1)
        fc.pre(wrong !== code)
        expect(readReferralCode(wrong)).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
    fc.assert(
      fc.property(codes, fc.integer({ min: 0, max: 6 }), (code, at) => {
        const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2)
        fc.pre(swapped !== code)
        expect(readReferralCode(swapped)).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  it.each(['', '1234', 'ABCDEFGHJK', 'ZZZZ-ZZZZ-Z'])('%j is no code', (typed) => expect(readReferralCode(typed)).toBeUndefined())
})
