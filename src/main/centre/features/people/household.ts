import type { Relation } from '#shared/people/case-link.ts'
import type { LinkedCase } from '#shared/people/contract.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { caseRow, findCase, mayReach, reachableCase } from '../cases/index.ts'
import type { CardOf } from '../national/index.ts'
import { decisionOf, findLink, linkId, linksOf, otherOf, waitingLinks } from './links-repository.ts'
import { putLink } from './put-link.ts'

interface Pair {
  readonly caseId: string
  readonly otherId: string
}

/** The cases linked with this one; see people.linked. */
export function linkedCases(
  caseId: string,
  cardOf: CardOf,
  context: CallContext,
): { same: LinkedCase[]; household: LinkedCase[] } {
  const { store, session, ports } = context
  reachableCase('case.read', caseId, context)
  const day = today(ports.clock)
  const waiting = waitingLinks(store)
  const linked = (verdict: 'same' | 'together') =>
    linksOf(store, caseId)
      .filter((link) => link.verdict === verdict)
      .flatMap((link): LinkedCase[] => {
        const other = findCase(store, session.site.code, otherOf(link, caseId))
        if (!other) return []
        const opens = mayReach('case.read', other, context)
        // who lives with whom is of both cases; that a person has another case is needed by whoever goes on with this one
        if (!opens && verdict === 'together') return []
        return [
          {
            row: { ...caseRow(other, cardOf(other.form_version), day), opens },
            decision: decisionOf(link, caseId, waiting, context),
          },
        ]
      })
  return { same: linked('same'), household: linked('together') }
}

/** Writes down that two people live together; see people.addToHousehold. */
export function addToHousehold(
  { caseId, otherId, relation }: Pair & { readonly relation: Relation },
  context: CallContext,
): void {
  const { store, session } = context
  reachableCase('people.household', caseId, context)
  reachableCase('case.read', otherId, context)
  if (caseId === otherId || findLink(store, 'identity', caseId, otherId)?.verdict === 'same')
    throw new Refusal('bad-input', { field: 'otherId' })
  store.write((unit) => {
    putLink(unit, session.site.code, 'household', [caseId, otherId], { verdict: 'together', relation })
    unit.audit({ action: 'people.addToHousehold', object: linkId('household', caseId, otherId) })
  })
}

/** Takes it back; see people.removeFromHousehold. */
export function removeFromHousehold({ caseId, otherId }: Pair, context: CallContext): void {
  const { store, session } = context
  reachableCase('people.household', caseId, context)
  reachableCase('case.read', otherId, context)
  if (findLink(store, 'household', caseId, otherId)?.verdict !== 'together') throw new Refusal('not-found')
  store.write((unit) => {
    putLink(unit, session.site.code, 'household', [caseId, otherId], { verdict: 'none' })
    unit.audit({ action: 'people.removeFromHousehold', object: linkId('household', caseId, otherId) })
  })
}
