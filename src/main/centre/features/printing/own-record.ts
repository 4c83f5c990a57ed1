import { dayOfForm } from '#shared/case-forms/case-form.ts'
import { isAnswered } from '#shared/forms/check-answers.ts'
import { nameOfPath } from '#shared/forms/filled-form.ts'
import { unnumbered } from '#shared/forms/form-outline.ts'
import {
  answerRefused,
  answerUnknown,
  type Answer,
  type Answers,
  type FormDefinition,
  type Question,
} from '#shared/forms/form-definition.ts'
import { shownDate } from '#shared/forms/partial-date.ts'
import { shownPhone } from '#shared/forms/phone.ts'
import { isNeutral, isNeutralName } from '#shared/referrals/revealing-words.ts'
import { providerName } from '#shared/referrals/referral-slip.ts'
import { Refusal } from '#shared/result.ts'
import { nameQuestions } from '#shared/rights/free-text-guard.ts'
import type { InfoLine } from '#shared/rights/info-line.ts'
import { neverPrinted, type OwnRecord } from '#shared/rights/own-record.ts'
import type { Language } from '#shared/security/contract.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { occupationCode, readCodedText } from '#shared/reference/coded-text.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { caseFormsWithAnswers } from '../case-forms/index.ts'
import { closingOf, reachableCase, type CaseRecord } from '../cases/index.ts'
import { receiversOf } from '../rights/index.ts'
import { caseSight } from '../screen/index.ts'
import { closingInUse, profileOf } from '../national/index.ts'

/** Documents whose name tells where somebody comes from. */
export const foreignPapers: readonly string[] = ['refugee', 'foreign']

export interface OwnRecordShown {
  readonly caseOf: CaseRecord
  readonly record: OwnRecord
  /** What is told by voice, for the eyes of the counsellor alone. */
  readonly aloud: InfoLine[]
}

/**
 * What a person gets on paper of their own record, in their language, and what is read aloud instead (H7, H8, H44, H51).
 *
 * For whoever sees all of the case now. Throws Refusal not-found otherwise.
 */
export function ownRecord(
  { caseId, language }: { readonly caseId: string; readonly language: Language },
  reference: ReferenceData,
  context: CallContext,
): OwnRecordShown {
  const { store, session, ports } = context
  const caseOf = reachableCase('case.confidential', caseId, context)
  const sight = caseSight(caseId, context)
  if (!sight.identity || !sight.restricted || !sight.confidential) throw new Refusal('not-found')
  const [team, counsellor, aloud]: [InfoLine[], InfoLine[], InfoLine[]] = [[], [], []]
  const { profileWords } = profileOf(store, reference, caseOf.form_version)
  const printed = { language, reference, into: { team, counsellor, aloud } }
  for (const form of [profileWords, closingInUse(store, reference)]) sortAnswers(form, caseOf.answers, printed)
  for (const { form, record, words } of caseFormsWithAnswers(caseId, reference, context)) {
    const day = shownDate(dayOfForm(form, record.answers, record.filled_on))
    sortAnswers(words, record.answers, { ...printed, of: `${words.title[language]}, ${day}` })
  }
  const { rows } = receiversOf(caseOf, context)
  return {
    caseOf,
    aloud,
    record: {
      language,
      on: today(ports.clock),
      team,
      counsellor,
      aloud: aloud.length,
      receivers: rows.map((r) => ({ name: providerName(r.name.fr, r.name.en)[language], code: r.code, first: r.first })),
      keepUntil: closingOf(caseOf.answers)?.keepUntil ?? null,
      deskPhone: shownPhone(store.setting('desk.phone') ?? ''),
      exercise: session.mode === 'training',
    },
  }
}

/**
 * Sorts the answers of a form into what is printed and what is told by voice.
 *
 * `of` names a form of the case (a session, a visit): what is confidential in it was told in confidence, whoever wrote the form, and is read aloud.
 */
function sortAnswers(
  form: FormDefinition,
  answers: Answers,
  {
    language,
    reference,
    into: { team, counsellor, aloud },
    of,
  }: {
    readonly language: Language
    readonly reference: ReferenceData
    readonly into: { readonly team: InfoLine[]; readonly counsellor: InfoLine[]; readonly aloud: InfoLine[] }
    readonly of?: string
  },
): void {
  const answersOf = Map.groupBy(Object.entries(answers), ([path]) => nameOfPath(path))
  for (const { section, question } of form.sections.flatMap((s) => s.questions.map((q) => ({ section: s, question: q })))) {
    const title = of ?? unnumbered(section.label[language])
    const isConfidential = question.class === 'confidential'
    for (const [, answer] of answersOf.get(question.name) ?? []) {
      if (!isAnswered(answer)) continue
      const line = inWords(question, answer, { title, choices: form.choices, language, reference })
      const isPlain = nameQuestions.includes(question.name)
        ? isNeutralName(line.value)
        : isNeutral(`${line.section}. ${line.label}. ${line.value}`)
      if (neverPrinted.includes(question.name) || !isPlain || (of !== undefined && isConfidential)) aloud.push(line)
      else if (isConfidential) counsellor.push(line)
      else team.push(line)
    }
  }
}

/** An answer to a question in words. */
export function inWords(
  question: Question,
  answer: Answer | undefined,
  {
    title,
    choices: lists,
    language,
    reference,
  }: {
    readonly title: string
    readonly choices: FormDefinition['choices']
    readonly language: Language
    readonly reference: ReferenceData
  },
): InfoLine {
  const line = { section: title, label: question.label[language], value: '', open: null }
  if (answer === answerUnknown || answer === answerRefused) return { ...line, open: answer }
  const choices = lists[question.list ?? ''] ?? lists['YN'] ?? []
  const codes = (Array.isArray(answer) ? answer : [String(answer ?? '')]).filter(
    (code) => question.name !== 'id_docs' || !foreignPapers.includes(code),
  )
  const said = (code: string): string => {
    switch (question.type) {
      case 'date':
      case 'dateTime':
      case 'partial_date':
        return shownDate(code)
      case 'phone':
        return shownPhone(code)
      case 'place':
        return reference.places.answerInWords(code, language)
      case 'select_one':
      case 'select_multiple':
      case 'calculate':
        return choices.find((c) => c.name === code)?.label[language] ?? shownDay(code)
      default:
        return question.widget === 'occupation' ? readCodedText(code, occupationCode).text : code
    }
  }
  return { ...line, value: codes.map(said).join(', ') }
}

const shownDay = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? shownDate(text) : text)
