import { foldName } from '#shared/cases/fold-name.ts'
import { Refusal } from '#shared/result.ts'

export const passwordCharactersMin = 10

const tooCommon = new Set([
  'motdepasse',
  'password',
  'azertyuiop',
  'qwertyuiop',
  '1234567890',
  '0123456789',
  'cameroun',
  'cameroon',
  'passerelle',
])

/**
 * Refuses a password that the desk's neighbours would try first.
 *
 * Throws Refusal weak-password {why: short | common | login | repeated}.
 */
export function checkPassword(password: string, login: string, siteName: string): void {
  const folded = foldName(password).replaceAll(' ', '')
  if ([...password.normalize('NFKC')].length < passwordCharactersMin)
    throw new Refusal('weak-password', { why: 'short', characters: passwordCharactersMin })
  if (new Set(folded).size < 4 && new Set(password).size < 4) throw new Refusal('weak-password', { why: 'repeated' })
  const bare = folded.replace(/\d+$/, '')
  if (tooCommon.has(folded) || tooCommon.has(bare)) throw new Refusal('weak-password', { why: 'common' })
  const own = [foldName(login).replaceAll(' ', ''), foldName(siteName).replaceAll(' ', '')].filter((w) => w.length >= 3)
  if (own.includes(bare) || own.includes(folded)) throw new Refusal('weak-password', { why: 'login' })
}
