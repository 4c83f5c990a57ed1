import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { call, CallFailure } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { DeskScreen } from './desk-screen.tsx'

/** The data cannot be opened: says which of the causes it is, what to do, and that nothing must be deleted. */
export function BlockedScreen({ onRestore }: { readonly onRestore: () => void }) {
  const text = useText()
  const { status, setStatus } = useDesk()
  const [busy, setBusy] = useState(false)
  const code = status.problem ?? 'internal'
  return (
    <DeskScreen title={text('security.blockedTitle')}>
      <FailureNotice error={new CallFailure({ code, ...(status.problemDetails ? { details: status.problemDetails } : {}) })} />
      <Text>{text('security.blockedCalm')}</Text>
      <Text c="dimmed" size="sm" my="sm">
        {text('security.blockedCode', { code })}
      </Text>
      <Button
        loading={busy}
        onClick={() => {
          setBusy(true)
          void call('security.status', {})
            .then(setStatus, () => undefined)
            .finally(() => setBusy(false))
        }}
      >
        {text('security.blockedRetry')}
      </Button>
      {code === 'database-busy' ? null : (
        <Button variant="default" ml="sm" onClick={onRestore}>
          {text('backups.restore')}
        </Button>
      )}
    </DeskScreen>
  )
}
