import { Refusal } from '#shared/result.ts'

/**
 * The six words as somebody typed them while they were read aloud, against those that a file really has; case and accents do not count.
 *
 * Throws Refusal words-differ {place} with the place, from 1, of the first that differs.
 */
export function compareWords(typed: string, words: readonly string[]): void {
  const heard = typed
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .split(/[^a-z]+/)
    .filter(Boolean)
  const place = words.findIndex((word, i) => heard[i] !== word)
  if (place >= 0 || heard.length !== words.length)
    throw new Refusal('words-differ', { place: place < 0 ? words.length : place + 1 })
}
