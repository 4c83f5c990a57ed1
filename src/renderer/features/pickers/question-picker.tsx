import type { ReactNode } from 'react'
import type { FieldParts } from '#renderer/ui/suggest-field.tsx'
import type { Answer, Question } from '#shared/forms/form-definition.ts'
import { ChoiceField, ChoicesField, type OfferedChoice } from './choice-field.tsx'
import { isSearchedList } from './list-facts.ts'
import { OccupationField } from './occupation-field.tsx'
import { PlaceField } from './place-field.tsx'

interface PickerParts extends FieldParts {
  readonly question: Question
  readonly choices: readonly OfferedChoice[]
  readonly answer: Answer | undefined
  readonly onAnswer: (answer: Answer) => void
  /** The same for an answer that is being typed: the page need not follow at once. */
  readonly onTyped: (answer: Answer) => void
}
type Picker = (props: PickerParts) => ReactNode

const textOf = (answer: Answer | undefined): string => (typeof answer === 'string' ? answer : '')
const answerOf = (value: string): Answer => (value === '' ? null : value)

const byWidget: Partial<Readonly<Record<string, Picker>>> = {
  place: ({ question: _q, choices: _c, answer, onAnswer, onTyped: _t, ...field }) => (
    <PlaceField {...field} value={textOf(answer)} onChange={(value) => onAnswer(answerOf(value))} />
  ),
  occupation: ({ question: _q, choices: _c, answer, onAnswer, onTyped, ...field }) => (
    <OccupationField
      {...field}
      value={textOf(answer)}
      onChange={(value) => onAnswer(answerOf(value))}
      onType={(value) => onTyped(answerOf(value))}
    />
  ),
}

const ofList: Picker = ({ question, choices, answer, onAnswer, onTyped: _t, ...field }) => {
  const list = question.list ?? ''
  const parts = { ...field, list, choices }
  return question.type === 'select_multiple' ? (
    <ChoicesField {...parts} value={Array.isArray(answer) ? answer : []} onChange={onAnswer} />
  ) : (
    <ChoiceField {...parts} value={textOf(answer)} onChange={(code) => onAnswer(answerOf(code))} />
  )
}

/** Our own field for a question, by its widget or its list; undefined for a question that a plain field asks. */
export function pickerOf(question: Question): Picker | undefined {
  if (question.type === 'select_one' || question.type === 'select_multiple')
    return isSearchedList(question.list) ? ofList : undefined
  return byWidget[question.type === 'place' ? 'place' : (question.widget ?? '')]
}
