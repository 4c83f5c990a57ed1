/** ISO 7064 MOD 97-10 remainder of a string of digits. */
function remainder97(digits: string): number {
  let r = 0
  for (const d of digits) r = (r * 10 + Number(d)) % 97
  return r
}

/**
 * A case number `SITE-YY-NNNNNN-CC` (decision 13): letters only as site prefix, check digits over the site's digits, year and sequence.
 *
 * Takes the site, the registration year and a sequence from 1 to 999999. Says nothing of the person. Throws RangeError outside.
 */
export function caseNumber(site: { readonly code: string; readonly numeric: string }, year: number, sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > 999_999) throw new RangeError('case sequence')
  const yy = String(year % 100).padStart(2, '0')
  const nnnnnn = String(sequence).padStart(6, '0')
  const check = 98 - remainder97(`${site.numeric}${yy}${nnnnnn}00`)
  return `${site.code}-${yy}-${nnnnnn}-${String(check).padStart(2, '0')}`
}

/** True if the check digits fit; `numericOf` gives the digits of a site code, undefined for an unknown one. */
export function isCaseNumber(text: string, numericOf: (siteCode: string) => string | undefined): boolean {
  const m = /^([A-Z]{3}|\d{9})-(\d{2})-(\d{6})-(\d{2})$/.exec(text)
  const numeric = m?.[1] === undefined ? undefined : numericOf(m[1])
  return m !== null && numeric !== undefined && remainder97(`${numeric}${m[2]}${m[3]}${m[4]}`) === 1
}
