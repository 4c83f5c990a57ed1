import { Alert, Paper, Text, Title } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { CallFailure, useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { RevealPerson } from '#renderer/features/screen/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { LinkButton } from '#renderer/ui/link-button.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { shownHours } from '#shared/directory/opening-hours.ts'
import { shownPhone } from '#shared/forms/phone.ts'
import type { ReferralFile } from '#shared/referrals/contract.ts'
import { maySlip } from '#shared/referrals/referral.ts'
import { ConsentStep } from './consent-step.tsx'
import { FollowStep } from './follow-step.tsx'
import { IssueStep } from './issue-step.tsx'
import { SlipStep } from './slip-step.tsx'

/** One referral: where it stands, what can be done now, what happened. */
export function ReferralPage() {
  const { referralId = '' } = useParams({ strict: false }) as { referralId?: string }
  const file = useCall('referrals.get', { referralId })
  if (!file.data) return <FailureNotice error={file.error} />
  return <Referral key={referralId} file={file.data} />
}

/** What keeps a referral from being issued that a new consent to it would settle. */
const asksAgain: readonly (ReferralFile['blocked'] & string)[] = [
  'referral-consent-missing',
  'referral-consent-old',
  'guardian-consent-missing',
]

function Referral({ file }: { readonly file: ReferralFile }) {
  const text = useText()
  const language = useLanguage()
  const may = useMay()
  const { row } = file
  const owner = useCall('cases.get', { caseId: row.caseId }, may('case.read'))
  return (
    <>
      <PageHeading
        title={row.serviceName[language]}
        turn={row.status}
        explanation={[row.personName, text(`referrals.states.${row.status}`), row.code].filter(Boolean).join(' · ')}
        actions={
          <>
            <RevealPerson name={row.personName} caseId={row.caseId} number={row.caseNumber} />
            <LinkButton variant="default" to="/cases/$caseId" params={{ caseId: row.caseId }}>
              {text('referrals.seeCase')}
            </LinkButton>
          </>
        }
      />
      {row.receivedFrom !== null && <Alert color="amber">{text('cases.readOnly', { site: row.receivedFrom })}</Alert>}
      {row.overdue && (
        <Alert color="brick" role="status">
          {text('referrals.late')}
        </Alert>
      )}
      <ProviderLine file={file} />
      {file.blocked !== null && <FailureNotice error={new CallFailure({ code: file.blocked })} />}
      {file.editable && may('referral.create') && (
        <>
          {row.status === 'draft' && owner.data && <ConsentStep referralId={row.id} minor={owner.data.isMinor} />}
          {row.status === 'ready' && file.blocked !== null && asksAgain.includes(file.blocked) && owner.data && (
            <ConsentStep referralId={row.id} minor={owner.data.isMinor} renewing />
          )}
          {row.status === 'ready' && file.blocked === null && <IssueStep referralId={row.id} />}
          {row.code !== '' && maySlip(row.status) && file.blocked === null && <SlipStep file={file} />}
        </>
      )}
      {file.next.length > 0 && may('referral.answer') && <FollowStep caseId={row.caseId} referralId={row.id} next={file.next} />}
      <Paper withBorder p="md" component="section" aria-labelledby="history-title">
        <Title order={2} size="h4" id="history-title">
          {text('referrals.history')}
        </Title>
        <Text size="sm">{text('referrals.createdOn', { date: formatDay(row.createdOn) })}</Text>
        <ol>
          {file.history.map((h) => (
            <li key={`${h.at}/${h.to}`}>
              {text('referrals.historyLine', { to: text(`referrals.states.${h.to}`), on: formatDay(h.on) })}
              {h.by !== '' && ` — ${h.by}`}
              {h.reason !== '' && ` — ${h.reason}`}
            </li>
          ))}
        </ol>
        {file.validUntil !== null && <Text size="sm">{text('referrals.validUntil', { date: formatDay(file.validUntil) })}</Text>}
      </Paper>
    </>
  )
}

/** Where and when the person is received, and the number to call. */
function ProviderLine({ file }: { readonly file: ReferralFile }) {
  const language = useLanguage()
  const { place, hours, phone } = file.provider
  const shown = [place, shownHours(hours)[language], shownPhone(phone)].filter(Boolean).join(' · ')
  return shown === '' ? null : <Text mb="md">{shown}</Text>
}
