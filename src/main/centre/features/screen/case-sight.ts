import { nothingSeen, sightOf, type Sight } from '#shared/cases/case-reach.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { nameOfPath, sectionOfNode } from '#shared/forms/filled-form.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import type { FormNode } from '#shared/forms/form-tree.ts'
import type { CallContext } from '../../feature.ts'
import { askerOf, findCase, standingOf, type CaseRecord } from '../cases/index.ts'
import { screenOf } from './screen-state.ts'

type Asking = Pick<CallContext, 'store' | 'session' | 'ports'>

/** True when the signed-in user sees who this is, once a reason was given. */
export function mayReveal(record: CaseRecord, context: Asking): boolean {
  const asker = askerOf(context)
  return sightOf(standingOf(record, asker.day), asker, true).identity
}

/** What of a case this session shows: what the roles reach, and nothing in safe-screen mode before it was revealed; see `sightOf`. */
export function caseSight(caseId: string, context: Asking, ofCard = true): Sight & { readonly reasonOpens: boolean } {
  const { store, session } = context
  const screen = screenOf(session, store)
  const record = findCase(store, session.site.code, caseId)
  if (!record) return { ...nothingSeen, reasonOpens: false }
  const isRevealed = screen.revealed.has(caseId)
  const asker = askerOf(context)
  const standing = standingOf(record, asker.day)
  const reasonOpens = !isRevealed && sightOf(standing, asker, true).identity
  if (screen.safe && !isRevealed) return { ...nothingSeen, reasonOpens }
  return { ...sightOf(standing, asker, isRevealed, ofCard), reasonOpens }
}

/** Which part of the case an answer belongs to (do-no-harm: R and C fields, identity s03). */
export function partOf(form: CompiledForm, path: string): keyof Sight {
  const node = form.tree.byName.get(nameOfPath(path))
  // what is of no form is treated like what is most guarded
  if (!node) return 'confidential'
  if (!isConfidential(node)) return 'restricted'
  return sectionOfNode(node)?.name === 'identity' ? 'identity' : 'confidential'
}

/** That a repeat has an instance is guarded like its least guarded question. */
function isConfidential({ row, children }: FormNode): boolean {
  if (row.sensitivity === undefined && children.length > 0) return children.every(isConfidential)
  return row.sensitivity !== 'public' && row.sensitivity !== 'restricted'
}

/** The answers of which the part is seen. */
export function seenAnswers(form: CompiledForm, answers: Answers, sight: Sight): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([path]) => sight[partOf(form, path)]))
}
