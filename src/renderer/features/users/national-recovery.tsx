import { Button, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { OwnPassword } from './own-password.tsx'

/** Whether two sheets of the national key could open this desk, and the button that lets them. */
export function NationalRecovery() {
  const text = useText()
  const roster = useCall('roster.status', {})
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const allow = useCallMutation('roster.allowRecovery', () => {
    setPassword('')
    setTried(false)
    void roster.refetch()
  })
  const state = roster.data?.recovery
  return (
    <section className="page-card" aria-labelledby="national-recovery">
      <Title order={2} size="h4" mb="sm" id="national-recovery">
        {text('users.nationalTitle')}
      </Title>
      <FailureNotice error={roster.error} onRetry={() => void roster.refetch()} />
      {state === undefined ? null : (
        <Text mb="sm" role="status">
          {text(`users.national.${state}`)}
        </Text>
      )}
      {(state === 'known' || state === 'former') && (
        <form
          className="narrow-form"
          onSubmit={(event) => {
            event.preventDefault()
            setTried(true)
            if (password !== '' && !allow.isPending) allow.mutate({ password })
          }}
        >
          <OwnPassword value={password} onChange={setPassword} tried={tried} />
          <FailureNotice error={allow.error} />
          <Button type="submit" loading={allow.isPending}>
            {text('users.nationalAllow')}
          </Button>
        </form>
      )}
    </section>
  )
}
