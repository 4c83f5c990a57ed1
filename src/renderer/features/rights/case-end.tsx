import { Alert, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseFile } from '#shared/cases/contract.ts'
import { CloseDialog } from './close-dialog.tsx'

/** How a case comes to its end: proposed, decided, kept until a day, or taken up again. */
export function CaseEnd({ file, onChanged }: { readonly file: CaseFile; readonly onChanged: () => void }) {
  const text = useText()
  const may = useMay()
  const [proposing, setProposing] = useState(false)
  const decide = useCallMutation('cases.decideClosing', onChanged)
  const reopen = useCallMutation('cases.reopen', onChanged)
  const caseId = file.row.id
  const isClosed = file.row.status === 'closed'
  const { closing } = file
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
        </Text>
      )}
      <Group gap="sm" mt="sm">
        {!isClosed && closing?.state !== 'pending' && may('case.proposeClosing') && (
          <Button variant="default" onClick={() => setProposing(true)}>
            {text('rights.close')}
          </Button>
        )}
        {isClosed && may('case.proposeClosing') && (
          <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate({ caseId })}>
            {text('rights.reopen')}
          </Button>
        )}
      </Group>
      {proposing && (
        <CloseDialog
          caseId={caseId}
          onCancel={() => setProposing(false)}
          onDone={() => {
            setProposing(false)
            onChanged()
          }}
        />
      )}
    </>
  )
}
