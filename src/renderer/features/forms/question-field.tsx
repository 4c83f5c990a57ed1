import { Button, Checkbox, Group, NativeSelect, Radio, Text, TextInput } from '@mantine/core'
import { memo, startTransition, useState } from 'react'
import { pickerOf, type OfferedChoice } from '#renderer/features/pickers/index.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { draftCharactersMax, type Unread } from '#shared/cases/draft.ts'
import type { AnswerProblem } from '#shared/forms/check-answers.ts'
import { answerRefused, answerUnknown, type Answer, type Question } from '#shared/forms/form-definition.ts'
import { shownDate } from '#shared/forms/partial-date.ts'
import { isDateQuestion, readTyped } from '#shared/forms/typed-answer.ts'
import './forms.css'
import { useLevelWords } from './level-words.ts'
import { useProblemWords } from './problem-words.ts'

const radioChoicesMax = 8

export interface QuestionFieldProps {
  /** Where the answer is stored; what all of the calls below name. */
  readonly path: string
  readonly question: Question
  readonly choices: readonly OfferedChoice[]
  /** The person may leave it open: "unknown" or "prefers not to answer". */
  readonly mayLeaveOpen: boolean
  readonly answer: Answer | undefined
  /** What is wrong with the answer given out last, from the shared checks or the centre. */
  readonly problem: AnswerProblem | undefined
  /** The text that stands in the field and is no answer yet. */
  readonly unread: Unread | undefined
  readonly disabled: boolean
  /** Gives out an answer that has the right form; null when emptied. */
  readonly onAnswer: (path: string, answer: Answer) => void
  /** Where an answer that is being typed goes if not to `onAnswer`: the page need not follow at once. */
  readonly onTyped?: (path: string, answer: Answer) => void
  /** Gives out a text that is no answer yet, so that it is not lost. */
  readonly onUnread: (path: string, unread: Unread) => void
}

/** One question. Keeps what is typed for itself, so that a keystroke redraws one field and a wrong text stays on screen (U4, U14). */
export const QuestionField = memo(function QuestionField(props: QuestionFieldProps) {
  const { path, answer, disabled, mayLeaveOpen, onAnswer } = props
  const text = useText()
  const open = answer === answerUnknown || answer === answerRefused
  if (open && mayLeaveOpen) {
    return (
      <Group gap="sm" className="question" data-question={path}>
        <Label {...props} />
        <Text fs="italic">{text(answer === answerUnknown ? 'forms.unknown' : 'forms.refused')}</Text>
        <Button variant="subtle" size="compact-sm" disabled={disabled} onClick={() => onAnswer(path, null)}>
          {text('forms.answer')}
        </Button>
      </Group>
    )
  }
  return (
    <div className="question" data-question={path}>
      <Input {...props} />
      {mayLeaveOpen && !disabled && (
        <div className="quiet-choices">
          <Quiet {...props} code={answerUnknown} />
          <Quiet {...props} code={answerRefused} />
        </div>
      )}
    </div>
  )
})

function Quiet({ path, question, code, onAnswer, ...props }: QuestionFieldProps & { readonly code: 'unknown' | 'refused' }) {
  const text = useText()
  const words = text(code === answerUnknown ? 'forms.unknown' : 'forms.refused')
  const language = useLanguage()
  return (
    <button
      type="button"
      className="quiet-choice"
      disabled={props.disabled}
      aria-label={`${question.label[language]} — ${words}`}
      onClick={() => onAnswer(path, code)}
    >
      {words}
    </button>
  )
}

function Label({ question }: Pick<QuestionFieldProps, 'question'>) {
  const language = useLanguage()
  return <Text fw={500}>{question.label[language]}</Text>
}

function useWords({ question, problem, answer, choices }: QuestionFieldProps) {
  const words = useProblemWords()
  const language = useLanguage()
  const text = useText()
  // what came from elsewhere and is no choice cannot be seen in the field itself
  const codes = problem === 'choice' ? [answer ?? []].flat().map(String) : []
  const given = codes.filter((code) => !choices.some((c) => c.name === code)).join(' ')
  const withGiven = (said: string) => text('forms.given', { problem: said, given })
  return {
    label: question.label[language],
    description: question.hint?.[language] ?? (question.type === 'dateTime' ? text('forms.dayAndTime') : undefined),
    error: problem === undefined ? undefined : given === '' ? words(question, problem) : withGiven(words(question, problem)),
    required: question.required !== false,
  }
}

