const base32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** Ten bytes, usually random, as 16 base-32 letters: a writer's or device's id. */
export function newWriterId(randomBytes: (length: number) => Uint8Array): string {
  let bits = 0n
  for (const b of randomBytes(10)) bits = (bits << 8n) | BigInt(b)
  return Array.from({ length: 16 }, (_, i) => base32[Number((bits >> BigInt(5 * (15 - i))) & 31n)]).join('')
}
