import { orderedPair, seenFromTheOther, type LinkSubject, type LinkVerdict, type Relation } from '#shared/people/case-link.ts'
import { regionStream } from '#shared/sync/stream.ts'
import type { WriteUnit } from '../../storage/store.ts'
import { findLink, linkId } from './links-repository.ts'

export interface Deciding {
  readonly verdict: LinkVerdict
  /** The case that is carried on. */
  readonly leading?: string
  /** What the person of the second case is to the one of the first. */
  readonly relation?: Relation
  readonly reason?: string
  /** JSON of what the leading case took. */
  readonly taken?: string
}

/**
 * Writes down what was decided about two cases, in place of what stood there; what two computers had said apart is decided with it.
 *
 * In the caller's transaction.
 */
export function putLink(
  unit: WriteUnit,
  site: string,
  about: LinkSubject,
  [first, second]: readonly [string, string],
  { verdict, leading, relation, reason, taken }: Deciding,
): void {
  const { a, b, turned } = orderedPair(first, second)
  const id = linkId(about, a, b)
  const fields = {
    verdict,
    leading: leading === undefined ? null : leading === a ? 'a' : 'b',
    relation: relation === undefined ? null : turned ? seenFromTheOther(relation) : relation,
    reason: reason ?? '',
    taken: taken ?? null,
  }
  if (findLink(unit, about, a, b) === undefined) {
    unit.insert('case_link', { id, stream: regionStream(site), fields: { case_a: a, case_b: b, about, ...fields } })
    return
  }
  unit.change('case_link', id, fields)
  const open = unit
    .read<{ field: string }>("SELECT DISTINCT field FROM review WHERE kind = 'case_link' AND row = ?")
    .all(id)
    .map((r) => r.field)
  if (open.length > 0) unit.decide('case_link', id, open, undefined)
}
