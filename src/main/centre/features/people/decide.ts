import type { AuditAction } from '#shared/audit/actions.ts'
import { allowsIdentity } from '#shared/cases/consent.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { isAdministrative, isFilledIn, worldOn, wrongAnswer } from '#shared/forms/filled-form.ts'
import type { Answer, Answers } from '#shared/forms/form-definition.ts'
import { FormState } from '#shared/forms/form-state.ts'
import { isSameAnswer, takenTogether } from '#shared/people/compared-answers.ts'
import type { PairDecision } from '#shared/people/contract.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext, CallReceived } from '../../feature.ts'
import { storedJson } from '../../storage/stored-json.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { answerRegisters, findCase, reachableCase, type CaseRecord } from '../cases/index.ts'
import { caseSight, partOf } from '../screen/index.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { profileOf } from '../national/index.ts'
import { decisionOf, findLink, linkId, waitingLinks } from './links-repository.ts'
import { putLink } from './put-link.ts'

interface Pair {
  readonly caseId: string
  readonly otherId: string
}

/** How the register names each decision. */
const decidedAs = {
  same: 'people.same',
  different: 'people.different',
  household: 'people.household',
} as const satisfies Record<CallReceived<'people.decide'>['decision']['kind'], AuditAction>

/** The answers that a leading case took: what stood there before, and what stands there since. */
interface Taken {
  readonly caseId: string
  readonly answers: Readonly<Record<string, readonly [before: Answer | null, since: Answer | null]>>
}

function pairInReach({ caseId, otherId }: Pair, context: CallContext): readonly [CaseRecord, CaseRecord] {
  if (caseId === otherId) throw new Refusal('bad-input', { field: 'otherId' })
  return [reachableCase('people.decide', caseId, context), reachableCase('people.decide', otherId, context)]
}

/** What was decided about two cases; see people.decisions. */
export function decisionsAbout(
  pair: Pair,
  context: CallContext,
): { identity: PairDecision | null; household: PairDecision | null } {
  pairInReach(pair, context)
  const waiting = waitingLinks(context.store)
  const shown = (about: 'identity' | 'household') => {
    const link = findLink(context.store, about, pair.caseId, pair.otherId)
    return link && link.verdict !== 'none' ? decisionOf(link, pair.caseId, waiting, context) : null
  }
  return { identity: shown('identity'), household: shown('household') }
}

/** Decides about two people; see people.decide. Nothing of either case is changed but answers that a person chose to take (H40). */
export function decide(
  { caseId, otherId, decision, reason }: CallReceived<'people.decide'>,
  reference: ReferenceData,
  context: CallContext,
): void {
  const { store, session } = context
  const site = session.site.code
  const pair = [caseId, otherId] as const
  const records = pairInReach({ caseId, otherId }, context)
  if (records.some((record) => !caseSight(record.id, context).identity)) throw new Refusal('not-found')
  const { kind } = decision
  store.write((unit) => {
    giveBack(unit, pair, context)
    if (kind === 'same') {
      const taken = takeAnswers(unit, pair, decision, reference, context)
      putLink(unit, site, 'identity', pair, { verdict: 'same', leading: decision.leading, reason, ...taken })
      if (findLink(unit, 'household', caseId, otherId)?.verdict === 'together')
        putLink(unit, site, 'household', pair, { verdict: 'none' })
    } else {
      putLink(unit, site, 'identity', pair, { verdict: 'different', reason })
      if (kind === 'household') putLink(unit, site, 'household', pair, { verdict: 'together', relation: decision.relation })
    }
    unit.audit({
      action: decidedAs[kind],
      object: linkId('identity', caseId, otherId),
    })
  })
}

/** Takes the decision back whether two cases are of one person; see people.undo. */
export function undoDecision(pair: Pair, context: CallContext): void {
  const { store, session } = context
  pairInReach(pair, context)
  const link = findLink(store, 'identity', pair.caseId, pair.otherId)
  if (!link || link.verdict === 'none') throw new Refusal('not-found')
  const both = [pair.caseId, pair.otherId] as const
  store.write((unit) => {
    giveBack(unit, both, context)
    putLink(unit, session.site.code, 'identity', both, { verdict: 'none' })
    unit.audit({ action: 'people.undo', object: linkId('identity', ...both) })
  })
}

