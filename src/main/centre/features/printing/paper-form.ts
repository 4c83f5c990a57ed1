import type { Sight } from '#shared/cases/case-reach.ts'
import { allowsIdentity } from '#shared/cases/consent.ts'
import { worldOn } from '#shared/forms/filled-form.ts'
import type { FormDefinition } from '#shared/forms/form-definition.ts'
import { FormState } from '#shared/forms/form-state.ts'
import type { Tier } from '#shared/forms/form-outline.ts'
import { paperForm, type PaperRules } from '#shared/forms/paper-form.ts'
import type { PrintJob } from '#shared/printing/contract.ts'
import { isNeutral, isNeutralName } from '#shared/referrals/revealing-words.ts'
import { Refusal } from '#shared/result.ts'
import { nameQuestions } from '#shared/rights/free-text-guard.ts'
import { neverOnForm, neverPrinted } from '#shared/rights/own-record.ts'
import type { Language } from '#shared/security/contract.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { caseFormState, reachableCaseForm } from '../case-forms/index.ts'
import { reachableCase, type CaseRecord } from '../cases/index.ts'
import { newestProfile, profileOf } from '../national/index.ts'
import { caseSight, partOf } from '../screen/index.ts'
import { foreignPapers, inWords } from './own-record.ts'

type FormJob = Extract<PrintJob, { kind: 'form' }>
interface Choice {
  readonly language: Language
  readonly tier: Tier
}

/** The profile to be filled in by hand. It asks nothing that a paper lying about must not ask (H7, H8). */
export function blankForm(
  { language, tier }: Choice,
  reference: ReferenceData,
  { session, store }: Pick<CallContext, 'session' | 'store'>,
): FormJob {
  const paper = paperForm(newestProfile(store, reference).profile, {
    language,
    tier,
    exercise: session.mode === 'training',
    isPlain: isNeutral,
    mayPrint: (question) => !neverOnForm.includes(question),
  })
  return { kind: 'form', language, paper }
}

/**
 * A person's profile with its answers, to be completed by hand: those that the user sees and that may stand on paper (H5, H7, H8).
 *
 * Throws Refusal not-found for who does not see who it is, read-only-copy, consent-missing once the person took all of it back.
 */
export function filledForm(
  { caseId, language, tier }: Choice & { readonly caseId: string },
  reference: ReferenceData,
  context: CallContext,
): FormJob {
  const record = reachableCase('case.edit', caseId, context)
  const { profile, profileWords } = profileOf(context.store, reference, record.form_version)
  const sight = caseSight(caseId, context)
  assertOnPaper(record, sight)
  const paper = paperForm(profile, {
    language,
    tier,
    exercise: context.session.mode === 'training',
    isPlain: isNeutral,
    mayPrint: (name) => !neverPrinted.includes(name) && sight[partOf(profile, name)],
    filled: filledWith(
      record.number,
      new FormState(profile, record.answers, worldOn(today(context.ports.clock), language)),
      profileWords,
      { language, reference },
    ),
  })
  return { kind: 'form', language, paper }
}

/**
 * A form of a case with its answers, whole. What is confidential in it was told in confidence, whoever wrote the form, and stays at the
 * screen (ADR 44).
 *
 * Throws Refusal as `filledForm`; not-found as well for who does not fill it, case-form-not-here.
 */
export function filledCaseForm(
  { caseFormId, language }: { readonly caseFormId: string; readonly language: Language },
  reference: ReferenceData,
  context: CallContext,
): FormJob {
  const found = reachableCaseForm('caseForm.fill', caseFormId, reference, context)
  const { of, ready } = found
  const sight = caseSight(of.id, context, false)
  assertOnPaper(of, sight)
  const paper = paperForm(ready.form, {
    language,
    tier: 3,
    exercise: context.session.mode === 'training',
    isPlain: isNeutral,
    mayPrint: (name) => !neverPrinted.includes(name) && partOf(ready.form, name) === 'restricted' && sight.restricted,
    filled: filledWith(of.number, caseFormState(found, {}, today(context.ports.clock), language), ready.words, {
      language,
      reference,
    }),
  })
  return { kind: 'form', language, paper }
}

function assertOnPaper(of: CaseRecord, { identity }: Sight): void {
  if (!identity) throw new Refusal('not-found')
  if (of.origin_site !== null) throw new Refusal('read-only-copy')
  if (!allowsIdentity(of.answers)) throw new Refusal('consent-missing')
}

/** What is written of the answers: nothing that reveals something, and no paper of another country. */
function filledWith(
  caseNumber: string,
  state: FormState,
  words: FormDefinition,
  { language, reference }: { readonly language: Language; readonly reference: ReferenceData },
): PaperRules['filled'] {
  const questions = new Map(words.sections.flatMap((s) => s.questions.map((q) => [q.name, q])))
  return {
    caseNumber,
    state,
    mayWrite: (name, said) => (nameQuestions.includes(name) ? isNeutralName(said) : isNeutral(said)),
    mayTick: (name, code) => name !== 'id_docs' || !foreignPapers.includes(code),
    inWords: (name, answer) => {
      const question = questions.get(name)
      return question ? inWords(question, answer, { title: '', choices: words.choices, language, reference }).value : ''
    },
  }
}
