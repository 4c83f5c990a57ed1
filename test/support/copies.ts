import path from 'node:path'
import { expect } from 'vitest'
import type { CallInput, CallOutput } from '#shared/contract.ts'
import { acceptUndertaking, openTestCentre, testLogin, testPassword, type TestCentre } from './open-test-centre.ts'
import { tempFolder } from './temp-folder.ts'

export type Source = CallInput<'backups.prepareRestore'>['source']
export type Key = CallInput<'backups.prepareRestore'>['key']

/** What opens a copy of a test's desk. */
export const supervisor = { kind: 'password', login: testLogin, password: testPassword } as const satisfies Key
/** Answers that give a person this family name. */
export const named = (name: string) => ({ identity: { family_name: name, given_names: 'A' } })
/** Names of all persons of a desk. */
export const namesAt = async (desk: TestCentre) =>
  (await desk.get('cases.list', { text: '', after: null, limit: 50 })).rows.map((r) => r.name).toSorted()
/** Signs the first user in. */
export const signIn = (desk: TestCentre) => desk.get('security.unlock', { login: testLogin, password: testPassword })
/** A file of a desk's data folder. */
export const dataOf = (desk: Pick<TestCentre, 'folder'>, name: string) => path.join(desk.folder, 'data', name)

/** A desk of Mora that is signed in, and its paper code. */
export async function deskWithCode(): Promise<{ desk: TestCentre; code: string }> {
  const desk = await openTestCentre({ setup: 'none' })
  const { recoveryCode } = await desk.get('security.beginSetup', {
    language: 'fr',
    siteCode: 'MOR',
    userName: 'Aminatou B.',
    login: testLogin,
    password: testPassword,
    roles: ['SUP', 'CW', 'DIR'],
    deskPhone: '',
  })
  await desk.get('security.confirmRecoveryCode', { code: recoveryCode })
  await acceptUndertaking(desk)
  return { desk, code: recoveryCode }
}

/** A copy of the desk on a stick; returns its path. */
export async function copyOut(desk: TestCentre): Promise<string> {
  const file = path.join(tempFolder(), 'PSRL-aaaaaaaa.psrlcopy')
  await desk.get('backups.copyOut', { file: desk.token(file), job: 'j' })
  return file
}
/** A copy in a file, as a page names it. */
export const asFile = (desk: TestCentre, file: string): Source => ({ kind: 'file', file: desk.token(file) })

/** Locks the desk and puts a copy back; returns what was told of it before. */
export async function restore(
  desk: TestCentre,
  source: Source,
  key: Key = supervisor,
  site = 'Mora',
): Promise<CallOutput<'backups.prepareRestore'>> {
  await desk.get('security.lock', {})
  const told = await desk.get('backups.prepareRestore', { source, key, job: 'j' })
  const status = await desk.get('backups.restore', { siteName: site })
  expect(status.phase).toBe('locked')
  return told
}
