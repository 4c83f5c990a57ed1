import { roles, type Role } from '#shared/permissions.ts'
import type { RoleHolder } from '#shared/users/role-rules.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'

export interface UserRecord extends RoleHolder {
  readonly login: string
  readonly name: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly undertakingAt: number | null
  readonly askedRoles: readonly Role[] | null
  readonly askedBy: string | null
}

interface UserRaw {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly roles: string
  readonly created_at: number
  readonly disabled_at: number | null
  readonly undertaking_at: number | null
  readonly asked_roles: string | null
  readonly asked_by: string | null
}

const rolesIn = (text: string): readonly Role[] => {
  const held = storedJson<readonly string[]>(text)
  return roles.filter((r) => held.includes(r))
}

/** Every user of this desk, by name. */
export function allUsers(db: ReadableDb): readonly UserRecord[] {
  return db
    .read<UserRaw>('SELECT * FROM app_user ORDER BY name COLLATE NOCASE, id')
    .all()
    .map((u) => ({
      id: u.id,
      login: u.login,
      name: u.name,
      roles: rolesIn(u.roles),
      enabled: u.disabled_at === null,
      createdAt: u.created_at,
      undertakingAt: u.undertaking_at,
      askedRoles: u.asked_roles === null ? null : rolesIn(u.asked_roles),
      askedBy: u.asked_by,
    }))
}
