const charactersInCode = 26
const groupCharacters = 4

/** A recovery code in its one spelling: capitals, O→0, I and L→1, no spaces or dashes. */
function spelled(code: string): string {
  return code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
}

/** The groups of four in which a code is shown and read aloud; the last has two characters. */
export function groupsOfFour(code: string): readonly string[] {
  return spelled(code).match(/.{1,4}/g) ?? []
}

/** Where a code typed back differs from the one on paper: its length, or the first group that does; undefined when it is the same. */
export function codeDifference(
  code: string,
  typed: string,
):
  | { readonly kind: 'length'; readonly characters: number; readonly wanted: number }
  | { readonly kind: 'group'; readonly group: number }
  | undefined {
  const [right, given] = [spelled(code), spelled(typed)]
  if (right === given) return undefined
  const at = [...right].findIndex((c, i) => given[i] !== undefined && given[i] !== c)
  if (at >= 0) return { kind: 'group', group: Math.floor(at / groupCharacters) + 1 }
  return { kind: 'length', characters: given.length, wanted: charactersInCode }
}
