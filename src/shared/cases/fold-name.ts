const letters: Readonly<Record<string, string>> = {
  ɓ: 'b',
  ɗ: 'd',
  ŋ: 'n',
  ƴ: 'y',
  ə: 'e',
  ɛ: 'e',
  ɨ: 'i',
  ɔ: 'o',
  ʉ: 'u',
  œ: 'oe',
  æ: 'ae',
  ø: 'o',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
}

/**
 * A text as it is searched: lower case, no accents, Cameroonian letters folded (ɓ→b, ɗ→d, ŋ→n, ə→e …), apostrophes removed,
 * everything else that is no letter or digit becomes one space.
 */
export function foldName(text: string): string {
  // most names have plain letters alone: the same, without looking for what cannot be there
  if (/^[ -~]*$/.test(text)) {
    return text
      .toLowerCase()
      .replace(/['`]/g, '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  }
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ɓɗŋƴəɛɨɔʉœæøßłđ]/gu, (c) => letters[c] ?? c)
    .replace(/['’‘ʼ`]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The folded words of a search, at most 8, longest text 100 characters. */
export function foldedWords(text: string): readonly string[] {
  return foldName(text.slice(0, 100)).split(' ').filter(Boolean).slice(0, 8)
}
