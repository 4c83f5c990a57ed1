import type { Random } from '../ports.ts'

/** Crockford base 32: no I, L, O, U, so that a code written by hand reads one way only. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const charactersInCode = 26

/** A recovery code of 26 characters, 130 bits: it needs no slow key derivation (sync.md section 4). */
export function newRecoveryCode(random: Random): string {
  return Array.from(random.bytes(charactersInCode), (b) => alphabet[b & 31]).join('')
}

/** The code in groups of four, as it is shown and printed. */
export function groupedCode(code: string): string {
  return code.match(/.{1,4}/g)?.join(' ') ?? ''
}

/** A typed code in its one spelling: any case and grouping, O→0, I and L→1. Undefined if it cannot be a code. */
export function readRecoveryCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return code.length === charactersInCode && [...code].every((c) => alphabet.includes(c)) ? code : undefined
}
