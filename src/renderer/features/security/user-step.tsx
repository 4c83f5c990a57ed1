import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { Corrections, type Correction } from '#renderer/ui/corrections.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { readPhone } from '#shared/forms/phone.ts'
import { focusField } from './focus-field.ts'
import { PasswordPair, usePairCorrections } from './password-pair.tsx'
import type { TypedPair } from './password-pair.tsx'

const offeredRoles = ['SUP', 'CW', 'DIR', 'COO', 'NAT'] as const
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
  const [refusals, setRefusals] = useState(0)
  const tried = refusals > 0
  const [loginLeft, setLoginLeft] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { user } = props
  const change = (part: Partial<NewUser>) => props.onChange({ ...user, ...part })

  const pairCorrections = usePairCorrections(text('security.password'), user.pair)
  const corrections: readonly Correction[] = [
    ...(user.name.trim() === ''
      ? [{ field: 'user-name', label: text('security.name'), message: text('security.nameMissing') }]
      : []),
    ...(loginIsUsable(user.login)
      ? []
      : [{ field: 'user-login', label: text('security.login'), message: text('security.loginInvalid') }]),
    ...(phoneIsUsable(user.deskPhone)
      ? []
      : [{ field: 'user-phone', label: text('security.deskPhone'), message: text('forms.problems.phone') }]),
    ...pairCorrections,
  ]
  const faultOf = (field: string, shown = tried) => (shown ? corrections.find((c) => c.field === field)?.message : undefined)

  const prepare = async () => {
    setError(null)
    if (corrections.length > 0) {
      setRefusals(refusals + 1)
      return
    }
    setBusy(true)
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
      {tried && (
        <Corrections
          title={text('forms.toCorrect', { count: corrections.length })}
          corrections={corrections}
          onGo={focusField}
          takeFocus={refusals}
        />
      )}
      <TextInput
        id="user-name"
        label={text('security.name')}
        value={user.name}
        maxLength={80}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={faultOf('user-name')}
        autoComplete="off"
        spellCheck={false}
        mb="sm"
      />
      <TextInput
        id="user-login"
        label={text('security.login')}
        description={text('security.loginHint')}
        value={user.login}
        maxLength={40}
        onChange={(event) => change({ login: event.currentTarget.value })}
        onBlur={() => setLoginLeft(true)}
        error={faultOf('user-login', tried || (loginLeft && user.login !== ''))}
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
        id="user-phone"
        label={text('security.deskPhone')}
        description={text('security.deskPhoneHint')}
        value={user.deskPhone}
        maxLength={30}
        onChange={(event) => change({ deskPhone: event.currentTarget.value })}
        error={faultOf('user-phone')}
        inputMode="tel"
        autoComplete="off"
        mb="sm"
      />
      <PasswordPair label={text('security.password')} value={user.pair} onChange={(pair) => change({ pair })} tried={tried} />
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
