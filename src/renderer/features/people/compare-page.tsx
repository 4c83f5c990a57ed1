import { Checkbox, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { queryClient, useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { ReferralTable } from '#renderer/features/referrals/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { LinkButton } from '#renderer/ui/link-button.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import type { CaseFile } from '#shared/cases/contract.ts'
import { wholeForm } from '#shared/forms/quick-card.ts'
import { comparedAnswers } from '#shared/people/compared-answers.ts'
import { CompareTable } from './compare-table.tsx'
import { DecideForm, type Choice } from './decide-form.tsx'
import { FormerDecision } from './former-decision.tsx'
import './people.css'

/** Two cases side by side, and the decision whether they are of one person. */
export function ComparePage() {
  const text = useText()
  const navigate = useNavigate()
  const { first: caseId = '', second: otherId = '' } = useSearch({ strict: false }) as { first?: string; second?: string }
  const profile = useCall('forms.profile', {})
  const form = useMemo(() => profile.data && wholeForm(profile.data), [profile.data])
  const one = useCall('cases.get', { caseId })
  const other = useCall('cases.get', { caseId: otherId })
  const decisions = useCall('people.decisions', { caseId, otherId })
  const [onlyDifferent, setOnlyDifferent] = useState(false)
  const [choice, setChoice] = useState<Choice>({ kind: null })
  if (!form || !one.data || !other.data || !decisions.data)
    return <FailureNotice error={profile.error ?? one.error ?? other.error ?? decisions.error} />
  const leave = () => {
    // a card that opens next begins with the answers that it has now
    queryClient.removeQueries({ queryKey: ['cases.get'] })
    void navigate({ to: '/duplicates' })
  }
  const files = [one.data, other.data] as const
  const rows = comparedAnswers(form, one.data.answers, other.data.answers)
  const different = rows.filter((row) => !row.same).length
  const hidden = files.some((file) => file.masked)
  return (
    <div className="compare-page">
      <PageHeading
        title={text('people.compareTitle')}
        explanation={text('people.compareWhat')}
        actions={
          <LinkButton to="/duplicates" variant="default">
            {text('people.later')}
          </LinkButton>
        }
      />
      <FormerDecision pair={{ caseId, otherId }} decisions={decisions.data} files={files} />
      {!hidden && (
        <Checkbox
          mb="sm"
          label={text('people.onlyDifferent', { count: different })}
          checked={onlyDifferent}
          onChange={(e) => setOnlyDifferent(e.currentTarget.checked)}
        />
      )}
      <CompareTable
        files={files}
        rows={onlyDifferent ? rows.filter((row) => !row.same) : rows}
        choice={choice}
        onChoice={setChoice}
      />
      <Referrals files={files} />
      {hidden ? (
        <Text fw={700}>{text('people.revealFirst')}</Text>
      ) : (
        <DecideForm files={files} choice={choice} onChoice={setChoice} onDecided={leave} />
      )}
    </div>
  )
}

function Referrals({ files }: { readonly files: readonly [CaseFile, CaseFile] }) {
  const may = useMay()
  if (!may('referral.list')) return null
  return (
    <div className="compare-referrals">
      {files.map((file) => (
        <ReferralsOf key={file.row.id} file={file} />
      ))}
    </div>
  )
}

function ReferralsOf({ file: { row } }: { readonly file: CaseFile }) {
  const text = useText()
  const list = useCall('referrals.list', { caseId: row.id, show: 'all', after: null, limit: 50 })
  return (
    <section aria-label={text('people.referralsOf', { number: row.number })}>
      <Text fw={700}>{text('people.referralsOf', { number: row.number })}</Text>
      {list.data && list.data.rows.length > 0 ? (
        <ReferralTable rows={list.data.rows} withPerson={false} />
      ) : (
        <Text c="dimmed">{text('cases.noReferrals')}</Text>
      )}
    </section>
  )
}
