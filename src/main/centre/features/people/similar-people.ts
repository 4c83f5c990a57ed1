import { likelySame, likelyWithPhone, likeness } from '#shared/cases/name-sound.ts'
import type { CaseRow } from '#shared/cases/contract.ts'
import { nameSounds, phoneWord } from '#shared/people/person-keys.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { caseRow, casesOfSound, findCase, mayReach, personName, reachableCase, textAnswer } from '../cases/index.ts'
import type { CardOf } from '../national/index.ts'
import { linksOf, otherOf, waitingLinks } from './links-repository.ts'

const shownMost = 5
/** Rows of the index that are compared name by name: those with most of the sounds, the rarest first. */
const comparedMost = 200

/**
 * Other people of this desk whose name, or whose name and telephone number, are so like this one's that they may be the same person, likest
 * first; at most five.
 *
 * A machine only points at them (do-no-harm 40): nothing is merged. Of whom a person decided whether they are the same, nobody is asked again.
 * Throws not-found for a case out of reach.
 */
export function similarPeople(caseId: string, cardOf: CardOf, context: CallContext): CaseRow[] {
  const { store, session, ports } = context
  const { answers } = reachableCase('case.edit', caseId, context)
  const name = personName(answers)
  const phone = phoneWord(textAnswer(answers, 'phone'))
  const keys = [
    ...nameSounds([textAnswer(answers, 'family_name'), textAnswer(answers, 'given_names')]),
    ...(phone === undefined ? [] : [phone]),
  ]
  if (keys.length === 0) return []
  const day = today(ports.clock)
  const waiting = waitingLinks(store)
  const decided = new Set(
    linksOf(store, caseId).flatMap((l) => (l.about === 'identity' && !waiting.has(l.id) ? [otherOf(l, caseId)] : [])),
  )
  return casesOfSound(store, keys, comparedMost)
    .filter((id) => id !== caseId && !decided.has(id))
    .flatMap((id) => findCase(store, session.site.code, id) ?? [])
    .map((record) => {
      const samePhone = phone !== undefined && phoneWord(textAnswer(record.answers, 'phone')) === phone
      return { record, samePhone, score: likeness(name, personName(record.answers)) }
    })
    .filter(({ score, samePhone }) => score >= (samePhone ? likelyWithPhone : likelySame))
    .toSorted((a, b) => b.score - a.score || b.record.updated_at - a.record.updated_at)
    .slice(0, shownMost)
    .map(({ record }) => ({
      ...caseRow(record, cardOf(record.form_version), day),
      opens: mayReach('case.read', record, context),
    }))
}
