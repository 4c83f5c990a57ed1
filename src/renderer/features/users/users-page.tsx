import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { useDesk, useMay } from '#renderer/api/desk.ts'
import { formatInstant, formatInstantDay } from '#renderer/i18n/format.ts'
import { useText, type Text } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import type { Role } from '#shared/permissions.ts'
import type { UserRow } from '#shared/users/contract.ts'
import { ChangeRoles, DisableUser, GiveCode } from './change-user.tsx'
import { CreateUser } from './create-user.tsx'
import { StartCode, type GivenCode } from './start-code.tsx'
import '#renderer/ui/list-table.css'

type Act = { readonly kind: 'create' } | { readonly kind: 'code' | 'disable' | 'roles'; readonly user: UserRow }

/** Role names in a row. */
const rolesInWords = (roles: readonly Role[], text: Text): string =>
  roles.length === 0 ? text('users.noRole') : roles.map((r) => text(`users.role.${r}`)).join(', ')

/** The people of this desk: who may sign in and as what. */
export function UsersPage() {
  const text = useText()
  const may = useMay()
  const { status } = useDesk()
  const users = useCall('users.list', {})
  const [act, setAct] = useState<Act | null>(null)
  const [given, setGiven] = useState<GivenCode | null>(null)
  const close = () => setAct(null)
  const showCode = (code: GivenCode) => {
    setAct(null)
    setGiven(code)
  }
  // the exercise has no people of its own
  const manages = may('user.manage') && status.mode === 'real'
  return (
    <>
      <PageHeading
        title={text('users.title')}
        explanation={text('users.explanation')}
        actions={manages && <Button onClick={() => setAct({ kind: 'create' })}>{text('users.add')}</Button>}
      />
      <FailureNotice error={users.error} />
      <table className="list-table">
        <thead>
          <tr>
            <th scope="col">{text('users.name')}</th>
            <th scope="col">{text('users.login')}</th>
            <th scope="col">{text('users.roles')}</th>
            <th scope="col">{text('users.state')}</th>
            {manages && <th scope="col">{text('users.acts')}</th>}
          </tr>
        </thead>
        <tbody>
          {users.data?.rows.map((user) => (
            <tr key={user.id}>
              <td>
                <bdi>{user.name}</bdi>
                {user.id === status.user?.id && <small> ({text('users.you')})</small>}
              </td>
              <td>{user.login}</td>
              <td>
                {rolesInWords(user.roles, text)}
                {user.askedRoles !== null && <WaitingRoles user={user} asked={user.askedRoles} />}
              </td>
              <td>
                <UserState user={user} />
              </td>
              {manages && (
                <td>{user.id !== status.user?.id && <UserActs user={user} onAct={(kind) => setAct({ kind, user })} />}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {act?.kind === 'create' && <CreateUser onDone={showCode} onClose={close} />}
      {act?.kind === 'code' && <GiveCode user={act.user} onDone={showCode} onClose={close} />}
      {act?.kind === 'disable' && <DisableUser user={act.user} onClose={close} />}
      {act?.kind === 'roles' && <ChangeRoles user={act.user} onClose={close} />}
      {given !== null && <StartCode given={given} onClose={() => setGiven(null)} />}
    </>
  )
}

function UserState({ user }: { readonly user: UserRow }) {
  const text = useText()
  const entry = () => {
    if (!user.enabled) return text('users.disabled')
    if (user.startCodeUntil !== null) return text('users.waitsForCode', { when: formatInstant(user.startCodeUntil) })
    return text(user.hasPassword ? 'users.active' : 'users.noWayIn')
  }
  return (
    <>
      {entry()}
      <br />
      <small>
        {user.undertakingAt === null
          ? text('users.notUndertaken')
          : text('users.undertaken', { day: formatInstantDay(user.undertakingAt) })}
      </small>
    </>
  )
}

function UserActs({ user, onAct }: { readonly user: UserRow; readonly onAct: (kind: 'code' | 'disable' | 'roles') => void }) {
  const text = useText()
  return (
    <Group gap={4}>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={text('users.changeRolesFor', { name: user.name })}
        onClick={() => onAct('roles')}
      >
        {text('users.changeRoles')}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={text('users.giveCodeFor', { name: user.name })}
        onClick={() => onAct('code')}
      >
        {text('users.giveCode')}
      </Button>
      {user.enabled && (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={text('users.disableFor', { name: user.name })}
          onClick={() => onAct('disable')}
        >
          {text('users.disable')}
        </Button>
      )}
    </Group>
  )
}

function WaitingRoles({ user, asked }: { readonly user: UserRow; readonly asked: readonly Role[] }) {
  const text = useText()
  const decide = useCallMutation('users.decideRoles')
  const added = asked.filter((r) => !user.roles.includes(r))
  return (
    <>
      <br />
      <small>{text('users.waiting', { roles: rolesInWords(added, text), by: user.askedBy })}</small>
      {user.mayDecide && (
        <Group gap={4} mt={4}>
          <Button size="compact-sm" onClick={() => decide.mutate({ userId: user.id, approve: true })}>
            {text('users.approve')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => decide.mutate({ userId: user.id, approve: false })}>
            {text('users.refuse')}
          </Button>
        </Group>
      )}
      <FailureNotice error={decide.error} />
    </>
  )
}
