import { hash } from 'node:crypto'
import { orderedPair, seenFromTheOther, type LinkSubject, type LinkVerdict, type Relation } from '#shared/people/case-link.ts'
import type { PairDecision } from '#shared/people/contract.ts'
import { stampMilliseconds } from '#shared/sync/stamp.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { authorOf } from '../../storage/change-authors.ts'
import { differingValues } from '../../storage/review.ts'
import { clockOf, readClocks, registersOf } from '../../storage/row-registers.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { siteNames } from '../sync/index.ts'

export interface LinkRow {
  readonly id: string
  readonly stream: string
  readonly clk: string
  readonly case_a: string
  readonly case_b: string
  readonly about: LinkSubject
  readonly verdict: LinkVerdict
  readonly leading: 'a' | 'b' | null
  readonly relation: Relation | null
  readonly reason: string | null
  readonly taken: string | null
}

/** The id of a link, the same at every PC of the centre (docs/formats/sync-file.md, "Values"). */
export function linkId(about: LinkSubject, first: string, second: string): string {
  const { a, b } = orderedPair(first, second)
  return `l${hash('sha256', `psrl1/link\n${about}\n${a}\n${b}`).slice(0, 20)}`
}

const columns = 'id, stream, clk, case_a, case_b, about, verdict, leading, relation, reason, taken'

/** What was decided about two cases, taken back or not; undefined: nothing yet. */
export function findLink(db: ReadableDb, about: LinkSubject, first: string, second: string): LinkRow | undefined {
  return db.read<LinkRow>(`SELECT ${columns} FROM case_link WHERE id = ?`).get(linkId(about, first, second))
}

/** The decisions about this case and others that are in force, in the order in which they were first made. */
export function linksOf(db: ReadableDb, caseId: string): LinkRow[] {
  return db
    .read<LinkRow>(
      `SELECT ${columns} FROM case_link WHERE n IN (SELECT n FROM case_link WHERE case_a = ? UNION SELECT n FROM case_link WHERE case_b = ?)
       AND verdict <> 'none' ORDER BY n`,
    )
    .all(caseId, caseId)
}

/** The other case of a link. */
export function otherOf(link: LinkRow, caseId: string): string {
  return link.case_a === caseId ? link.case_b : link.case_a
}

/** Links of which two computers said different things at the same time. */
export function waitingLinks(db: ReadableDb): ReadonlySet<string> {
  return new Set(differingValues(db).flatMap((v) => (v.kind === 'case_link' ? [v.row] : [])))
}

/** A decision as a page shows it, seen from one of the two cases. */
export function decisionOf(link: LinkRow, caseId: string, waiting: ReadonlySet<string>, context: CallContext): PairDecision {
  const registers = registersOf('case_link', { ...link })
  const clocks = readClocks(link.clk, registers)
  const [writer, seq, stamp] = clockOf(clocks, registers, 'verdict') ?? [0, 0, '000000000-00']
  const author = authorOf(context.store, link.stream, writer, seq)
  // what a decision elsewhere left beside another verdict says nothing
  const relation = link.verdict === 'together' ? link.relation : null
  const leading = link.verdict === 'same' ? link.leading : null
  return {
    verdict: link.verdict,
    leading: leading === null ? null : leading === 'a' ? link.case_a : link.case_b,
    relation: relation === null || link.case_a === caseId ? relation : seenFromTheOther(relation),
    by: author.name,
    site: siteNames(context)(author.device),
    at: instantAt(stampMilliseconds(stamp)),
    reason: link.reason ?? '',
    waits: waiting.has(link.id),
  }
}
