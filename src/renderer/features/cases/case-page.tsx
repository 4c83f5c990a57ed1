import { Alert, Paper, Text, Title } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { call, queryClient, useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import {
  NotSaved,
  ProfileForm,
  SavedSign,
  TakenUp,
  useTextWarnings,
  useFormKeeper,
  useLeftDraft,
  useProfile,
  useWaiting,
} from '#renderer/features/forms/index.ts'
import { CaseForms } from '#renderer/features/case-forms/index.ts'
import { CaseHistory } from '#renderer/features/history/index.ts'
import { Household, SameCases } from '#renderer/features/people/index.ts'
import { ReferralTable } from '#renderer/features/referrals/index.ts'
import { CaseRights } from '#renderer/features/rights/index.ts'
import { RevealPerson } from '#renderer/features/screen/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseFile, Draft } from '#shared/cases/contract.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { maskedText } from '#shared/screen/contract.ts'
import { AssignCase } from './assign-case.tsx'
import { CaseFacts } from './case-facts.tsx'
import { CaseHeader } from './case-header.tsx'
import { MoveForm } from './move-form.tsx'
import { SimilarPeople } from './similar-people.tsx'
import '#renderer/ui/record-page.css'
import './cases.css'

/** One person's card: what is known, saved as it is typed, and where they were referred. */
export function CasePage() {
  const { caseId = '' } = useParams({ strict: false }) as { caseId?: string }
  const may = useMay()
  // the card is shown anew when something else than itself has changed the answers
  const [turn, setTurn] = useState({ count: 0, decidedAt: '' })
  const file = useCall('cases.get', { caseId })
  const now = useMemo(() => ({ file: file.data, turn }), [file.data, turn])
  // what a save changes on the page is drawn when no key waits for its frame (U4)
  const late = useDeferredValue(now)
  const { refetch } = file
  const onDecided = useCallback(
    (decidedAt: string) => void refetch().then(() => setTurn(({ count }) => ({ count: count + 1, decidedAt }))),
    [refetch],
  )
  const onChangedElsewhere = useCallback(() => onDecided(''), [onDecided])
  const version = file.data?.formVersion
  const { form, error } = useProfile(version === undefined ? { enabled: false } : { version })
  const fillable = file.data?.editable === true && may('case.edit')
  const left = useLeftDraft({ form: 'quick-card', subject: caseId }, fillable)
  if (!form || !file.data) return <FailureNotice error={error ?? file.error} />
  if (file.data.masked) return <MaskedCard file={file.data} />
  if (left === undefined) return null
  // never the person of the page before, nor a card that was changed elsewhere
  const shown = late.file?.row.id === caseId && !late.file.masked && late.turn === turn ? late.file : file.data
  return (
    <Card
      key={`${caseId} ${turn.count}`}
      form={form}
      file={shown}
      left={left}
      disabled={!fillable}
      decidedAt={turn.decidedAt}
      onDecided={onDecided}
      onChangedElsewhere={onChangedElsewhere}
    />
  )
}

/** Safe screen: the number, and the way to the rest. */
function MaskedCard({ file }: { readonly file: CaseFile }) {
  const text = useText()
  return (
    <>
      <CaseHeader file={file} keepFocus={false}>
        <RevealPerson name={maskedText} caseId={file.row.id} number={file.row.number} />
      </CaseHeader>
      <Text>{text('screen.maskedCard')}</Text>
    </>
  )
}

interface CardProps {
  readonly form: CompiledForm
  readonly file: CaseFile
  readonly left: Draft | null
  readonly disabled: boolean
  /** The question where a choice between two values was just made; '' for none. */
  readonly decidedAt: string
  readonly onDecided: (at: string) => void
  readonly onChangedElsewhere: () => void
}

const Card = memo(function Card({ form, file, left, disabled, decidedAt, onDecided, onChangedElsewhere }: CardProps) {
  const text = useText()
  const may = useMay()
  const { row } = file
  const caseId = row.id
  const [warnings, warn] = useTextWarnings()
  const [stored] = useState(file.answers)
  const keeper = useFormKeeper(
    { form: 'quick-card', subject: caseId },
    Object.keys(left?.texts ?? {}),
    async (batch, focused) => {
      const saved = await call('cases.saveAnswers', { caseId, answers: batch, ...(focused === undefined ? {} : { focused }) })
      queryClient.setQueryData(['cases.get', { caseId }], saved.file)
      warn(batch, saved.warnings)
    },
  )
  const waiting = useWaiting(caseId, keeper, onDecided)
  // lists show the new name and counts when one comes back to them
  useEffect(() => () => void queryClient.invalidateQueries({ queryKey: ['cases.list'] }), [])
  const referrals = useCall('referrals.list', { caseId, show: 'all', after: null, limit: 50 }, may('referral.list'))
  return (
    <>
      <CaseHeader file={file} keepFocus={decidedAt !== '' || (left !== null && left.focused !== '')}>
        {!disabled && <SavedSign keeper={keeper} />}
      </CaseHeader>
      {row.receivedFrom !== null && (
        <Alert color="amber" mb="md">
          {text('cases.readOnly', { site: row.receivedFrom })}
        </Alert>
      )}
      {!disabled && file.newerForm !== null && (
        <MoveForm file={file} newer={file.newerForm} before={() => keeper.flush()} onMoved={onChangedElsewhere} />
      )}
      <NotSaved keeper={keeper} />
      <TakenUp left={left} />
      {!disabled && row.status === 'draft' && <SimilarPeople key={row.name} caseId={caseId} number={row.number} />}
      <SameCases caseId={caseId} />
      <CaseFacts form={form} file={file} />
      <Paper withBorder px="md" py="xs" mb="md" component="section" aria-labelledby="case-referrals">
        <Title order={2} size="h4" id="case-referrals">
          {text('cases.caseReferrals')}
        </Title>
        {referrals.data && referrals.data.rows.length > 0 ? (
          <ReferralTable rows={referrals.data.rows} withPerson={false} />
        ) : (
          <Text c="dimmed">{text('cases.noReferrals')}</Text>
        )}
      </Paper>
      <CaseForms
        caseId={caseId}
        mayBegin={row.receivedFrom === null && row.status !== 'closed'}
        profile={{ form, answers: file.answers, on: row.registeredOn }}
      />
      {!file.confidential && (
        <Text mb="sm" role="note">
          {text('cases.notConfidential')}
        </Text>
      )}
      <ProfileForm
        form={form}
        stored={stored}
        left={left}
        disabled={disabled}
        whole={file.confidential}
        keeper={keeper}
        warnings={warnings}
        waiting={waiting}
        decidedAt={decidedAt}
      />
      <Household caseId={caseId} />
      <CaseRights file={file} onChanged={onChangedElsewhere} />
      {row.receivedFrom === null && may('case.assign') && <AssignCase row={row} />}
      {may('case.read') && (
        <Paper withBorder px="md" py="xs" mb="md" component="section" aria-labelledby="case-history">
          <Title order={2} size="h4" mb="xs" id="case-history">
            {text('sync.historyTitle')}
          </Title>
          <CaseHistory caseId={caseId} />
        </Paper>
      )}
    </>
  )
})
