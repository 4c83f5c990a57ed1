import type { Role } from '#shared/permissions.ts'
import { addCase, openTestCentre, type TestCentre } from './open-test-centre.ts'
import { addUser, signInAs } from './test-users.ts'

/** A child of eleven, with whom a parent came. */
export const aChild = {
  consent: { consent_status: 'guardian', consent_giver: 'parent', child_assent: 'yes', guardian_consent_name: 'Parent' },
  identity: { birth_date: '2015', family_name: 'Petite' },
}

/** A desk with a supervisor who made an adult's and a child's case, and one user for each role, begun and signed; their logins are the roles in small letters. */
export async function deskOfTen(): Promise<{ desk: TestCentre; adult: string; child: string; made: Record<Role, string> }> {
  const desk = await openTestCentre({ roles: ['SUP', 'CW', 'DIR'] })
  const adult = await addCase(desk)
  const child = await addCase(desk, aChild)
  const made = {} as Record<Role, string>
  // the administrator comes last of those whom the supervisor gives roles alone, and then decides on the two that wait
  for (const role of ['REG', 'CW', 'GBV', 'CPF', 'DIR', 'NAT', 'DPO', 'ADM', 'SUP', 'COO'] as const)
    made[role] = await addUser(desk, role.toLowerCase(), [role])
  await signInAs(desk, 'adm')
  for (const role of ['SUP', 'COO'] as const) await desk.get('users.decideRoles', { userId: made[role], approve: true })
  return { desk, adult, child, made }
}
