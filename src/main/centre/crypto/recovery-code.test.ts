import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupedCode, newRecoveryCode, readRecoveryCode } from './recovery-code.ts'

const random = { bytes: (n: number) => new Uint8Array(randomBytes(n)) }

describe('recovery code', () => {
  it('is read back from any grouping and case, and from O, I, L written for 0 and 1', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 26, maxLength: 26 }), fc.boolean(), (bytes, lower) => {
        const code = newRecoveryCode({ bytes: () => bytes })
        const written = groupedCode(code).replaceAll('0', 'O').replaceAll('1', 'l')
        expect(readRecoveryCode(lower ? written.toLowerCase() : ` ${written.replaceAll(' ', '-')} `)).toBe(code)
      }),
    )
  })

  it('differs each time', () => {
    expect(new Set(Array.from({ length: 50 }, () => newRecoveryCode(random))).size).toBe(50)
  })

  it.each(['', 'ABCD', `${'A'.repeat(25)}U`, 'A'.repeat(27)])('%j is no code', (typed) =>
    expect(readRecoveryCode(typed)).toBeUndefined(),
  )
})
