import { readFileSync } from 'node:fs'
import path from 'node:path'
import { keyringIn, openKeyring } from '#main/centre/crypto/keyring.ts'
import { cheapSecrets } from './fake-ports.ts'
import { testLogin, testPassword, type TestCentre } from './open-test-centre.ts'
import { userPassword } from './test-users.ts'

/** The own value in the slot of a user's password. */
export async function ownValueOf(
  desk: TestCentre,
  login: string,
  password = login === testLogin ? testPassword : userPassword,
): Promise<Uint8Array> {
  const ring = keyringIn(readFileSync(path.join(desk.folder, 'data/keyring.json'), 'utf8'))
  const opened = ring && (await openKeyring(cheapSecrets, ring, { kind: 'user', login, password }))
  if (!opened?.ok) throw new Error('keyring')
  return opened.own
}
