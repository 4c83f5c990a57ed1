import type { Role } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import type { usersContract } from '#shared/users/contract.ts'
import { askedRoles, leavesNoManager, mayDecide, type RoleChange, type RoleHolder } from '#shared/users/role-rules.ts'
import { groupedCode, newStartCode } from '../../crypto/recovery-code.ts'
import { whoOf, withoutSlots, withSlot, type SecretSlot } from '../../crypto/keyring.ts'
import { dayMilliseconds, instantAt } from '../../desk-day.ts'
import type { CallContext, CentreCalls, Handlers } from '../../feature.ts'
import type { WriteUnit } from '../../storage/store.ts'
import { userIdOf, type Desk } from '../security/index.ts'
import { allUsers, type UserRecord } from './users-repository.ts'

function found(all: readonly UserRecord[], id: string): UserRecord {
  const user = all.find((u) => u.id === id)
  if (!user) throw new Refusal('not-found')
  return user
}

function changeOf(all: readonly RoleHolder[], asker: string, subject: RoleHolder, wanted: readonly Role[]): RoleChange {
  const change = askedRoles(all, asker, subject, wanted)
  if (typeof change === 'string') throw new Refusal(change)
  return change
}

const rolesText = (roles: readonly Role[]) => roles.join(' ')

function keepAsked(unit: WriteUnit, id: string, waiting: readonly Role[] | undefined, asker: string): void {
  unit.local(
    'UPDATE app_user SET asked_roles = ?, asked_by = ? WHERE id = ?',
    waiting ? JSON.stringify(waiting) : null,
    waiting ? asker : null,
    id,
  )
}

