import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { UserRow } from '#shared/users/contract.ts'
import { OwnPassword } from './own-password.tsx'
import { RoleBoxes } from './role-boxes.tsx'
import type { GivenCode } from './start-code.tsx'
import { UserDialog } from './user-dialog.tsx'

interface Props {
  readonly user: UserRow
  readonly onClose: () => void
}

/** A one-time code for somebody who forgot the password, or comes back. */
export function GiveCode({ user, onDone, onClose }: Props & { readonly onDone: (code: GivenCode) => void }) {
  const text = useText()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const give = useCallMutation('users.giveCode', (made) => onDone({ ...made, name: user.name, login: user.login }))
  return (
    <UserDialog
      title={text('users.giveCodeFor', { name: user.name })}
      explanation={text(user.enabled ? 'users.giveCodeText' : 'users.enableText')}
      send={text('users.giveCode')}
      busy={give.isPending}
      error={give.error}
      onClose={onClose}
      onSend={() => {
        setTried(true)
        if (password !== '') give.mutate({ userId: user.id, password })
      }}
    >
      <OwnPassword value={password} onChange={setPassword} tried={tried} />
    </UserDialog>
  )
}

/** Keeps somebody out from now on. */
export function DisableUser({ user, onClose }: Props) {
  const text = useText()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const disable = useCallMutation('users.disable', onClose)
  return (
    <UserDialog
      title={text('users.disableFor', { name: user.name })}
      explanation={text('users.disableText')}
      send={text('users.disable')}
      danger
      busy={disable.isPending}
      error={disable.error}
      onClose={onClose}
      onSend={() => {
        setTried(true)
        if (password !== '') disable.mutate({ userId: user.id, password })
      }}
    >
      <OwnPassword value={password} onChange={setPassword} tried={tried} />
    </UserDialog>
  )
}

/** What somebody may do from now on. */
export function ChangeRoles({ user, onClose }: Props) {
  const text = useText()
  const [roles, setRoles] = useState(user.askedRoles ?? user.roles)
  const change = useCallMutation('users.setRoles', onClose)
  return (
    <UserDialog
      title={text('users.changeRolesFor', { name: user.name })}
      explanation={text('users.explanation')}
      send={text('users.saveRoles')}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onSend={() => change.mutate({ userId: user.id, roles: [...roles] })}
    >
      <RoleBoxes value={roles} onChange={(ticked) => setRoles([...ticked])} />
    </UserDialog>
  )
}
