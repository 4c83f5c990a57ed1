import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { Corrections } from '#renderer/ui/corrections.tsx'
import type { Unread } from '#shared/cases/draft.ts'
import type { AnswerProblem } from '#shared/forms/check-answers.ts'
import type { FormDefinition } from '#shared/forms/form-definition.ts'
import { focusQuestion } from './focus-question.ts'
import { useProblemWords } from './problem-words.ts'

/** The questions to correct, in the order of the form, at its top: each a link into its field. */
export function FormCorrections(props: {
  readonly form: FormDefinition
  readonly problems: Readonly<Record<string, AnswerProblem>>
  readonly unread: Readonly<Record<string, Unread>>
  readonly takeFocus?: number
}) {
  const text = useText()
  const language = useLanguage()
  const words = useProblemWords()
  const corrections = props.form.sections.flatMap((section) =>
    section.questions.flatMap((question) => {
      const problem = props.unread[question.name]?.problem ?? props.problems[question.name]
      if (problem === undefined) return []
      return [{ field: question.name, label: question.label[language], message: words(question, problem) }]
    }),
  )
  return (
    <Corrections
      title={text('forms.toCorrect', { count: corrections.length })}
      corrections={corrections}
      onGo={focusQuestion}
      {...(props.takeFocus === undefined ? {} : { takeFocus: props.takeFocus })}
    />
  )
}
