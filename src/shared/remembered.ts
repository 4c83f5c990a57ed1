/** Texts whose answer is kept before all are forgotten. */
const usualMost = 4096

/**
 * What is worked out of texts that come again and again, like names of fields, once for each: a file of 100,000 changes asks for some fifty names a
 * million times. `most`: how many are kept at once; what others send may hold as many different ones as it likes.
 */
export function remembered<T extends boolean | object | null>(of: (text: string) => T, most = usualMost): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= most) known.clear()
    const answer = of(text)
    known.set(text, answer)
    return answer
  }
}
