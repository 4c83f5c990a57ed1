import { Alert, Paper, Title } from '@mantine/core'
import { useLanguage } from '#renderer/i18n/text.tsx'
import type { Unread } from '#shared/cases/draft.ts'
import { isRelevant, mayRefuse, type AnswerProblem } from '#shared/forms/check-answers.ts'
import type { Answer, Answers, FormDefinition, FormSection } from '#shared/forms/form-definition.ts'
import { questionOf } from './focus-question.ts'
import { QuestionField } from './question-field.tsx'
import './forms.css'

export interface FormSectionsProps {
  readonly form: FormDefinition
  readonly sections: readonly FormSection[]
  readonly answers: Answers
  readonly problems: Readonly<Record<string, AnswerProblem>>
  /** Texts that are no answers yet, by question. */
  readonly unread: Readonly<Record<string, Unread>>
  readonly today: string
  readonly disabled: boolean
  readonly onAnswer: (question: string, answer: Answer) => void
  readonly onUnread: (question: string, unread: Unread) => void
  /** The question that the focus came into. */
  readonly onEnter?: (question: string) => void
}

/** The questions of some sections, those that are asked given the other answers. */
export function FormSections({ sections, onEnter, ...shared }: FormSectionsProps) {
  return (
    <div
      onFocus={(e) => {
        const question = questionOf(e.target)
        if (question !== '') onEnter?.(question)
      }}
    >
      {sections.map((section) => (
        <Section key={section.name} section={section} {...shared} />
      ))}
    </div>
  )
}

type SectionProps = Omit<FormSectionsProps, 'sections' | 'onEnter'> & { readonly section: FormSection }

function Section({ form, section, answers, today, problems, unread, ...shared }: SectionProps) {
  const language = useLanguage()
  const asked = section.questions.filter((q) => isRelevant(form, q, answers, today))
  if (asked.length === 0) return null
  return (
    <Paper component="section" withBorder p="md" mb="md" id={`section-${section.name}`} aria-labelledby={`title-${section.name}`}>
      <Title order={2} size="h4" mb="sm" id={`title-${section.name}`}>
        {section.label[language]}
      </Title>
      {section.note && (
        <Alert color="amber" mb="sm" role="note">
          {section.note[language]}
        </Alert>
      )}
      {asked.map((question) => (
        <QuestionField
          key={question.name}
          path={question.name}
          question={question}
          choices={form.choices[question.list ?? ''] ?? noChoices}
          mayLeaveOpen={mayRefuse(section, question)}
          answer={answers[question.name]}
          problem={problems[question.name]}
          unread={unread[question.name]}
          {...shared}
        />
      ))}
    </Paper>
  )
}

const noChoices: FormDefinition['choices'][string] = []
