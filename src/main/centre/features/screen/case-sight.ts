import { nothingSeen, sightOf, type Sight } from '#shared/cases/case-reach.ts'
import type { Answers, FormDefinition } from '#shared/forms/form-definition.ts'
import type { CallContext } from '../../feature.ts'
import { askerOf, findCase, standingOf, type CaseRecord } from '../cases/index.ts'
import { screenOf } from './screen-state.ts'

type Asking = Pick<CallContext, 'store' | 'session' | 'ports'>

/** True when the signed-in user sees who this is, once a reason was given. */
export function mayReveal(record: CaseRecord, context: Asking): boolean {
  const asker = askerOf(context)
  return sightOf(standingOf(record, asker.day), asker, true).identity
}

/** What of a case this session shows: what the roles reach, and nothing in safe-screen mode before it was revealed. */
export function caseSight(caseId: string, context: Asking): Sight & { readonly reasonOpens: boolean } {
  const { store, session } = context
  const screen = screenOf(session, store)
  const record = findCase(store, session.site.code, caseId)
  if (!record) return { ...nothingSeen, reasonOpens: false }
  const isRevealed = screen.revealed.has(caseId)
  const asker = askerOf(context)
  const standing = standingOf(record, asker.day)
  const reasonOpens = !isRevealed && sightOf(standing, asker, true).identity
  if (screen.safe && !isRevealed) return { ...nothingSeen, reasonOpens }
  return { ...sightOf(standing, asker, isRevealed), reasonOpens }
}

/** Which part of the case a question belongs to (do-no-harm: R and C fields, identity s03). */
export function partOf(form: FormDefinition, question: string): keyof Sight {
  const section = form.sections.find((s) => s.questions.some((q) => q.name === question))
  const asked = section?.questions.find((q) => q.name === question)
  // what is of no form is treated like what is most guarded
  if (!section || !asked) return 'confidential'
  if (asked.class !== 'confidential') return 'restricted'
  return section.name === 'identity' ? 'identity' : 'confidential'
}

/** The answers of which the part is seen. */
export function seenAnswers(form: FormDefinition, answers: Answers, sight: Sight): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([question]) => sight[partOf(form, question)]))
}
