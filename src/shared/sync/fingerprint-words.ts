/** 64 syllables that sound alike in French, English and Pidgin; six bits each. */
const consonants = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'z'] as const
const vowels = ['a', 'e', 'i', 'o', 'u'] as const
const syllables: readonly string[] = consonants.flatMap((c) => vowels.map((v) => c + v)).slice(0, 64)

const wordsCount = 6
const syllablesPerWord = 2

/**
 * Six words to read aloud over the phone, from a SHA-256 of both public keys: 72 bits (docs/formats/sync-file.md, "Device card").
 *
 * Takes at least nine bytes. Throws RangeError for less.
 */
export function fingerprintWords(hash: Uint8Array): string[] {
  if (hash.length < 9) throw new RangeError('fingerprint length')
  let bits = 0n
  for (const byte of hash.subarray(0, 9)) bits = (bits << 8n) | BigInt(byte)
  const picked = Array.from(
    { length: wordsCount * syllablesPerWord },
    (_, i) => syllables[Number((bits >> BigInt(66 - 6 * i)) & 63n)] ?? '',
  )
  return Array.from({ length: wordsCount }, (_, i) => picked.slice(i * syllablesPerWord, (i + 1) * syllablesPerWord).join(''))
}
