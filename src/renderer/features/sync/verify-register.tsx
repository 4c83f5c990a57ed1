import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'

/** Recomputes the register of actions and says whether it is whole. */
export function VerifyRegister() {
  const text = useText()
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<CallOutput<'audit.verify'> | null>(null)
  const [error, setError] = useState<unknown>(null)
  const verify = async () => {
    setBusy(true)
    setError(null)
    try {
      setFound(await call('audit.verify', {}))
    } catch (thrown) {
      setError(thrown)
    }
    setBusy(false)
  }
  return (
    <div>
      <Button variant="subtle" loading={busy} onClick={() => void verify()}>
        {text('sync.verify')}
      </Button>
      <FailureNotice error={error} />
      <Text role="status">
        {found === null
          ? ''
          : found.brokenAt === null
            ? text('sync.verifyGood', { events: found.events })
            : text('sync.verifyBad', { line: found.brokenAt })}
      </Text>
    </div>
  )
}
