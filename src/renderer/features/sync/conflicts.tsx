import { Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { ChangedValue, useChangeWords } from '#renderer/features/history/index.ts'
import { RevealPerson } from '#renderer/features/screen/index.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { shownReferralCode } from '#shared/referrals/referral-code.ts'
import type { Candidate, Conflict } from '#shared/review/contract.ts'
import { maskedText } from '#shared/screen/contract.ts'
import { conflictsHeading } from './exchange-notices.tsx'

/** Values set at the same time in two places: who said what, and the choice of one for every centre. */
export function Conflicts() {
  const text = useText()
  const list = useCall('review.list', {})
  const [told, setTold] = useState('')
  const decide = useCallMutation('review.decide', ({ left }) => setTold(text('sync.decided', { count: left })))
  const conflicts = list.data ?? []
  if (conflicts.length === 0 && told === '' && list.error === null) return null
  const keep = (conflict: Conflict, candidate: Candidate) => {
    setTold('')
    decide.mutate(
      { kind: conflict.kind, row: conflict.row, fields: conflict.fields, change: candidate.change },
      // somebody may have decided meanwhile: the list shows what is left
      { onError: () => void list.refetch() },
    )
  }
  return (
    <section className="page-card" aria-labelledby={conflictsHeading}>
      <Title order={2} size="h4" mb="xs" id={conflictsHeading} tabIndex={-1} className="page-heading">
        {text('sync.conflictsTitle')}
      </Title>
      <Text c="dimmed">{text('sync.conflictsHint')}</Text>
      <FailureNotice error={list.error ?? decide.error} />
      <Text role="status" fw={700}>
        {told}
      </Text>
      {conflicts.map((conflict) => (
        <ConflictCard
          key={`${conflict.kind} ${conflict.row} ${conflict.fields.join(' ')}`}
          conflict={conflict}
          busy={decide.isPending}
          onKeep={(candidate) => keep(conflict, candidate)}
        />
      ))}
    </section>
  )
}

function ConflictCard(props: {
  readonly conflict: Conflict
  readonly busy: boolean
  readonly onKeep: (candidate: Candidate) => void
}) {
  const text = useText()
  const words = useChangeWords()
  const may = useMay()
  const { conflict } = props
  const { kind, fields } = conflict
  if (words === undefined) return null
  const valuesOf = (candidate: Candidate) =>
    fields
      .map((field) => (field in candidate.values ? words.value(kind, field, candidate.values[field] ?? null) : ''))
      .join(' · ')
  return (
    <>
      <Title order={3} size="h5" mt="md">
        {text(`sync.kinds.${kind}`)}{' '}
        <bdi>{kind === 'referral' && conflict.title !== maskedText ? shownReferralCode(conflict.title) : conflict.title}</bdi>
      </Title>
      {conflict.caseId === null ? null : <RevealPerson name={conflict.title} caseId={conflict.caseId} />}
      {conflict.caseId === null || !may('case.read') ? null : (
        <Link to="/cases/$caseId" params={{ caseId: conflict.caseId }}>
          {text('sync.openCase')}
        </Link>
      )}
      {!conflict.whole && <Text size="sm">{text('sync.conflictNotWhole')}</Text>}
      <table className="plain-table">
        <thead>
          <tr>
            {fields.map((field) => (
              <th key={field} scope="col">
                {words.label(kind, field)}
              </th>
            ))}
            <th scope="col">{text('sync.saidBy')}</th>
            <th scope="col">{text('sync.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {conflict.candidates.map((candidate) => (
            <tr key={candidate.change === null ? 'shown' : `${candidate.change.writer} ${candidate.change.seq}`}>
              {fields.map((field) => (
                <td key={field}>
                  {field in candidate.values ? (
                    <ChangedValue words={words} kind={kind} register={field} value={candidate.values[field] ?? null} />
                  ) : (
                    text('sync.valueNotChanged')
                  )}
                </td>
              ))}
              <td>
                <bdi>
                  {candidate.by === '' ? text('sync.somebodyOf', { site: candidate.site }) : `${candidate.by}, ${candidate.site}`}
                </bdi>
                <br />
                {formatInstant(candidate.at)}
                {candidate.clockWrong ? (
                  <>
                    {' '}
                    <span className="tag" data-tone="amber">
                      {text('sync.clockWrong')}
                    </span>
                  </>
                ) : null}
                {candidate.change === null ? <Text size="sm">{text('sync.shownNow')}</Text> : null}
              </td>
              <td>
                {conflict.whole && (
                  <button
                    type="button"
                    className="row-button"
                    disabled={props.busy}
                    aria-label={text('sync.keepThis', { value: valuesOf(candidate) })}
                    onClick={() => props.onKeep(candidate)}
                  >
                    {text('sync.keep')}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
