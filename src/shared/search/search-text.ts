import { namedSites } from '../security/site.ts'
import { readReferralCode } from '../referrals/referral-code.ts'
import { isCaseNumber } from '../cases/case-number.ts'

/** A longer search is refused, never cut: what was typed stays. */
export const searchCharactersMax = 100

/** What somebody put into a search box. */
export type SearchText =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'too-long' }
  /** A whole case number in its one spelling; `right` when its check digits fit. */
  | { readonly kind: 'case-number'; readonly number: string; readonly right: boolean }
  /**
   * Nine letters and digits, typed or scanned from a slip; `right` when the check character fits. `orWords`: it may as well be a name, a
   * telephone number or the beginning of a case number, of which one in thirty-one fits by chance.
   */
  | { readonly kind: 'referral-code'; readonly code: string; readonly right: boolean; readonly orWords: boolean }
  | { readonly kind: 'words'; readonly text: string }

/** The digits that stand for a site in the check digits: its own, or those of its P-code. */
function numericOf(siteCode: string): string | undefined {
  return namedSites.find((s) => s.code === siteCode)?.numeric ?? (/^\d{9}$/.test(siteCode) ? siteCode : undefined)
}

/** Tells a case number and a referral code from words, whatever their spaces, dashes and capitals (U24). */
export function readSearch(typed: string): SearchText {
  const text = typed.trim()
  if (text === '') return { kind: 'nothing' }
  if ([...text].length > searchCharactersMax) return { kind: 'too-long' }
  const bare = text.toUpperCase().replace(/[\s.\-–—_/]/g, '')
  const parts = /^([A-Z]{3}|\d{9})(\d{2})(\d{6})(\d{2})$/.exec(bare)
  if (parts) {
    const number = parts.slice(1).join('-')
    return { kind: 'case-number', number, right: isCaseNumber(number, numericOf) }
  }
  // letters of a site, then figures only: a number with one figure too many or too few
  if (/^[A-Z]{3}\d{9,14}$/.test(bare)) return { kind: 'case-number', number: bare, right: false }
  if (/^[0-9A-Z]{9}$/.test(bare)) {
    const code = readReferralCode(bare)
    const begun = namedSites.some((s) => bare.startsWith(s.code)) && /^[A-Z]{3}\d+$/.test(bare)
    // figures alone may be a telephone, letters alone a name
    const orWords = begun || !/[A-Z]/.test(bare) || !/\d/.test(bare)
    if (code !== undefined) return { kind: 'referral-code', code, right: true, orWords }
    if (!orWords) return { kind: 'referral-code', code: bare, right: false, orWords }
  }
  return { kind: 'words', text }
}