/** Ordinary changes of the leading case: its history keeps every answer that they replace. */
function takeAnswers(
  unit: WriteUnit,
  pair: readonly [string, string],
  { leading, take }: { readonly leading: string; readonly take: readonly string[] },
  reference: ReferenceData,
  context: CallContext,
): { readonly taken?: string } {
  const { store, session } = context
  const site = session.site.code
  if (!pair.includes(leading)) throw new Refusal('bad-input', { field: 'leading' })
  const other = pair[0] === leading ? pair[1] : pair[0]
  const to = findCase(unit, site, leading)
  const from = findCase(unit, site, other)
  if (!to || !from) throw new Refusal('not-found')
  // a copy is carried on where it came from
  if (to.origin_site !== null && from.origin_site === null) throw new Refusal('bad-input', { field: 'leading' })
  if (take.length === 0) return {}
  if (to.origin_site !== null) throw new Refusal('read-only-copy')
  if (to.status === 'closed') throw new Refusal('case-closed')
  const { profile: form } = profileOf(store, reference, to.form_version)
  const given = chosen(take, from.answers, form, (question) =>
    [leading, other].every((id) => caseSight(id, context)[partOf(form, question)]),
  )
  const state = new FormState(form, { ...to.answers, ...given }, worldOn(today(context.ports.clock)))
  const all = state.answers
  const wrong = wrongAnswer(state, given, to.answers)
  if (wrong) throw new Refusal('answer-invalid', { ...wrong })
  if (!allowsIdentity(all)) throw new Refusal('consent-missing')
  const answers: Record<string, [Answer | null, Answer | null]> = {}
  for (const question of new Set([...Object.keys(given), ...Object.keys(all)])) {
    const [before, since] = [to.answers[question] ?? null, all[question] ?? null]
    if (!isSameAnswer(before, since)) answers[question] = [before, since]
  }
  unit.change('case', leading, answerRegisters(Object.fromEntries(Object.entries(answers).map(([q, [, since]]) => [q, since]))))
  return { taken: JSON.stringify({ caseId: leading, answers } satisfies Taken) }
}

/** The answers to these questions and to those that only make sense together with them. Consent is of the case in which it was given. */
function chosen(
  take: readonly string[],
  answers: Answers,
  form: CompiledForm,
  isSeen: (question: string) => boolean,
): Record<string, Answer> {
  const mayMove = (question: string) => {
    const node = form.tree.byName.get(question)
    return node !== undefined && node.repeats.length === 0 && isFilledIn(node.row) && !isAdministrative(node)
  }
  if (!take.every((question) => mayMove(question) && isSeen(question))) throw new Refusal('bad-input', { field: 'take' })
  const together = take.flatMap(takenTogether)
  return Object.fromEntries(
    [...new Set(together)].filter(mayMove).map((question): [string, Answer] => [question, answers[question] ?? null]),
  )
}

/** Puts back what a former decision had moved, where nobody changed it since. */
function giveBack(unit: WriteUnit, [first, second]: readonly [string, string], context: CallContext): void {
  const moved = takenBy(unit, first, second)
  const record = moved && findCase(unit, context.session.site.code, moved.caseId)
  if (!moved || !record) return
  const back = Object.entries(moved.answers).filter(([question, [, since]]) =>
    isSameAnswer(record.answers[question] ?? null, since),
  )
  unit.change('case', moved.caseId, answerRegisters(Object.fromEntries(back.map(([question, [before]]) => [question, before]))))
}

function takenBy(db: ReadableDb, first: string, second: string): Taken | undefined {
  const text = findLink(db, 'identity', first, second)?.taken
  return text == null ? undefined : storedJson<Taken>(text)
}
