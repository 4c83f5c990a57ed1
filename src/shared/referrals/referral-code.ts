const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const charactersRandom = 8

/** Check character: a weighted sum modulo the prime 31, so that every single error and every swap of neighbours shows. */
function checkOf(body: string): string | undefined {
  let sum = 0
  for (let i = 0; i < body.length; i += 1) sum += (i + 2) * alphabet.indexOf(body[i] ?? '')
  return alphabet[sum % 31]
}

/**
 * A referral code: 8 random Crockford base-32 characters and a check character (decision 13).
 *
 * Takes 8 random bytes. Says nothing of person, service or centre.
 */
export function referralCode(random: Uint8Array): string {
  // 31 values, not 32: modulo 31, "0" and "Z" would weigh the same
  const body = Array.from(random.subarray(0, charactersRandom), (b) => alphabet[b % 31]).join('')
  return `${body}${checkOf(body) ?? ''}`
}

/** A typed or scanned code in its one spelling (any case, dashes or spaces, O→0, I and L→1); undefined if the check fails. */
export function readReferralCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  const body = code.slice(0, charactersRandom)
  if (code.length !== charactersRandom + 1 || ![...body].every((c) => alphabet.indexOf(c) >= 0 && alphabet.indexOf(c) < 31))
    return undefined
  return checkOf(body) === code[charactersRandom] ? code : undefined
}

/** The code as it is printed: XXXX-XXXX-X. */
export function shownReferralCode(code: string): string {
  return code === '' ? '' : `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
}
