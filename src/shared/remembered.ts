/** Texts whose answer is kept before all are forgotten. */
const usualMost = 4096

/**
 * A check of texts that come again and again, like names of fields, made once for each: a file of 100,000 changes asks for some fifty names a
 * million times. `most`: how many are kept at once; what others send may hold as many different ones as it likes.
 */
export function remembered(check: (text: string) => boolean, most = usualMost): (text: string) => boolean {
  const known = new Map<string, boolean>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= most) known.clear()
    const answer = check(text)
    known.set(text, answer)
    return answer
  }
}
