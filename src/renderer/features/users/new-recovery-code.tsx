import { Button, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { call, useCallMutation } from '#renderer/api/call.ts'
import { CodeBackStep, CodeStep } from '#renderer/features/security/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { OwnPassword } from './own-password.tsx'

/** A new paper code: shown, written down, typed back; only then the old one is void. */
export function NewRecoveryCode() {
  const text = useText()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [code, setCode] = useState('')
  const [step, setStep] = useState<'ask' | 'code' | 'back' | 'done'>('ask')
  const begin = useCallMutation('security.beginRecoveryCode', ({ recoveryCode }) => {
    setCode(recoveryCode)
    setStep('code')
  })
  return (
    <section className="page-card" aria-labelledby="recovery-code">
      <Title order={2} size="h4" mb="sm" id="recovery-code">
        {text('users.recoveryTitle')}
      </Title>
      {step === 'ask' && (
        <form
          className="narrow-form"
          onSubmit={(event) => {
            event.preventDefault()
            setTried(true)
            if (password !== '' && !begin.isPending) begin.mutate({ password })
          }}
        >
          <Text mb="sm">{text('users.recoveryText')}</Text>
          <OwnPassword value={password} onChange={setPassword} tried={tried} />
          <FailureNotice error={begin.error} />
          <Button type="submit" loading={begin.isPending}>
            {text('users.recoveryBegin')}
          </Button>
        </form>
      )}
      {(step === 'code' || step === 'back') && <Text mb="sm">{text('users.recoveryOldCounts')}</Text>}
      {step === 'code' && <CodeStep code={code} onDone={() => setStep('back')} />}
      {step === 'back' && (
        <CodeBackStep
          code={code}
          confirm={(typed) => call('security.replaceRecoveryCode', { code: typed, password })}
          onBack={() => setStep('code')}
          onDone={() => {
            setCode('')
            setPassword('')
            setStep('done')
          }}
        />
      )}
      {step === 'done' && <Text role="status">{text('users.recoveryDone')}</Text>}
    </section>
  )
}
