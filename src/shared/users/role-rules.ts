import { forbiddenPair, mayDo, type Role } from '../permissions.ts'

/** Roles of daily work with people and services: whoever manages users gives them alone. */
const plainRoles: readonly Role[] = ['REG', 'CW', 'CPF', 'DIR']

/** One user of the desk, as the rules see them. */
export interface RoleHolder {
  readonly id: string
  readonly roles: readonly Role[]
  readonly enabled: boolean
}

const managesUsers = (roles: readonly Role[]) => mayDo(roles, 'user.manage')

/** The people who may say yes to weighty roles: the regional coordinator where the desk has one, else whoever else manages users. */
function approvers(all: readonly RoleHolder[], asker: string, subject: string): readonly RoleHolder[] {
  const others = all.filter((u) => u.enabled && u.id !== asker && u.id !== subject && mayDo(u.roles, 'user.approve'))
  const coordinators = others.filter((u) => u.roles.includes('COO'))
  return coordinators.length > 0 ? coordinators : others
}

export type RoleRefusal = 'own-roles' | 'roles-forbidden-pair' | 'last-manager'

/** What asking for new roles does at once, and what waits for a second person. */
export interface RoleChange {
  /** The roles that hold from now on. */
  readonly now: readonly Role[]
  /** The roles that would hold after a second person's yes; undefined when nothing waits. */
  readonly waiting: readonly Role[] | undefined
  /** Weighty roles were given by somebody alone, since nobody else could be asked. */
  readonly alone: boolean
}

/**
 * The rule of the desk (docs/adr/0028-users-of-a-desk.md): nobody changes their own roles; forbidden pairs are refused; taking roles away and
 * the roles of daily work count at once; any other new role waits for a second person, if the desk has one who may say yes.
 */
export function askedRoles(
  all: readonly RoleHolder[],
  asker: string,
  subject: RoleHolder,
  wanted: readonly Role[],
): RoleChange | RoleRefusal {
  if (asker === subject.id) return 'own-roles'
  if (forbiddenPair(wanted)) return 'roles-forbidden-pair'
  const weighty = wanted.filter((r) => !subject.roles.includes(r) && !plainRoles.includes(r))
  const hasApprover = approvers(all, asker, subject.id).length > 0
  const waits = weighty.length > 0 && hasApprover
  const now = waits ? wanted.filter((r) => !weighty.includes(r)) : wanted
  if (leavesNoManager(all, subject, now)) return 'last-manager'
  return { now, waiting: waits ? wanted : undefined, alone: weighty.length > 0 && !hasApprover }
}

/** True if this person may decide on roles that `asker` asked for `subject`. */
export function mayDecide(all: readonly RoleHolder[], decider: string, asker: string, subject: string): boolean {
  return approvers(all, asker, subject).some((u) => u.id === decider)
}

/** True when nobody who manages users would be left if `subject` held these roles, or none at all. */
export function leavesNoManager(all: readonly RoleHolder[], subject: RoleHolder, rolesThen: readonly Role[] = []): boolean {
  if (!managesUsers(subject.roles) || !subject.enabled) return false
  if (managesUsers(rolesThen)) return false
  return !all.some((u) => u.id !== subject.id && u.enabled && managesUsers(u.roles))
}
