import type { Role } from '#shared/permissions.ts'
import { testLogin, testPassword, type TestCentre } from './open-test-centre.ts'

/** The password of every user but the first. */
export const userPassword = 'le-baobab-est-vieux'

/** The name under which `addUser` makes a login's user. */
export const nameOf = (login: string): string => `Personne ${login}`

/**
 * Adds a user as the signed-in one, lets them begin with their code and accept the undertaking, and signs the first one in again.
 *
 * Returns the user's id. `password` is the signed-in user's.
 */
export async function addUser(
  desk: TestCentre,
  login: string,
  roles: readonly Role[],
  password: string = testPassword,
): Promise<string> {
  const before = await desk.get('security.status', {})
  const { id, code } = await desk.get('users.create', { name: nameOf(login), login, roles: [...roles], password })
  await desk.get('security.start', { login, code, newPassword: userPassword })
  await desk.get('security.acceptUndertaking', { name: nameOf(login) })
  const first = before.user?.name === 'Aminatou B.'
  const back = first ? testLogin : (before.user?.name ?? '').replace('Personne ', '')
  await desk.get('security.unlock', { login: back, password })
  return id
}

/** Gives a reason for every person of the desk: a supervisor or coordinator then sees who they are. */
export async function revealAll(desk: TestCentre): Promise<void> {
  const { rows } = await desk.get('cases.list', { text: '', after: null, limit: 100 })
  for (const { id } of rows) await desk.get('screen.reveal', { caseId: id, reason: 'supervision', note: '' })
}

/** Signs a user of `addUser` in. */
export async function signInAs(desk: TestCentre, login: string): Promise<void> {
  await desk.get('security.unlock', { login, password: userPassword })
}