/** The people of this desk: who may sign in, as what, and by which code they begin. */
export const usersHandlers = ({ credentials, keys }: Desk): Handlers<CentreCalls<typeof usersContract>> => {
  /** A starting code for a login, written into the keyring after `write` has recorded why. */
  async function giveCode(
    login: string,
    password: string,
    { ports }: CallContext,
    write: () => void,
  ): Promise<{ code: string; until: string }> {
    return credentials.withOwnPassword(password, async (opened) => {
      const code = newStartCode(ports.random)
      const until = ports.clock.now() + dayMilliseconds
      const slot = await keys.slotFor(opened, { kind: 'once', login, code }, { until })
      write()
      keys.write(withSlot(opened.ring, slot, opened.key))
      return { code: groupedCode(code), until: instantAt(until) }
    })
  }

  return {
    'users.list'(_nothing, { store, session, ports }) {
      const all = allUsers(store)
      const ring = keys.current()
      const slotOf = (kind: 'user' | 'once', login: string): SecretSlot | undefined => {
        const who = whoOf(ring.db, { kind, login })
        return ring.slots.find((s): s is SecretSlot => s.kind === kind && s.who === who)
      }
      const rows = all.map((u) => {
        const until = slotOf('once', u.login)?.until
        return {
          id: u.id,
          name: u.name,
          login: u.login,
          roles: [...u.roles],
          askedRoles: u.askedRoles && [...u.askedRoles],
          askedBy: all.find((a) => a.id === u.askedBy)?.name ?? '',
          mayDecide: u.askedBy !== null && mayDecide(all, session.userId, u.askedBy, u.id),
          enabled: u.enabled,
          createdAt: instantAt(u.createdAt),
          startCodeUntil: until === undefined || until <= ports.clock.now() ? null : instantAt(until),
          hasPassword: slotOf('user', u.login) !== undefined,
          undertakingAt: u.undertakingAt === null ? null : instantAt(u.undertakingAt),
        }
      })
      return { rows }
    },
    async 'users.create'({ name, login, roles, password }, context) {
      const { store, session } = context
      if (name === '') throw new Refusal('bad-input', { field: 'name' })
      const all = allUsers(store)
      if (all.some((u) => u.login === login)) throw new Refusal('login-taken')
      const id = userIdOf(session.site.code, login)
      const change = changeOf(all, session.userId, { id, roles: [], enabled: true }, roles)
      const { code, until } = await giveCode(login, password, context, () =>
        store.write((unit) => {
          unit.local(
            'INSERT INTO app_user (id, login, name, roles, created_at) VALUES (?, ?, ?, ?, ?)',
            id,
            login,
            name,
            JSON.stringify(change.now),
            unit.now,
          )
          keepAsked(unit, id, change.waiting, session.userId)
          unit.audit({
            action: 'users.create',
            object: id,
            details: {
              roles: rolesText(change.now),
              waiting: rolesText(change.waiting ?? []),
              alone: change.alone ? 'yes' : 'no',
            },
          })
        }),
      )
      return { id, code, until, waiting: change.waiting !== undefined }
    },
    async 'users.giveCode'({ userId, password }, context) {
      const { store, session } = context
      const user = found(allUsers(store), userId)
      if (user.id === session.userId) throw new Refusal('own-account')
      const given = await giveCode(user.login, password, context, () =>
        store.write((unit) => {
          unit.local('UPDATE app_user SET disabled_at = NULL WHERE id = ?', user.id)
          unit.audit({ action: 'users.giveCode', object: user.id, details: { enabled: user.enabled ? 'already' : 'again' } })
        }),
      )
      return { id: user.id, ...given }
    },
    async 'users.disable'({ userId, password }, { store, session }) {
      const all = allUsers(store)
      const user = found(all, userId)
      if (user.id === session.userId) throw new Refusal('own-account')
      if (leavesNoManager(all, user)) throw new Refusal('last-manager')
      await credentials.withOwnPassword(password, ({ ring, key }) => {
        // the database first: it alone keeps somebody out, and the next sign-in takes away a slot that a pulled plug left
        store.write((unit) => {
          unit.local('UPDATE app_user SET disabled_at = ?, asked_roles = NULL, asked_by = NULL WHERE id = ?', unit.now, user.id)
          unit.audit({ action: 'users.disable', object: user.id })
        })
        const gone = [whoOf(ring.db, { kind: 'user', login: user.login }), whoOf(ring.db, { kind: 'once', login: user.login })]
        keys.write(withoutSlots(ring, (s) => s.kind !== 'national' && gone.includes(s.who), key))
      })
      return {}
    },
    'users.setRoles'({ userId, roles }, { store, session }) {
      const all = allUsers(store)
      const user = found(all, userId)
      const change = changeOf(all, session.userId, user, roles)
      store.write((unit) => {
        unit.local('UPDATE app_user SET roles = ? WHERE id = ?', JSON.stringify(change.now), user.id)
        keepAsked(unit, user.id, change.waiting, session.userId)
        unit.audit({
          action: 'users.setRoles',
          object: user.id,
          details: {
            before: rolesText(user.roles),
            roles: rolesText(change.now),
            waiting: rolesText(change.waiting ?? []),
            alone: change.alone ? 'yes' : 'no',
          },
        })
      })
      return { waiting: change.waiting !== undefined }
    },
    'users.decideRoles'({ userId, approve }, { store, session }) {
      const all = allUsers(store)
      const user = found(all, userId)
      if (user.askedRoles === null || user.askedBy === null) throw new Refusal('not-found')
      if (!mayDecide(all, session.userId, user.askedBy, user.id)) throw new Refusal('second-person-needed')
      const { askedRoles: asked } = user
      store.write((unit) => {
        if (approve) unit.local('UPDATE app_user SET roles = ? WHERE id = ?', JSON.stringify(asked), user.id)
        keepAsked(unit, user.id, undefined, '')
        unit.audit({
          action: 'users.decideRoles',
          object: user.id,
          details: { approve: approve ? 'yes' : 'no', roles: rolesText(asked), before: rolesText(user.roles) },
        })
      })
      return {}
    },
  }
}
