import { Button, Checkbox, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core'
import { memo, useState } from 'react'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { draftCharactersMax, type Unread } from '#shared/cases/draft.ts'
import { mayRefuse, type AnswerProblem } from '#shared/forms/check-answers.ts'
import {
  answerRefused,
  answerUnknown,
  type Answer,
  type FormDefinition,
  type FormSection,
  type Question,
} from '#shared/forms/form-definition.ts'
import { shownDate } from '#shared/forms/partial-date.ts'
import { isDateQuestion, readTyped } from '#shared/forms/typed-answer.ts'
import { pickerOf } from '#renderer/features/pickers/index.ts'
import './forms.css'
import { useProblemWords } from './problem-words.ts'

const radioChoicesMax = 8

export interface QuestionFieldProps {
  readonly form: FormDefinition
  readonly section: FormSection
  readonly question: Question
  readonly answer: Answer | undefined
  /** What is wrong with the answer given out last, from the shared checks or the centre. */
  readonly problem: AnswerProblem | undefined
  /** The text that stands in the field and is no answer yet. */
  readonly unread: Unread | undefined
  readonly disabled: boolean
  /** Gives out an answer that has the right form; null when emptied. */
  readonly onAnswer: (question: string, answer: Answer) => void
  /** Gives out a text that is no answer yet, so that it is not lost. */
  readonly onUnread: (question: string, unread: Unread) => void
}

/** One question. Keeps what is typed for itself, so that a keystroke redraws one field and a wrong text stays on screen (U4, U14). */
export const QuestionField = memo(function QuestionField(props: QuestionFieldProps) {
  const { section, question, answer, disabled, onAnswer } = props
  const text = useText()
  const open = answer === answerUnknown || answer === answerRefused
  if (open) {
    return (
      <Group gap="sm" className="question" data-question={question.name}>
        <Label {...props} />
        <Text fs="italic">{text(answer === answerUnknown ? 'forms.unknown' : 'forms.refused')}</Text>
        <Button variant="subtle" size="compact-sm" disabled={disabled} onClick={() => onAnswer(question.name, null)}>
          {text('forms.answer')}
        </Button>
      </Group>
    )
  }
  return (
    <div className="question" data-question={question.name}>
      <Input {...props} />
      {mayRefuse(section, question) && !disabled && (
        <Group gap="sm" mt={8}>
          <Quiet {...props} code={answerUnknown} />
          <Quiet {...props} code={answerRefused} />
        </Group>
      )}
    </div>
  )
})

function Quiet({ question, code, onAnswer, ...props }: QuestionFieldProps & { readonly code: 'unknown' | 'refused' }) {
  const text = useText()
  const words = text(code === answerUnknown ? 'forms.unknown' : 'forms.refused')
  const language = useLanguage()
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      color="gray"
      className="quiet-choice"
      disabled={props.disabled}
      aria-label={`${question.label[language]} — ${words}`}
      onClick={() => onAnswer(question.name, code)}
    >
      {words}
    </Button>
  )
}

function Label({ question }: Pick<QuestionFieldProps, 'question'>) {
  const language = useLanguage()
  return <Text fw={500}>{question.label[language]}</Text>
}

function useWords({ question, problem }: QuestionFieldProps) {
  const words = useProblemWords()
  const language = useLanguage()
  return {
    label: question.label[language],
    description: question.hint?.[language],
    error: problem === undefined ? undefined : words(question, problem),
    required: question.required !== false,
  }
}

function Input(props: QuestionFieldProps) {
  const { question } = props
  const picker = pickerOf(question)
  if (picker) return <PickedField {...props} picker={picker} />
  switch (question.type) {
    case 'select_one':
      return <OneChoice {...props} />
    case 'select_multiple':
      return <ManyChoices {...props} />
    case 'calculate':
      return <Calculated {...props} />
    default:
      return <TypedField {...props} />
  }
}

function PickedField(props: QuestionFieldProps & { readonly picker: NonNullable<ReturnType<typeof pickerOf>> }) {
  const { picker: Picker, form, question, answer, disabled, onAnswer } = props
  const { label, error, required } = useWords(props)
  const parts = { label, error, required, disabled, form, question, answer }
  return <Picker {...parts} onAnswer={(given) => onAnswer(question.name, given)} />
}

function Calculated({ form, question, answer }: QuestionFieldProps) {
  const language = useLanguage()
  const text = useText()
  const known = form.choices['YN']?.find((c) => c.name === answer)?.label[language]
  const words = known ?? (answer === undefined || answer === null || answer === '' ? text('common.none') : String(answer))
  return (
    <Text size="sm" c="dimmed">
      {text('common.labelled', { label: question.label[language], words })}
    </Text>
  )
}

function OneChoice(props: QuestionFieldProps) {
  const { form, question, answer, disabled, onAnswer } = props
  const words = useWords(props)
  const language = useLanguage()
  const text = useText()
  const choices = form.choices[question.list ?? ''] ?? []
  const value = typeof answer === 'string' ? answer : ''
  if (choices.length > radioChoicesMax) {
    return (
      <NativeSelect
        {...words}
        disabled={disabled}
        value={value}
        onChange={(e) => onAnswer(question.name, e.currentTarget.value === '' ? null : e.currentTarget.value)}
        data={[{ value: '', label: text('forms.choose') }, ...choices.map((c) => ({ value: c.name, label: c.label[language] }))]}
      />
    )
  }
  return (
    <Radio.Group {...words} value={value} onChange={(chosen) => onAnswer(question.name, chosen)}>
      <Group gap="md" mt={4}>
        {choices.map((c) => (
          <Radio key={c.name} value={c.name} label={c.label[language]} disabled={disabled} />
        ))}
      </Group>
    </Radio.Group>
  )
}

function ManyChoices(props: QuestionFieldProps) {
  const { form, question, answer, disabled, onAnswer } = props
  const words = useWords(props)
  const language = useLanguage()
  const choices = form.choices[question.list ?? ''] ?? []
  return (
    <Checkbox.Group {...words} value={Array.isArray(answer) ? answer : []} onChange={(chosen) => onAnswer(question.name, chosen)}>
      <Stack gap={6} mt={4} className="choices">
        {choices.map((c) => (
          <Checkbox key={c.name} value={c.name} label={c.label[language]} disabled={disabled} />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

function TypedField(props: QuestionFieldProps) {
  const { question, answer, unread, disabled, onAnswer, onUnread } = props
  const words = useWords(props)
  const problemWords = useProblemWords()
  const [typed, setTyped] = useState<string | undefined>(unread?.text)
  const [left, setLeft] = useState(unread !== undefined)
  const stored =
    answer === undefined || answer === null ? '' : isDateQuestion(question) ? shownDate(String(answer)) : String(answer)
  const shown = typed ?? stored
  const read = readTyped(question, shown)
  return (
    <TextInput
      {...words}
      value={shown}
      disabled={disabled}
      maxLength={draftCharactersMax}
      dir="auto"
      autoComplete="off"
      spellCheck={false}
      inputMode={question.type === 'text' ? 'text' : 'tel'}
      className={question.type === 'text' ? undefined : 'short-field'}
      error={left && !read.ok ? problemWords(question, read.problem) : words.error}
      onChange={(e) => {
        const now = e.currentTarget.value
        setTyped(now)
        const next = readTyped(question, now)
        if (next.ok) onAnswer(question.name, next.answer)
        else onUnread(question.name, { text: now, problem: next.problem })
      }}
      onBlur={() => {
        setLeft(true)
        if (read.ok && !words.error) setTyped(undefined)
      }}
    />
  )
}
