import { administrativeSections, isAnswered } from '../forms/check-answers.ts'
import { isChosenElsewhere } from '../forms/filled-form.ts'
import type { Answer, Answers, FormDefinition, FormSection, Label, Question } from '../forms/form-definition.ts'
import { groupOf } from '../sync/register-policy.ts'

/** One question of two cases. */
export interface ComparedAnswer {
  readonly question: string
  readonly section: string
  readonly sectionLabel: Label
  readonly values: readonly [Answer | null, Answer | null]
  /** Both say the same, lists in whatever order. */
  readonly same: boolean
  /** The case that is carried on may take it from the other one. */
  readonly movable: boolean
}

/** The questions that at least one of two cases answers, without what is reckoned, in the order of the form. Pure. */
export function comparedAnswers(form: FormDefinition, first: Answers, second: Answers): ComparedAnswer[] {
  return form.sections.flatMap((section) =>
    section.questions.flatMap((question): ComparedAnswer[] => {
      const values = [kept(first[question.name]), kept(second[question.name])] as const
      // what is reckoned follows from the rest
      if (isReckoned(question) || values.every((value) => value === null)) return []
      return [
        {
          question: question.name,
          section: section.name,
          sectionLabel: section.label,
          values,
          same: isSameAnswer(...values),
          movable: isMovable(section, question),
        },
      ]
    }),
  )
}

const kept = (answer: Answer | undefined): Answer | null => (isAnswered(answer) ? (answer ?? null) : null)

/** True for two answers that say the same; lists of codes in whatever order. */
export function isSameAnswer(first: Answer | null, second: Answer | null): boolean {
  const plain = (answer: Answer | null) =>
    JSON.stringify(!isAnswered(answer) ? null : Array.isArray(answer) ? answer.toSorted() : answer)
  return plain(first) === plain(second)
}

/** True for a question whose answer one case may take from the other: consent is of the case in which it was given. */
function isMovable(section: FormSection, { widget }: Question): boolean {
  return !isChosenElsewhere(widget) && !administrativeSections.includes(section.name)
}

const isReckoned = ({ type, calculation }: Question): boolean => type === 'calculate' || calculation !== undefined

/** The questions that only make sense together with this one, itself included: they are taken together. */
export function takenTogether(question: string): readonly string[] {
  return groupOf('case', `a_${question}`).map((field) => field.slice('a_'.length))
}
