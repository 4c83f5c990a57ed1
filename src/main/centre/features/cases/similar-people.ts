import { likelySame, likeness, soundKeys } from '#shared/cases/name-sound.ts'
import type { CaseRow } from '#shared/cases/contract.ts'
import type { FormDefinition } from '#shared/forms/form-definition.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { mayReach, reachableCase } from './case-access.ts'
import { caseRow, personName } from './case-shown.ts'
import { casesOfSound, findCase } from './cases-repository.ts'

const shownMost = 5
/** Rows of the index that are compared name by name: those with most of the sounds, the rarest first. */
const comparedMost = 200

/**
 * Other people of this desk whose name is so like this one's that they may be the same person, likest first; at most five.
 *
 * A machine only points at them (do-no-harm 40): nothing is merged. Throws not-found for a case out of reach.
 */
export function similarPeople(caseId: string, form: FormDefinition, context: CallContext): CaseRow[] {
  const { store, session, ports } = context
  const name = personName(reachableCase('case.edit', caseId, context).answers)
  const keys = soundKeys(name)
  if (keys.length === 0) return []
  const day = today(ports.clock)
  return casesOfSound(store, keys, comparedMost)
    .filter((id) => id !== caseId)
    .flatMap((id) => findCase(store, session.site.code, id) ?? [])
    .map((record) => ({ record, score: likeness(name, personName(record.answers)) }))
    .filter(({ score }) => score >= likelySame)
    .toSorted((a, b) => b.score - a.score || b.record.updated_at - a.record.updated_at)
    .slice(0, shownMost)
    .map(({ record }) => ({ ...caseRow(record, form, day), opens: mayReach('case.read', record, context) }))
}
