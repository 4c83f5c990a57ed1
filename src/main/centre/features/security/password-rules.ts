import { foldName } from '#shared/cases/fold-name.ts'
import { Refusal } from '#shared/result.ts'

export const passwordCharactersMin = 10
/** Of so many words of the list, and short ones between them, somebody else makes the same password. */
const commonWordsMax = 3
const shortWord = 3

/** Signs that stand for letters inside a word. */
const standIns: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' }

const lettersOf = (text: string): string => foldName(text).replace(/[^\p{L}]/gu, '')

/** True if the letters are a few words of the list, one after the other; longer words count, the short ones between them do not. */
function isMadeOf(common: ReadonlySet<string>, letters: string): boolean {
  const longest = 24
  const fewest: number[] = [0]
  for (let end = 1; end <= letters.length; end += 1) {
    let best = Number.POSITIVE_INFINITY
    for (let start = Math.max(0, end - longest); start < end; start += 1) {
      if (common.has(letters.slice(start, end))) best = Math.min(best, fewest[start]! + (end - start > shortWord ? 1 : 0))
    }
    fewest.push(best)
  }
  return fewest[letters.length]! <= commonWordsMax
}

/**
 * Refuses passwords that the desk's neighbours would try first; `common`: resources/reference/common-passwords.csv.
 *
 * The check throws Refusal weak-password {why: short | common | login | repeated}.
 */
export function passwordRules(common: ReadonlySet<string>): (password: string, login: string, siteName: string) => void {
  return (password, login, siteName) => {
    if ([...password.normalize('NFKC')].length < passwordCharactersMin)
      throw new Refusal('weak-password', { why: 'short', characters: passwordCharactersMin })
    const folded = foldName(password).replaceAll(' ', '')
    if (new Set(folded).size < 4 && new Set(password).size < 4) throw new Refusal('weak-password', { why: 'repeated' })
    // years and signs around a word make it no better, nor signs that stand for its letters
    const inner = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
    const spelled = [...inner].map((c) => standIns[c] ?? c).join('')
    if ([lettersOf(password), lettersOf(spelled)].some((letters) => isMadeOf(common, letters)))
      throw new Refusal('weak-password', { why: 'common' })
    const bare = folded.replace(/\d+$/, '')
    const own = [foldName(login).replaceAll(' ', ''), foldName(siteName).replaceAll(' ', '')].filter((w) => w.length >= 3)
    if (own.includes(bare) || own.includes(folded)) throw new Refusal('weak-password', { why: 'login' })
  }
}
export type PasswordRules = ReturnType<typeof passwordRules>
