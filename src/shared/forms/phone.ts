/**
 * A phone number in its stored spelling, or undefined.
 *
 * Cameroon: nine digits beginning with 6 or 2, stored as +237…; another country: `+` and 7 to 15 digits.
 */
export function readPhone(typed: string): string | undefined {
  const bare = typed.replace(/[\s().-]/g, '').replace(/^00/, '+')
  const local = /^(?:\+237)?([62]\d{8})$/.exec(bare)
  if (local) return `+237${local[1]}`
  return /^\+[1-9]\d{6,14}$/.test(bare) && !bare.startsWith('+237') ? bare : undefined
}

/** A stored number as people here read and dial it: 6 XX XX XX XX by twos, no-break spaces; anything else as it is. */
export function shownPhone(stored: string): string {
  const local = /^\+237(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(readPhone(stored) ?? '')
  return local ? local.slice(1).join('\u00a0') : stored.trim()
}
