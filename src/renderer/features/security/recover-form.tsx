import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call, failureOf } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { DeskScreen } from './desk-screen.tsx'
import { pairIsUsable, PasswordPair } from './password-pair.tsx'
import { useCountdown } from './use-countdown.ts'

/** A forgotten password: the paper code opens the desk and sets a new one. */
export function RecoverForm(props: { readonly onBack: () => void }) {
  const text = useText()
  const { setStatus } = useDesk()
  const [code, setCode] = useState('')
  const [login, setLogin] = useState('')
  const [pair, setPair] = useState({ first: '', again: '' })
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const wait = useCountdown()

  const recover = async () => {
    setBusy(true)
    setError(null)
    try {
      setStatus(await call('security.recover', { code, login, newPassword: pair.first }))
    } catch (thrown) {
      const seconds = failureOf(thrown).details?.seconds
      wait.start(typeof seconds === 'number' ? seconds : 0)
      setError(thrown)
      setBusy(false)
    }
  }
  const ready = code.trim() !== '' && login.trim() !== '' && pairIsUsable(pair) && wait.secondsLeft === 0

  return (
    <DeskScreen title={text('security.recoverTitle')}>
      <Text mb="sm">{text('security.recoverHint')}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !busy) void recover()
        }}
      >
        <TextInput
          label={text('security.codeLabel')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'code-input' }}
          mb="sm"
        />
        <TextInput
          label={text('security.login')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          mb="sm"
        />
        <PasswordPair label={text('security.passwordNew')} value={pair} onChange={setPair} />
        <FailureNotice error={wait.over ? null : error} />
        {wait.secondsLeft === 0 ? null : <Text role="timer">{text('security.waitSeconds', { seconds: wait.secondsLeft })}</Text>}
        <Group justify="space-between" mt="md">
          <Button variant="default" onClick={props.onBack}>
            {text('security.recoverBack')}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {text('security.recover')}
          </Button>
        </Group>
      </form>
    </DeskScreen>
  )
}
