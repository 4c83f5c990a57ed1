import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { readPhone } from '#shared/forms/phone.ts'
import { pairIsUsable, PasswordPair } from './password-pair.tsx'
import type { TypedPair } from './password-pair.tsx'

const offeredRoles = ['SUP', 'CW', 'DIR', 'COO'] as const
type OfferedRole = (typeof offeredRoles)[number]

export interface NewUser {
  readonly name: string
  readonly login: string
  readonly roles: readonly OfferedRole[]
  readonly pair: TypedPair
  readonly deskPhone: string
}
export const emptyUser: NewUser = { name: '', login: '', roles: ['SUP', 'CW'], pair: { first: '', again: '' }, deskPhone: '' }

const loginIsUsable = (login: string) => /^[a-z0-9][a-z0-9._-]{1,39}$/.test(login.trim().toLowerCase())

const phoneIsUsable = (phone: string) => phone.trim() === '' || readPhone(phone) !== undefined

/** Who opens the desk first: a supervisor always, other roles by tick. Then keys and database are prepared aside. */
export function UserStep(props: {
  readonly siteCode: string
  readonly user: NewUser
  readonly onChange: (user: NewUser) => void
  readonly onBack: () => void
  readonly onDone: (recoveryCode: string) => void
}) {
  const text = useText()
  const language = useLanguage()
  const [tried, setTried] = useState(false)
  const [loginLeft, setLoginLeft] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { user } = props
  const change = (part: Partial<NewUser>) => props.onChange({ ...user, ...part })

  const prepare = async () => {
    setTried(true)
    if (user.name.trim() === '' || !loginIsUsable(user.login) || !pairIsUsable(user.pair) || !phoneIsUsable(user.deskPhone))
      return
    setBusy(true)
    setError(null)
    try {
      const { recoveryCode } = await call('security.beginSetup', {
        language,
        siteCode: props.siteCode,
        userName: user.name,
        login: user.login,
        password: user.pair.first,
        roles: [...user.roles],
        deskPhone: user.deskPhone,
      })
      props.onDone(recoveryCode)
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void prepare()
      }}
    >
      <Text c="dimmed" mb="sm">
        {text('security.userHint')}
      </Text>
      <TextInput
        label={text('security.name')}
        value={user.name}
        maxLength={80}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={tried && user.name.trim() === '' ? text('security.nameMissing') : undefined}
        autoComplete="off"
        spellCheck={false}
        mb="sm"
      />
      <TextInput
        label={text('security.login')}
        description={text('security.loginHint')}
        value={user.login}
        maxLength={40}
        onChange={(event) => change({ login: event.currentTarget.value })}
        onBlur={() => setLoginLeft(true)}
        error={
          (tried || (loginLeft && user.login !== '')) && !loginIsUsable(user.login) ? text('security.loginInvalid') : undefined
        }
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        mb="sm"
      />
      <Checkbox.Group
        label={text('security.roles')}
        value={[...user.roles]}
        onChange={(roles) => change({ roles: offeredRoles.filter((role) => role === 'SUP' || roles.includes(role)) })}
        mb="sm"
      >
        <Stack gap="xs" mt="xs">
          {offeredRoles.map((role) => (
            <Checkbox
              key={role}
              value={role}
              label={text(`security.role.${role}`)}
              aria-disabled={role === 'SUP'}
              description={role === 'SUP' ? text('security.supRequired') : undefined}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <TextInput
        label={text('security.deskPhone')}
        description={text('security.deskPhoneHint')}
        value={user.deskPhone}
        maxLength={30}
        onChange={(event) => change({ deskPhone: event.currentTarget.value })}
        error={tried && !phoneIsUsable(user.deskPhone) ? text('forms.problems.phone') : undefined}
        inputMode="tel"
        autoComplete="off"
        mb="sm"
      />
      <PasswordPair label={text('security.password')} value={user.pair} onChange={(pair) => change({ pair })} />
      {tried && !pairIsUsable(user.pair) ? (
        <Text role="alert" c="brick.7" size="sm">
          {user.pair.first === user.pair.again ? text('security.passwordRules') : text('security.passwordDifferent')}
        </Text>
      ) : null}
      <FailureNotice error={error} />
      {busy ? <Text role="status">{text('security.preparing')}</Text> : null}
      <Group justify="space-between" mt="md">
        <Button variant="default" onClick={props.onBack} disabled={busy}>
          {text('common.back')}
        </Button>
        <Button type="submit" loading={busy}>
          {text('security.prepare')}
        </Button>
      </Group>
    </form>
  )
}
