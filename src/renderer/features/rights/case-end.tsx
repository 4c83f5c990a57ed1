import { Alert, Button, Group, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { useMay } from '#renderer/api/desk.ts'
import { EraseDialog } from '#renderer/features/erasure/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseFile } from '#shared/cases/contract.ts'
import { CloseDialog } from './close-dialog.tsx'
import { KeepLongerDialog } from './keep-longer-dialog.tsx'

/** How a case comes to its end: proposed, decided, kept until a day, or taken up again. */
export function CaseEnd({ file, onChanged }: { readonly file: CaseFile; readonly onChanged: () => void }) {
  const text = useText()
  const may = useMay()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'closing' | 'keeping' | 'erasing'>()
  const decide = useCallMutation('cases.decideClosing', onChanged)
  const reopen = useCallMutation('cases.reopen', onChanged)
  const caseId = file.row.id
  const isClosed = file.row.status === 'closed'
  const { closing } = file
  const timeEnded = isClosed && closing?.keepUntil && closing.keepUntil <= today() ? closing.keepUntil : undefined
  return (
    <>
      <FailureNotice error={decide.error ?? reopen.error} />
      {closing?.state === 'back' && !isClosed && <Text my="xs">{text('rights.closeBack')}</Text>}
      {closing?.state === 'pending' && !isClosed && (
        <Alert color="amber" my="xs" role="status">
          {text('rights.closePending', { day: formatDay(closing.on) })}
          {may('case.close') && (
            <Group gap="sm" mt="xs">
              <Button loading={decide.isPending} onClick={() => decide.mutate({ caseId, approve: true })}>
                {text('rights.closeApprove')}
              </Button>
              <Button variant="default" disabled={decide.isPending} onClick={() => decide.mutate({ caseId, approve: false })}>
                {text('rights.closeRefuse')}
              </Button>
            </Group>
          )}
        </Alert>
      )}
      {isClosed && closing && (
        <Text my="xs">
          {text('rights.closedOn', {
            day: formatDay(closing.on),
            until: closing.keepUntil === null ? '' : formatDay(closing.keepUntil),
          })}
          {closing.keepReason !== null &&
            ` ${text('rights.keptFor', { reason: text(`rights.keepReasons.${closing.keepReason}`) })}`}
        </Text>
      )}
      {timeEnded && (
        <Alert color="amber" my="xs" role="note">
          {text('rights.timeEnded', { day: formatDay(timeEnded) })}
        </Alert>
      )}
      <Group gap="sm" mt="sm">
        {!isClosed && closing?.state !== 'pending' && may('case.proposeClosing') && (
          <Button variant="default" onClick={() => setAsking('closing')}>
            {text('rights.close')}
          </Button>
        )}
        {timeEnded && may('erasure.decide') && <Button onClick={() => setAsking('erasing')}>{text('rights.decideEnd')}</Button>}
        {isClosed && closing?.keepUntil && may('erasure.decide') && (
          <Button variant="default" onClick={() => setAsking('keeping')}>
            {text('rights.keepLonger')}
          </Button>
        )}
        {isClosed && may('case.proposeClosing') && (
          <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate({ caseId })}>
            {text('rights.reopen')}
          </Button>
        )}
      </Group>
      {asking === 'erasing' && (
        <EraseDialog
          caseId={caseId}
          ground="retention-ended"
          onCancel={() => setAsking(undefined)}
          onErased={({ certificate }) => void navigate({ to: '/cases', search: { erased: certificate } })}
        />
      )}
      {asking === 'keeping' && closing?.keepUntil && (
        <KeepLongerDialog
          caseId={caseId}
          keepUntil={closing.keepUntil}
          onCancel={() => setAsking(undefined)}
          onDone={() => {
            setAsking(undefined)
            onChanged()
          }}
        />
      )}
      {asking === 'closing' && (
        <CloseDialog
          caseId={caseId}
          onCancel={() => setAsking(undefined)}
          onDone={() => {
            setAsking(undefined)
            onChanged()
          }}
        />
      )}
    </>
  )
}
