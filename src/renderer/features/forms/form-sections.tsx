import { Alert, Paper, Title } from '@mantine/core'
import { useState } from 'react'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import type { Unread } from '#shared/cases/draft.ts'
import { completeness, isRelevant, type AnswerProblem } from '#shared/forms/check-answers.ts'
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
  /** Sections that open folded, since nothing is left to do there. */
  readonly folded?: (section: FormSection) => boolean
  readonly onAnswer: (question: string, answer: Answer) => void
  readonly onUnread: (question: string, unread: Unread) => void
  /** The question that the focus came into, or left. */
  readonly onEnter?: (question: string) => void
  readonly onLeave?: (question: string) => void
}

/** The questions of some sections, those that are asked given the other answers. */
export function FormSections({ sections, onEnter, onLeave, ...shared }: FormSectionsProps) {
  return (
    <div
      onFocus={(e) => {
        const question = questionOf(e.target)
        if (question !== '') onEnter?.(question)
      }}
      onBlur={(e) => {
        const question = questionOf(e.target)
        if (question !== '') onLeave?.(question)
      }}
    >
      {sections.map((section) => (
        <Section key={section.name} section={section} {...shared} />
      ))}
    </div>
  )
}

type SectionProps = Omit<FormSectionsProps, 'sections' | 'onEnter' | 'onLeave'> & { readonly section: FormSection }

function Section({ section, folded, answers, today, problems, unread, ...shared }: SectionProps) {
  const language = useLanguage()
  // only how it opens: afterwards it is the user's
  const asked = section.questions.filter((q) => isRelevant(shared.form, q, answers, today))
  const [startsFolded] = useState(folded?.(section) === true)
  // such as the child's section for an adult
  if (asked.length === 0) return null
  return (
    <Paper component="section" withBorder p="md" mb="md" id={`section-${section.name}`} aria-labelledby={`title-${section.name}`}>
      <details className="form-section" open={!startsFolded}>
        <summary>
          <Title order={2} size="h4" id={`title-${section.name}`}>
            {section.label[language]}
          </Title>
        </summary>
        {section.note && (
          <Alert color="amber" mb="sm" role="note">
            {section.note[language]}
          </Alert>
        )}
        {asked.map((question) => (
          <QuestionField
            key={question.name}
            section={section}
            question={question}
            answer={answers[question.name]}
            problem={problems[question.name]}
            unread={unread[question.name]}
            {...shared}
          />
        ))}
      </details>
    </Paper>
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
          const { missing, asked } = completeness(form, section, answers, today)
          if (asked === 0) return null
          return (
            <li key={section.name}>
              <button type="button" onClick={() => goToSection(section.name)}>
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

function goToSection(name: string): void {
  const target = document.getElementById(`section-${name}`)
  target?.querySelector('details')?.setAttribute('open', '')
  target?.scrollIntoView({ block: 'start' })
  target?.querySelector<HTMLElement>('.question :is(input, select, button)')?.focus({ preventScroll: true })
}
