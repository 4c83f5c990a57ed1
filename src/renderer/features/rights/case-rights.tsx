import { Alert, Button, Group, Paper, Text, Title } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseFile } from '#shared/cases/contract.ts'
import { withdrawnScopes } from '#shared/cases/withdrawal.ts'
import { AccessDialog } from './access-dialog.tsx'
import { CaseEnd } from './case-end.tsx'
import { CorrectionDialog } from './correction-dialog.tsx'
import { ReceiversList } from './receivers-list.tsx'
import { RequestList } from './request-list.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'

/** What the person may ask for at any time, and what was done about it. */
export function CaseRights({ file, onChanged }: { readonly file: CaseFile; readonly onChanged: () => void }) {
  const text = useText()
  const may = useMay()
  const caseId = file.row.id
  const scopes = withdrawnScopes(file.answers)
  const [withdrawing, setWithdrawing] = useState(false)
  const [asking, setAsking] = useState<'access' | 'correction'>()
  const [opened, setOpened] = useState(false)
  // who took something back is asked about the others at once; else reading the list is somebody's decision, since it is audited
  // a read of nothing would be written down as well
  const hasRequests = Object.keys(file.answers).some((name) => name.startsWith('request_'))
  const shown = opened || scopes.length > 0
  const receivers = useCall('rights.receivers', { caseId }, shown)
  const requests = useCall('rights.requests', { caseId }, hasRequests).data?.rows ?? []
  const editable = file.row.receivedFrom === null && may('consent.withdraw')
  // a task of this part leads here (rights-page.tsx)
  const isWanted = useLocation({ select: ({ hash }) => hash === 'case-rights' })
  useEffect(() => {
    if (isWanted) document.getElementById('case-rights')?.scrollIntoView({ block: 'start' })
  }, [isWanted])
  const since = file.answers['consent_withdrawn_date']
  return (
    <Paper withBorder px="md" py="xs" mb="md" component="section" aria-labelledby="case-rights">
      <Title order={2} size="h4" id="case-rights" mb="xs">
        {text('rights.title')}
      </Title>
      {file.answers['consent_status'] === 'guardian' && !file.isMinor && (
        <Alert color="amber" mb="xs" role="note">
          {text('rights.renewConsent')}
        </Alert>
      )}
      {scopes.length > 0 && (
        <Text mb="xs">
          {typeof since === 'string'
            ? text('rights.withdrawnOn', {
                day: formatDay(since),
                scopes: scopes.map((s) => text(`rights.scopes.${s}`)).join(' · '),
              })
            : text('rights.withdrawnSince', { scopes: scopes.map((s) => text(`rights.scopes.${s}`)).join(' · ') })}
        </Text>
      )}
      <Group gap="sm">
        {editable && (
          <Button variant="default" onClick={() => setWithdrawing(true)}>
            {text('rights.withdraw')}
          </Button>
        )}
        {file.row.receivedFrom === null && may('case.confidential') && (
          <Button variant="default" onClick={() => setAsking('access')}>
            {text('rights.access')}
          </Button>
        )}
        {file.row.receivedFrom === null && may('request.receive') && (
          <Button variant="default" onClick={() => setAsking('correction')}>
            {text('rights.correction')}
          </Button>
        )}
        {!shown && (
          <Button variant="default" onClick={() => setOpened(true)}>
            {text('rights.seeReceivers')}
          </Button>
        )}
      </Group>
      {requests.length > 0 && (
        <section aria-labelledby="case-requests">
          <Title order={3} size="h5" mt="sm" id="case-requests">
            {text('rights.requests')}
          </Title>
          <RequestList caseId={caseId} rows={requests} editable={file.row.receivedFrom === null} />
        </section>
      )}
      {shown && (
        <section aria-labelledby="case-receivers">
          <Title order={3} size="h5" my="xs" id="case-receivers">
            {text('rights.receivers')}
          </Title>
          <FailureNotice error={receivers.error} onRetry={() => void receivers.refetch()} />
          {receivers.data && <ReceiversList caseId={caseId} receivers={receivers.data} editable={editable} />}
        </section>
      )}
      {file.row.receivedFrom === null && <CaseEnd file={file} onChanged={onChanged} />}
      {asking === 'access' && (
        <AccessDialog
          caseId={caseId}
          spoken={file.answers['interview_language']}
          onCancel={() => {
            setAsking(undefined)
            onChanged()
          }}
        />
      )}
      {asking === 'correction' && (
        <CorrectionDialog
          caseId={caseId}
          onCancel={() => setAsking(undefined)}
          onDone={() => {
            setAsking(undefined)
            onChanged()
          }}
        />
      )}
      {withdrawing && (
        <WithdrawDialog
          caseId={caseId}
          onCancel={() => setWithdrawing(false)}
          onDone={() => {
            setWithdrawing(false)
            setOpened(true)
            onChanged()
          }}
        />
      )}
    </Paper>
  )
}
