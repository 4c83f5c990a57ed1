import { z } from 'zod'
import { roles } from '../permissions.ts'
import { Id, Instant, Nothing, procedure, shortText } from '../procedure.ts'
import { Login, Password } from '../security/contract.ts'

const Roles = z.array(z.enum(roles)).max(roles.length)

export const UserRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  login: z.string(),
  roles: Roles,
  /** Roles that would hold after a second person's yes; null when nothing waits. */
  askedRoles: Roles.nullable(),
  /** Who asked, by name; '' when nothing waits. */
  askedBy: z.string(),
  /** The signed-in user may say yes or no to the roles that wait. */
  mayDecide: z.boolean(),
  enabled: z.boolean(),
  createdAt: Instant,
  /** A starting code waits to be used, until then; null for none. */
  startCodeUntil: Instant.nullable(),
  /** Has a password of their own. */
  hasPassword: z.boolean(),
  undertakingAt: Instant.nullable(),
})
export type UserRow = z.infer<typeof UserRow>

/** A code to be told on paper or screen, in groups of four, and until when it opens. */
const StartCode = z.strictObject({ id: Id, code: z.string(), until: Instant })

/** `password` is the signed-in user's own, asked again: what needs the database key is done by a person, not by a desk left open. */
export const usersContract = {
  'users.list': procedure({
    input: Nothing,
    output: z.strictObject({ rows: z.array(UserRow) }),
    permission: 'user.read',
    audited: 'read',
  }),
  /** A new person with a starting code. Throws login-taken, roles-forbidden-pair, bad-input {field}, wrong-password. */
  'users.create': procedure({
    input: z.strictObject({ name: shortText(80), login: Login, roles: Roles.min(1), password: Password }),
    output: StartCode.extend({ waiting: z.boolean() }),
    permission: 'user.manage',
    audited: 'write',
  }),
  /** A starting code in place of a forgotten password, or for somebody who comes back; what they did is still there. */
  'users.giveCode': procedure({
    input: z.strictObject({ userId: Id, password: Password }),
    output: StartCode,
    permission: 'user.manage',
    audited: 'write',
  }),
  /** Takes away the person's ways to open the database. Throws own-account, last-manager, wrong-password. */
  'users.disable': procedure({
    input: z.strictObject({ userId: Id, password: Password }),
    output: z.strictObject({}),
    permission: 'user.manage',
    audited: 'write',
  }),
  /** `waiting`: some of the roles wait for a second person. Throws own-roles, roles-forbidden-pair, last-manager. */
  'users.setRoles': procedure({
    input: z.strictObject({ userId: Id, roles: Roles }),
    output: z.strictObject({ waiting: z.boolean() }),
    permission: 'user.manage',
    audited: 'write',
  }),
  /** The second person's word on roles that wait. Throws not-found, second-person-needed, roles-forbidden-pair. */
  'users.decideRoles': procedure({
    input: z.strictObject({ userId: Id, approve: z.boolean() }),
    output: z.strictObject({}),
    permission: 'user.approve',
    audited: 'write',
  }),
} as const
