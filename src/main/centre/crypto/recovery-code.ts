import type { Random } from '../ports.ts'

/** Crockford base 32: no I, L, O, U, so that a code written by hand reads one way only. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const charactersInCode = 26
const charactersInStartCode = 12

const newCode = (random: Random, characters: number): string =>
  Array.from(random.bytes(characters), (b) => alphabet[b & 31]).join('')

function readCode(typed: string, characters: number): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return code.length === characters && [...code].every((c) => alphabet.includes(c)) ? code : undefined
}

/** A recovery code of 26 characters, 130 bits: it needs no slow key derivation (sync.md section 4). */
export function newRecoveryCode(random: Random): string {
  return newCode(random, charactersInCode)
}

/** A starting code of 12 characters, 60 bits: opens once, within a day, through the same slow derivation as a password. */
export function newStartCode(random: Random): string {
  return newCode(random, charactersInStartCode)
}

/** The code in groups of four, as it is shown and printed. */
export function groupedCode(code: string): string {
  return code.match(/.{1,4}/g)?.join(' ') ?? ''
}

/** A typed code in its one spelling: any case and grouping, O→0, I and L→1. Undefined if it cannot be a code. */
export function readRecoveryCode(typed: string): string | undefined {
  return readCode(typed, charactersInCode)
}

/** The same for a starting code. */
export function readStartCode(typed: string): string | undefined {
  return readCode(typed, charactersInStartCode)
}
