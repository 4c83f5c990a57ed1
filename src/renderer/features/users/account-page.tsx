import { Button, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { useDesk, useMay } from '#renderer/api/desk.ts'
import { PasswordPair, usePairCorrections, type TypedPair } from '#renderer/features/security/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { NationalRecovery } from './national-recovery.tsx'
import { NewRecoveryCode } from './new-recovery-code.tsx'
import { OwnPassword } from './own-password.tsx'

/** What one may change of one's own entry, and the paper code for whoever answers for the desk. */
export function AccountPage() {
  const text = useText()
  const may = useMay()
  const { status } = useDesk()
  const isReal = status.mode === 'real'
  return (
    <>
      <PageHeading title={text('users.accountTitle')} {...(status.user ? { explanation: status.user.name } : {})} />
      {isReal && <ChangePassword />}
      {isReal && may('recovery.manage') && <NewRecoveryCode />}
      {isReal && may('recovery.manage') && <NationalRecovery />}
    </>
  )
}

function ChangePassword() {
  const text = useText()
  const [old, setOld] = useState('')
  const [pair, setPair] = useState<TypedPair>({ first: '', again: '' })
  const [tried, setTried] = useState(false)
  const corrections = usePairCorrections(text('security.passwordNew'), pair)
  const change = useCallMutation('security.changePassword', () => {
    setOld('')
    setPair({ first: '', again: '' })
    setTried(false)
  })
  return (
    <section className="page-card" aria-labelledby="own-password">
      <Title order={2} size="h4" mb="sm" id="own-password">
        {text('users.passwordTitle')}
      </Title>
      <form
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (old !== '' && corrections.length === 0 && !change.isPending)
            change.mutate({ oldPassword: old, newPassword: pair.first })
        }}
      >
        <OwnPassword label={text('users.oldPassword')} value={old} onChange={setOld} tried={tried} />
        <PasswordPair label={text('security.passwordNew')} value={pair} onChange={setPair} tried={tried} />
        <FailureNotice error={change.error} />
        <Text role="status">{change.isSuccess && old === '' ? text('users.passwordChanged') : ''}</Text>
        <Button type="submit" loading={change.isPending} mt="sm">
          {text('users.changePassword')}
        </Button>
      </form>
    </section>
  )
}
