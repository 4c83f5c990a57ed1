import { Alert, Button, Group, Paper, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { FormSections } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { administrativeSections, completeness, violations, type AnswerProblem } from '#shared/forms/check-answers.ts'
import type { Answer, Answers } from '#shared/forms/form-definition.ts'

/** Consent before anything else: nothing is ticked, nothing is stored until the person agreed (H1, H4, H6). */
export function NewCasePage() {
  const text = useText()
  const navigate = useNavigate()
  const form = useCall('forms.quickCard', {})
  const [answers, setAnswers] = useState<Answers>({})
  const [asked, setAsked] = useState(false)
  const [sessionDone, setSessionDone] = useState(false)
  const create = useCallMutation('cases.create', ({ id }) => void navigate({ to: '/cases/$caseId', params: { caseId: id } }))
  const session = useCallMutation('cases.recordInformationSession', () => setSessionDone(true))
  const onAnswer = useCallback((question: string, answer: Answer) => setAnswers((a) => ({ ...a, [question]: answer })), [])
  const day = today()
  if (!form.data) return <FailureNotice error={form.error} />
  const sections = form.data.sections.filter((s) => administrativeSections.includes(s.name))
  const missing = sections.flatMap((s) => completeness(s, answers, day).missing)
  const problems: Record<string, AnswerProblem> = {}
  for (const v of violations(form.data, answers, answers, day)) if (asked) problems[v.question] = v.problem
  if (asked) for (const q of missing) problems[q] = 'required'
  const status = answers['consent_status']
  const declined = status === 'refused' || status === 'deferred' ? status : undefined
  const open = () => {
    setAsked(true)
    if (missing.length > 0) {
      document
        .querySelector<HTMLElement>(`[data-question="${missing[0]}"] input, [data-question="${missing[0]}"] select`)
        ?.focus()
      return
    }
    create.mutate({ consent: answers })
  }
  return (
    <>
      <PageHeading title={text('cases.consentTitle')} explanation={text('cases.consentText')} />
      <FormSections
        form={form.data}
        sections={sections}
        answers={answers}
        problems={problems}
        today={day}
        disabled={false}
        onAnswer={onAnswer}
      />
      {declined ? (
        <Paper withBorder p="md" component="section">
          <Text fw={700}>{text('cases.sessionTitle')}</Text>
          <Text mb="sm">{text('cases.sessionText')}</Text>
          <FailureNotice error={session.error} />
          {sessionDone ? (
            <Alert color="forest" role="status">
              {text('cases.sessionDone')}
            </Alert>
          ) : (
            <Button
              loading={session.isPending}
              onClick={() =>
                session.mutate({ consentStatus: declined, on: day, language: String(answers['interview_language'] ?? '') })
              }
            >
              {text('cases.recordSession')}
            </Button>
          )}
        </Paper>
      ) : (
        <>
          <FailureNotice error={create.error} />
          <Group mt="sm" mb="xl">
            <Button size="md" loading={create.isPending} onClick={open}>
              {text('cases.openCase')}
            </Button>
            {asked && missing.length > 0 && <Text role="alert">{text('forms.missing', { count: missing.length })}</Text>}
          </Group>
        </>
      )}
    </>
  )
}
