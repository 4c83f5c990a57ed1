import { Alert, Button, Group, Paper, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { failureOf, useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { focusQuestion, FormCorrections, FormSections, SavedSign, useFormKeeper } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { Draft } from '#shared/cases/contract.ts'
import { draftText, takenUp, type Unread } from '#shared/cases/draft.ts'
import {
  administrativeSections,
  completeness,
  findQuestion,
  violations,
  type AnswerProblem,
} from '#shared/forms/check-answers.ts'
import type { Answer, Answers, FormDefinition } from '#shared/forms/form-definition.ts'

interface NewCaseFormProps {
  readonly form: FormDefinition
  /** The id under which the unfinished form is kept. */
  readonly subject: string
  /** What was left in it before, when the user took it up. */
  readonly left: Draft | null
}

/** Interview and consent, stored as a whole when the person agreed; until then only as a draft of this user. */
export function NewCaseForm({ form, subject, left }: NewCaseFormProps) {
  const text = useText()
  const navigate = useNavigate()
  const [start] = useState(() => takenUp((name) => findQuestion(form, name)?.question, left?.texts ?? {}))
  const [answers, setAnswers] = useState<Answers>(start.answers)
  const [unread, setUnread] = useState<Readonly<Record<string, Unread>>>(start.unread)
  const [refusals, setRefusals] = useState(0)
  const [sessionDone, setSessionDone] = useState(false)
  const keeper = useFormKeeper({ form: 'new-case', subject }, Object.keys(left?.texts ?? {}))
  const create = useCallMutation('cases.create', ({ id }) => {
    keeper.abandon()
    void navigate({ to: '/cases/$caseId', params: { caseId: id } })
  })
  const session = useCallMutation('cases.recordInformationSession', () => {
    keeper.abandon()
    setSessionDone(true)
  })
  const onAnswer = useCallback(
    (question: string, answer: Answer) => {
      setAnswers((a) => ({ ...a, [question]: answer }))
      setUnread(({ [question]: _former, ...others }) => others)
      keeper.keep(question, draftText(answer))
    },
    [keeper],
  )
  const onUnread = useCallback(
    (question: string, wrong: Unread) => {
      setAnswers(({ [question]: _former, ...others }) => others)
      setUnread((u) => ({ ...u, [question]: wrong }))
      keeper.keep(question, wrong.text)
    },
    [keeper],
  )
  useEffect(() => {
    if (left && left.focused !== '') focusQuestion(left.focused)
  }, [left])

  const day = today()
  const sections = form.sections.filter((s) => administrativeSections.includes(s.name))
  const found: Record<string, AnswerProblem> = {}
  for (const section of sections)
    for (const question of completeness(form, section, answers, day).missing) found[question] = 'required'
  for (const v of violations(form, answers, answers, day)) found[v.question] = v.problem
  const asked = refusals > 0
  // what the centre refused although the page saw nothing wrong
  const refused = failureOf(create.error).details?.['question']
  if (asked && typeof refused === 'string') found[refused] ??= 'type'
  const status = answers['consent_status']
  const declined = status === 'refused' || status === 'deferred' ? status : undefined

  const open = async () => {
    setRefusals(refusals + 1)
    if (Object.keys(found).length > 0 || Object.keys(unread).length > 0) return
    await keeper.flush()
    create.mutate({ consent: answers, draft: subject })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!declined && !create.isPending) void open()
      }}
    >
      {asked && !declined && <FormCorrections form={form} problems={found} unread={unread} takeFocus={refusals} />}
      <FormSections
        form={form}
        sections={sections}
        answers={answers}
        problems={asked ? found : {}}
        unread={unread}
        today={day}
        disabled={sessionDone}
        onAnswer={onAnswer}
        onUnread={onUnread}
        onEnter={keeper.focus}
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
                session.mutate({
                  consentStatus: declined,
                  on: day,
                  language: String(answers['interview_language'] ?? ''),
                  draft: subject,
                })
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
            <Button type="submit" size="md" loading={create.isPending}>
              {text('cases.openCase')}
            </Button>
            <SavedSign keeper={keeper} />
          </Group>
        </>
      )}
    </form>
  )
}
