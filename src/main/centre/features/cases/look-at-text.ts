import { foldName } from '#shared/cases/fold-name.ts'
import { findQuestion } from '#shared/forms/check-answers.ts'
import { nameOfPath } from '#shared/forms/filled-form.ts'
import type { Answers, FormDefinition } from '#shared/forms/form-definition.ts'
import type { TextFinding } from '#shared/forms/text-findings.ts'
import { occupationCode, placeCode, readCodedText } from '#shared/reference/coded-text.ts'
import { findingsIn, nameQuestions, pairsOf } from '#shared/rights/free-text-guard.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { textAnswer } from './case-shown.ts'
import { peopleNamed } from './cases-repository.ts'

/** True when a text names somebody else who is registered: a family name and a given name close together, in either order. */
function namesSomebody(db: ReadableDb, text: string, exceptCase: string | null): boolean {
  const pairs = pairsOf(text)
  if (pairs.length === 0) return false
  return peopleNamed(db, pairs, exceptCase).some(({ first, second, answers }) => {
    const family = foldName(textAnswer(answers, 'family_name')).split(' ')
    const given = foldName(`${textAnswer(answers, 'given_names')} ${textAnswer(answers, 'usual_name')}`).split(' ')
    return (family.includes(first) && given.includes(second)) || (given.includes(first) && family.includes(second))
  })
}

/** What a free text holds that should not stand there (H48); one statement for the text, whatever its length. */
export function lookAtText(db: ReadableDb, text: string, exceptCase: string | null): TextFinding[] {
  const found = findingsIn(text)
  return namesSomebody(db, text, exceptCase) ? [...found, 'person'] : found
}

/** What the free texts among these answers hold: of a question that asks for a name, numbers alone count. */
export function warningsOf(
  db: ReadableDb,
  given: Answers,
  form: FormDefinition,
  caseId: string,
): { question: string; findings: TextFinding[] }[] {
  return Object.entries(given).flatMap(([question, text]) => {
    const { name, type, widget } = findQuestion(form, nameOfPath(question))?.question ?? { name: '' }
    if (typeof text !== 'string' || (type !== 'text' && type !== 'place')) return []
    const findings = nameQuestions.includes(name)
      ? findingsIn(text).filter((f) => f === 'phone' || f === 'id')
      : type === 'place'
        ? findingsIn(readCodedText(text, placeCode).text)
        : lookAtText(db, widget === 'occupation' ? readCodedText(text, occupationCode).text : text, caseId)
    return findings.length === 0 ? [] : [{ question, findings }]
  })
}
