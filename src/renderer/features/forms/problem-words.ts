import { useCallback } from 'react'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import type { AnswerProblem } from '#shared/forms/check-answers.ts'
import type { Question } from '#shared/forms/form-definition.ts'
import type { TypedProblem } from '#shared/forms/typed-answer.ts'

/** Says what is wrong with an answer or a typed text and what to do, in the language on screen. */
export function useProblemWords(): (question: Question, problem: AnswerProblem | TypedProblem) => string {
  const text = useText()
  const language = useLanguage()
  return useCallback(
    (question, problem) => {
      const own = problem === 'constraint' ? question.constraintMessage?.[language] : undefined
      return own ?? text(`forms.problems.${problem}`)
    },
    [text, language],
  )
}
