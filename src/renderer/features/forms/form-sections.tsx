import { Alert, Paper, Title } from '@mantine/core'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { completeness, isRelevant, type AnswerProblem } from '#shared/forms/check-answers.ts'
import type { Answer, Answers, FormDefinition, FormSection } from '#shared/forms/form-definition.ts'
import { QuestionField } from './question-field.tsx'
import './forms.css'

export interface FormSectionsProps {
  readonly form: FormDefinition
  readonly sections: readonly FormSection[]
  readonly answers: Answers
  readonly problems: Readonly<Record<string, AnswerProblem>>
  readonly today: string
  readonly disabled: boolean
  readonly onAnswer: (question: string, answer: Answer) => void
}

/** The questions of some sections, those that are asked given the other answers. */
export function FormSections({ form, sections, answers, problems, today, disabled, onAnswer }: FormSectionsProps) {
  const language = useLanguage()
  return (
    <>
      {sections.map((section) => (
        <Paper
          key={section.name}
          component="section"
          withBorder
          p="md"
          mb="md"
          id={`section-${section.name}`}
          aria-labelledby={`title-${section.name}`}
        >
          <Title order={2} size="h4" mb="sm" id={`title-${section.name}`}>
            {section.label[language]}
          </Title>
          {section.note && (
            <Alert color="amber" mb="sm">
              {section.note[language]}
            </Alert>
          )}
          {section.questions
            .filter((q) => isRelevant(section, q, answers, today))
            .map((question) => (
              <QuestionField
                key={question.name}
                form={form}
                section={section}
                question={question}
                answer={answers[question.name]}
                problem={problems[question.name]}
                disabled={disabled}
                onAnswer={onAnswer}
              />
            ))}
        </Paper>
      ))}
    </>
  )
}

/** The contents list: each section with how much is filled. */
export function SectionList({
  form,
  answers,
  today,
}: {
  readonly form: FormDefinition
  readonly answers: Answers
  readonly today: string
}) {
  const language = useLanguage()
  const text = useText()
  return (
    <nav className="section-list" aria-label={text('cases.sections')}>
      <ol>
        {form.sections.map((section) => {
          const { missing } = completeness(section, answers, today)
          return (
            <li key={section.name}>
              <button
                type="button"
                onClick={() => {
                  const target = document.getElementById(`section-${section.name}`)
                  target?.scrollIntoView({ block: 'start' })
                  target?.querySelector<HTMLElement>('input, select, button')?.focus({ preventScroll: true })
                }}
              >
                <span>{section.label[language]}</span>
                <small>{missing.length === 0 ? text('forms.complete') : text('forms.missing', { count: missing.length })}</small>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
