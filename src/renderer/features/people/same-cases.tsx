import { Alert, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { ReferralTable } from '#renderer/features/referrals/index.ts'
import { MaskedName } from '#renderer/features/screen/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { LinkedCase } from '#shared/people/contract.ts'
import { useDecisionWords } from './former-decision.tsx'

/** The other cases of the same person: which one is carried on, and where the person was referred from them. */
export function SameCases({ caseId }: { readonly caseId: string }) {
  const linked = useCall('people.linked', { caseId })
  return (
    <>
      <FailureNotice error={linked.error} onRetry={() => void linked.refetch()} />
      {linked.data?.same.map((other) => (
        <SameCase key={other.row.id} caseId={caseId} other={other} />
      ))}
    </>
  )
}

function SameCase({ caseId, other: { row, decision } }: { readonly caseId: string; readonly other: LinkedCase }) {
  const text = useText()
  const may = useMay()
  const told = useDecisionWords()
  const referrals = useCall(
    'referrals.list',
    { caseId: row.id, show: 'all', after: null, limit: 50 },
    row.opens && may('referral.list'),
  )
  const isLeading = decision.leading === caseId
  return (
    <Alert
      color="amber"
      mb="md"
      role="note"
      title={text(isLeading ? 'people.alsoHas' : 'people.carriedOnIn', { number: row.number })}
    >
      <Text>
        <MaskedName name={row.name} caseId={row.id} unnamed={text('cases.unnamed')} />{' '}
        {row.opens ? (
          <Link to="/cases/$caseId" params={{ caseId: row.id }} className="plain-link">
            {text('people.seeCase', { number: row.number })}
          </Link>
        ) : (
          text('people.notYours')
        )}{' '}
        {may('people.decide') && row.opens && (
          <Link to="/compare" search={{ first: caseId, second: row.id }} className="plain-link">
            {text('people.compare')}
          </Link>
        )}
      </Text>
      <Text size="sm">{told(decision)}</Text>
      {decision.waits && <Text fw={700}>{text('people.waitsHint')}</Text>}
      {referrals.data && referrals.data.rows.length > 0 && (
        <section aria-label={text('people.referralsOf', { number: row.number })}>
          <Text fw={700} mt="xs">
            {text('people.referralsOf', { number: row.number })}
          </Text>
          <ReferralTable rows={referrals.data.rows} withPerson={false} />
        </section>
      )}
    </Alert>
  )
}
