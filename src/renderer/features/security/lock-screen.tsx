import { Button, Group, PasswordInput, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { call, failureOf } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { DeskScreen } from './desk-screen.tsx'
import { RecoverForm } from './recover-form.tsx'
import { useCapsLock } from './use-caps-lock.ts'
import { useCountdown } from './use-countdown.ts'
import { WaitNotice } from './wait-notice.tsx'

/** Sign-in, for whoever comes to the keyboard; shows nobody's data (U22). */
export function LockScreen({ onRestore }: { readonly onRestore: () => void }) {
  const text = useText()
  const { status, setStatus } = useDesk()
  const [way, setWay] = useState<'paper' | 'start' | 'national' | null>(null)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const loginField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const wait = useCountdown()
  const caps = useCapsLock()

  const unlock = async () => {
    setTried(true)
    setError(null)
    if (login.trim() === '') return loginField.current?.focus()
    if (password === '') return passwordField.current?.focus()
    setBusy(true)
    try {
      setStatus(await call('security.unlock', { login, password }))
    } catch (thrown) {
      const { code, details } = failureOf(thrown)
      wait.start(typeof details?.seconds === 'number' ? details.seconds : 0)
      setError(thrown)
      setTried(false)
      // it may be right: only the moment was too early
      if (code !== 'wait-before-retry') setPassword('')
      setBusy(false)
      passwordField.current?.focus()
    }
  }

  if (way !== null) return <RecoverForm way={way} onBack={() => setWay(null)} />
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
          ref={loginField}
          label={text('security.login')}
          error={tried && login.trim() === '' ? text('security.loginMissing') : undefined}
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
          error={tried && login.trim() !== '' && password === '' ? text('security.passwordMissing') : undefined}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          onKeyDown={caps.onKey}
          onKeyUp={caps.onKey}
          autoComplete="off"
          spellCheck={false}
          visibilityToggleButtonProps={{ 'aria-label': text('security.passwordShow') }}
        />
        {caps.on && <p className="caps-lock">{text('security.capsLock')}</p>}
        <FailureNotice error={wait.over || failureOf(error).code === 'wait-before-retry' ? null : error} />
        <WaitNotice secondsLeft={wait.secondsLeft} />
        <Button type="submit" fullWidth mt="md" loading={busy} disabled={wait.secondsLeft > 0}>
          {text('security.unlock')}
        </Button>
      </form>
      <Group gap="xs" mt="sm">
        <Button variant="subtle" onClick={() => setWay('start')}>
          {text('security.haveStartCode')}
        </Button>
        <Button variant="subtle" onClick={() => setWay('paper')}>
          {text('security.forgotten')}
        </Button>
        <Button variant="subtle" onClick={() => setWay('national')}>
          {text('security.haveSheets')}
        </Button>
        <Button variant="subtle" onClick={onRestore}>
          {text('backups.restore')}
        </Button>
      </Group>
    </DeskScreen>
  )
}
