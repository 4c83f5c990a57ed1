import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { Role } from '#shared/permissions.ts'
import { Login } from '#shared/security/contract.ts'
import { OwnPassword } from './own-password.tsx'
import { RoleBoxes } from './role-boxes.tsx'
import type { GivenCode } from './start-code.tsx'
import { UserDialog } from './user-dialog.tsx'

/** A new person: name, login, roles; the answer is a code to hand over. */
export function CreateUser(props: { readonly onDone: (code: GivenCode) => void; readonly onClose: () => void }) {
  const text = useText()
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [roles, setRoles] = useState<readonly Role[]>(['CW'])
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const create = useCallMutation('users.create', (made) => props.onDone({ ...made, name, login: login.trim().toLowerCase() }))
  const loginIsRight = Login.safeParse(login).success
  return (
    <UserDialog
      title={text('users.add')}
      explanation={text('users.explanation')}
      send={text('users.create')}
      busy={create.isPending}
      error={create.error}
      onClose={props.onClose}
      onSend={() => {
        setTried(true)
        if (name.trim() !== '' && loginIsRight && roles.length > 0 && password !== '')
          create.mutate({ name, login, roles: [...roles], password })
      }}
    >
      <TextInput
        label={text('users.name')}
        value={name}
        maxLength={80}
        error={tried && name.trim() === '' ? text('users.nameMissing') : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        mb="sm"
      />
      <TextInput
        label={text('users.login')}
        description={text('security.loginHint')}
        value={login}
        maxLength={40}
        error={tried && !loginIsRight ? text('security.loginInvalid') : undefined}
        onChange={(event) => setLogin(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        mb="sm"
      />
      <RoleBoxes value={roles} onChange={setRoles} error={tried && roles.length === 0 ? text('users.rolesMissing') : undefined} />
      <OwnPassword value={password} onChange={setPassword} tried={tried} />
    </UserDialog>
  )
}
