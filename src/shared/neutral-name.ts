const base32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** Letters for the name of a file that leaves the computer, one for each random byte: they tell nothing (H7). */
export function neutralLetters(random: Uint8Array): string {
  return Array.from(random, (b) => base32[b & 31]).join('')
}
