import { useCallback } from 'react'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { keysOfPath, nameOfPath, nodeOfPath } from '#shared/forms/filled-form.ts'
import { answerRefused, answerUnknown, type Answer, type Question } from '#shared/forms/form-definition.ts'
import type { SurveyRow } from '#shared/forms/form-pack.ts'
import type { FormState } from '#shared/forms/form-state.ts'
import { shownDate } from '#shared/forms/partial-date.ts'
import { questionOfRow } from '#shared/forms/quick-card.ts'

const questions = new WeakMap<SurveyRow, Question>()

/** A row as its field takes it, the same object every time; undefined for a row that holds no answer. */
export function questionOf(row: SurveyRow): Question | undefined {
  const question = questions.get(row) ?? questionOfRow(row)
  if (question) questions.set(row, question)
  return question
}

export interface ProfileWords {
  /** The words of a row in the language on screen. */
  readonly ofRow: (row: SurveyRow) => string
  /** A question with the line of its repeat: "Skills 2: Level". */
  readonly ofPath: (path: string) => string
  readonly ofAnswer: (path: string, answer: Answer) => string
}

export function useProfileWords(state: FormState): ProfileWords {
  const text = useText()
  const language = useLanguage()
  const ofRow = useCallback(
    (row: SurveyRow) => row.label?.[language] ?? row.label?.[state.form.pack.defaultLanguage] ?? row.name,
    [language, state],
  )
  const ofPath = useCallback(
    (path: string): string => {
      const node = nodeOfPath(state.form, path)
      const repeat = node?.repeats.at(-1)
      if (!node) return nameOfPath(path)
      if (!repeat) return ofRow(node.row)
      const keys = keysOfPath(path)
      const at = state.instancesOf(repeat, keys.slice(0, -1)).indexOf(keys.at(-1) ?? '')
      const line = at < 0 ? ofRow(repeat.row) : text('forms.line', { label: ofRow(repeat.row), number: at + 1 })
      return node === repeat ? line : text('common.labelled', { label: line, words: ofRow(node.row) })
    },
    [ofRow, state, text],
  )
  const ofAnswer = useCallback(
    (path: string, answer: Answer): string => {
      if (answer === answerUnknown) return text('forms.unknown')
      if (answer === answerRefused) return text('forms.refused')
      const row = nodeOfPath(state.form, path)?.row
      // a calculation says yes or no without a list of its own
      const choices = state.form.pack.choices[row?.list ?? (row?.calculation === undefined ? '' : 'YN')] ?? []
      const codes = Array.isArray(answer) ? answer : [String(answer ?? '')]
      const isDay = row?.type === 'date' || row?.type === 'dateTime' || row?.widget === 'partial_date'
      return codes
        .map((code) => choices.find((c) => c.name === code)?.label[language] ?? (isDay ? shownDate(code) : code))
        .join(', ')
    },
    [language, state, text],
  )
  return { ofRow, ofPath, ofAnswer }
}
