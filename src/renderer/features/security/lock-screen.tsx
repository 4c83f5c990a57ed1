import { Button, PasswordInput, Text, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { call, failureOf } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { DeskScreen } from './desk-screen.tsx'
import { RecoverForm } from './recover-form.tsx'
import { useCountdown } from './use-countdown.ts'

/** Sign-in, for whoever comes to the keyboard; shows nobody's data (U22). */
export function LockScreen() {
  const text = useText()
  const { status, setStatus } = useDesk()
  const [recovering, setRecovering] = useState(false)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const passwordField = useRef<HTMLInputElement>(null)
  const wait = useCountdown()

  const unlock = async () => {
    setBusy(true)
    setError(null)
    try {
      setStatus(await call('security.unlock', { login, password }))
    } catch (thrown) {
      const seconds = failureOf(thrown).details?.seconds
      wait.start(typeof seconds === 'number' ? seconds : 0)
      setError(thrown)
      setPassword('')
      setBusy(false)
      passwordField.current?.focus()
    }
  }

  if (recovering) return <RecoverForm onBack={() => setRecovering(false)} />
  return (
    <DeskScreen
      title={text('security.lockTitle')}
      above={status.site === undefined ? undefined : text('security.lockPlace', { site: status.site.name })}
      keepFocus
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy && wait.secondsLeft === 0) void unlock()
        }}
      >
        <TextInput
          label={text('security.login')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          mb="sm"
        />
        <PasswordInput
          ref={passwordField}
          label={text('security.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          visibilityToggleButtonProps={{ 'aria-label': text('security.passwordShow') }}
        />
        <FailureNotice error={wait.over ? null : error} />
        {wait.secondsLeft === 0 ? null : (
          <Text role="timer" mt="xs">
            {text('security.waitSeconds', { seconds: wait.secondsLeft })}
          </Text>
        )}
        <Button type="submit" fullWidth mt="md" loading={busy} disabled={wait.secondsLeft > 0 || login === '' || password === ''}>
          {text('security.unlock')}
        </Button>
      </form>
      <Button variant="subtle" mt="sm" onClick={() => setRecovering(true)}>
        {text('security.forgotten')}
      </Button>
    </DeskScreen>
  )
}
