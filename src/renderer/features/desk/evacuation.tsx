import { Alert, Button, PasswordInput, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { call, useCall } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { flushUnsaved } from '#renderer/api/unsaved.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

/** In danger: makes this desk unusable at once, after the password, the name of the place, and one more question (H52). */
export function Evacuation() {
  const text = useText()
  const { status, setStatus } = useDesk()
  const plan = useCall('security.evacuationPlan', {})
  const [password, setPassword] = useState('')
  const [siteName, setSiteName] = useState('')
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const training = status.mode === 'training'
  const evacuate = async () => {
    setBusy(true)
    setError(null)
    try {
      await flushUnsaved()
      setStatus(await call('security.evacuate', { password, siteName }))
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
      setAsking(false)
    }
  }
  return (
    <section className="page-card" aria-labelledby="evacuation">
      <Title order={2} size="h4" mb="xs" id="evacuation">
        {text('desk.evacuation')}
      </Title>
      <Text mb="sm">{text('desk.evacuationWhat')}</Text>
      {training ? <Alert mb="sm">{text('desk.evacuationRehearsal')}</Alert> : null}
      <FailureNotice error={plan.error} onRetry={() => void plan.refetch()} />
      {plan.data && (
        <Alert color="amber" mb="sm">
          {text(`desk.wayBack.${plan.data.wayBack}`)}
        </Alert>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setAsking(true)
        }}
      >
        <PasswordInput
          label={text('desk.evacuationPassword')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="off"
          maw="24rem"
          mb="sm"
          visibilityToggleButtonProps={{ 'aria-label': text('security.passwordShow') }}
        />
        <TextInput
          label={text('desk.evacuationSite', { site: status.site?.name ?? '' })}
          value={siteName}
          onChange={(event) => setSiteName(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          maw="24rem"
          mb="md"
        />
        <FailureNotice error={error} />
        <Button type="submit" color="brick" disabled={password === '' || siteName.trim() === '' || !plan.isSuccess}>
          {text('desk.evacuationStart')}
        </Button>
      </form>
      {asking && (
        <ConfirmDialog
          opened
          title={text('desk.evacuation')}
          message={text(training ? 'desk.evacuationRehearsal' : 'desk.evacuationAsk')}
          confirmLabel={text('desk.evacuationDo')}
          danger
          busy={busy}
          onConfirm={() => void evacuate()}
          onCancel={() => setAsking(false)}
        />
      )}
    </section>
  )
}