/** Which component a question gets: its widget and its list come before its type. */
function Input(props: QuestionFieldProps) {
  const picker = pickerOf(props.question)
  if (picker) return <PickedField {...props} picker={picker} />
  switch (props.question.type) {
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
  const { picker: Picker, path, question, answer, disabled, onAnswer, onTyped = onAnswer } = props
  const { label, error, required } = useWords(props)
  const parts = { label, error, required, disabled, question, answer, choices: offered(props) }
  return <Picker {...parts} onAnswer={(given) => onAnswer(path, given)} onTyped={(given) => onTyped(path, given)} />
}

/** The choices of a field: "unknown" and "prefers not to answer" have buttons of their own. */
function offered({ choices, mayLeaveOpen }: QuestionFieldProps): readonly OfferedChoice[] {
  return mayLeaveOpen ? choices.filter((c) => c.name !== answerUnknown && c.name !== answerRefused) : choices
}

function Calculated({ choices, question, answer }: QuestionFieldProps) {
  const language = useLanguage()
  const text = useText()
  const known = choices.find((c) => c.name === answer)?.label[language]
  const levelWords = useLevelWords()
  const words =
    answer === answerUnknown
      ? text('forms.notKnown')
      : (known ?? (answer === undefined || answer === null || answer === '' ? text('common.none') : levelWords(answer)))
  return (
    <Text size="sm" c="dimmed">
      {text('common.labelled', { label: question.label[language], words })}
    </Text>
  )
}

function OneChoice(props: QuestionFieldProps) {
  const { path, answer, disabled, onAnswer } = props
  const words = useWords(props)
  const language = useLanguage()
  const text = useText()
  const choices = offered(props)
  const value = typeof answer === 'string' ? answer : ''
  if (choices.length > radioChoicesMax) {
    return (
      <NativeSelect
        {...words}
        disabled={disabled}
        value={value}
        onChange={(e) => onAnswer(path, e.currentTarget.value === '' ? null : e.currentTarget.value)}
        data={[
          { value: '', label: text('forms.choose') },
          ...choices.map((c) => ({ value: c.name, label: c.label[language] ?? c.name })),
        ]}
      />
    )
  }
  return (
    <Radio.Group {...words} value={value} onChange={(chosen) => onAnswer(path, chosen)}>
      <Group gap="md" mt={4}>
        {choices.map((c) => (
          <Radio key={c.name} value={c.name} label={c.label[language]} disabled={disabled} />
        ))}
      </Group>
    </Radio.Group>
  )
}

function ManyChoices(props: QuestionFieldProps) {
  const { path, answer, disabled, onAnswer } = props
  const words = useWords(props)
  const language = useLanguage()
  return (
    <Checkbox.Group {...words} value={Array.isArray(answer) ? answer : []} onChange={(chosen) => onAnswer(path, chosen)}>
      <div className="choices">
        {offered(props).map((c) => (
          <Checkbox key={c.name} value={c.name} label={c.label[language]} disabled={disabled} />
        ))}
      </div>
    </Checkbox.Group>
  )
}

function TypedField(props: QuestionFieldProps) {
  const { path, question, answer, unread, disabled, onAnswer, onTyped = onAnswer, onUnread } = props
  const words = useWords(props)
  const language = useLanguage()
  const problemWords = useProblemWords()
  const [typed, setTyped] = useState<string | undefined>(unread?.text)
  const [left, setLeft] = useState(unread !== undefined)
  const stored = answer === undefined || answer === null ? '' : shownAnswer(question, answer, language)
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
        if (next.ok) onTyped(path, next.answer)
        else onUnread(path, { text: now, problem: next.problem })
      }}
      onBlur={() => {
        setLeft(true)
        // not before the answer is drawn: the field would show the one before it
        if (read.ok && !words.error) startTransition(() => setTyped(undefined))
      }}
    />
  )
}

function shownAnswer(question: Question, answer: Exclude<Answer, null>, language: string): string {
  if (isDateQuestion(question) || question.type === 'dateTime') return shownDate(String(answer))
  return question.type === 'decimal' && language === 'fr' ? String(answer).replace('.', ',') : String(answer)
}
