/** What a link between two cases is about: whether they are of one person, or whether the two people live together. */
export const linkSubjects = ['identity', 'household'] as const
export type LinkSubject = (typeof linkSubjects)[number]

/** What was decided; `none`: the decision was taken back. */
export const linkVerdicts = ['same', 'different', 'together', 'none'] as const
export type LinkVerdict = (typeof linkVerdicts)[number]

/** What one person of a household is to another. */
export const relations = ['spouse', 'child', 'parent', 'sibling', 'guardian', 'ward', 'other'] as const
export type Relation = (typeof relations)[number]

/** The two cases of a pair as a link names them, and whether they were given the other way round. */
export function orderedPair(first: string, second: string): { readonly a: string; readonly b: string; readonly turned: boolean } {
  return first < second ? { a: first, b: second, turned: false } : { a: second, b: first, turned: true }
}

const inverses: Readonly<Partial<Record<Relation, Relation>>> = {
  child: 'parent',
  parent: 'child',
  guardian: 'ward',
  ward: 'guardian',
}

/** The same relation, said by the other of the two. */
export function seenFromTheOther(relation: Relation): Relation {
  return inverses[relation] ?? relation
}
