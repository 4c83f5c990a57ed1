import { Alert, Group, Paper, Text, Title } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { call, queryClient, useCall } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { useMay } from '#renderer/api/desk.ts'
import { FormSections, SectionList, useAutosave } from '#renderer/features/forms/index.ts'
import { ReferralTable } from '#renderer/features/referrals/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { LinkButton } from '#renderer/ui/link-button.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import type { CaseFile } from '#shared/cases/contract.ts'
import { withCalculations } from '#shared/forms/check-answers.ts'
import type { Answer, Answers, FormDefinition } from '#shared/forms/form-definition.ts'
import './cases.css'

/** One person's card: what is known, saved as it is typed, and where they were referred. */
export function CasePage() {
  const { caseId = '' } = useParams({ strict: false }) as { caseId?: string }
  const form = useCall('forms.quickCard', {})
  const file = useCall('cases.get', { caseId })
  if (!form.data || !file.data) return <FailureNotice error={form.error ?? file.error} />
  return <Card key={caseId} form={form.data} file={file.data} />
}

function Card({ form, file }: { readonly form: FormDefinition; readonly file: CaseFile }) {
  const text = useText()
  const may = useMay()
  const caseId = file.row.id
  const [answers, setAnswers] = useState<Answers>(file.answers)
  const saved = useCallback(
    async (batch: Answers) => {
      const now = await call('cases.saveAnswers', { caseId, answers: batch })
      queryClient.setQueryData(['cases.get', { caseId }], now)
    },
    [caseId],
  )
  const { put, ...autosave } = useAutosave(saved)
  const onAnswer = useCallback(
    (question: string, answer: Answer) => {
      setAnswers((a) => withCalculations(form, { ...a, [question]: answer }, today()))
      put(question, answer)
    },
    [form, put],
  )
  // lists show the new name and counts when one comes back to them
  useEffect(() => () => void queryClient.invalidateQueries({ queryKey: ['cases.list'] }), [])
  const referrals = useCall('referrals.list', { caseId, show: 'all', after: null, limit: 50 }, may('referral.read'))
  const disabled = !file.editable || !may('case.edit')
  const { row } = file
  const refused = Object.keys(autosave.problems)
  return (
    <>
      <PageHeading
        title={row.name === '' ? text('cases.unnamed') : row.name}
        explanation={`${row.number} · ${text(`cases.status.${row.status}`)}`}
        actions={
          file.editable &&
          may('referral.create') && (
            <LinkButton to="/referrals/new" search={{ case: caseId }}>
              {text('cases.refer')}
            </LinkButton>
          )
        }
      />
      {row.receivedFrom !== null && <Alert color="amber">{text('cases.readOnly', { site: row.receivedFrom })}</Alert>}
      {file.isMinor && row.ageYears !== null && (
        <Text fw={700} c="brick.7">
          {text('cases.minor')}
        </Text>
      )}
      <Paper withBorder p="md" mb="md" component="section" aria-labelledby="case-referrals">
        <Title order={2} size="h4" id="case-referrals">
          {text('cases.caseReferrals')}
        </Title>
        {referrals.data && referrals.data.rows.length > 0 ? (
          <ReferralTable rows={referrals.data.rows} withPerson={false} />
        ) : (
          <Text c="dimmed">{text('cases.noReferrals')}</Text>
        )}
      </Paper>
      <div className="case-layout">
        <div>
          <SectionList form={form} answers={answers} today={today()} />
          {!disabled && (
            <Text size="sm" className="autosave" role="status" data-state={autosave.state}>
              {autosave.state === 'saved' && text('forms.saved', { time: autosave.at })}
              {(autosave.state === 'saving' || autosave.state === 'waiting') && text('forms.saving')}
              {autosave.state === 'failed' && text('forms.notSaved')}
            </Text>
          )}
        </div>
        <div>
          <FailureNotice error={autosave.failure} />
          {refused.length > 0 && (
            <Alert color="brick" role="alert" mb="sm">
              {text('forms.notSavedQuestions')} <Group component="span">{refused.length}</Group>
            </Alert>
          )}
          <FormSections
            form={form}
            sections={form.sections.toSorted((a, b) => sectionRank(a.name) - sectionRank(b.name))}
            answers={answers}
            problems={autosave.problems}
            today={today()}
            disabled={disabled}
            onAnswer={onAnswer}
          />
        </div>
      </div>
    </>
  )
}

/** Identity first: consent was given before the card opened, and stands below. */
function sectionRank(name: string): number {
  return name === 'interview' ? 8 : name === 'consent' ? 9 : 0
}
