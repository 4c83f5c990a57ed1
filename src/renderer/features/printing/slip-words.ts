import { en } from '#renderer/i18n/en/index.ts'
import { fr } from '#renderer/i18n/fr/index.ts'
import type { SlipContent } from '#shared/referrals/referral-slip.ts'

type SlipLanguage = SlipContent['language']
type PlainKey = { [K in keyof typeof fr.printing]: (typeof fr.printing)[K] extends string ? K : never }[keyof typeof fr.printing]

/** The words of the slip in its own language, which is the person's choice, not the interface's (H51). */
export function slipWords(language: SlipLanguage) {
  const both = (french: string, english: string) =>
    language === 'fr' ? french : language === 'en' ? english : french === english ? french : `${french} / ${english}`
  return {
    both,
    word: (key: PlainKey) => both(fr.printing[key], en.printing[key]),
    reason: (key: keyof typeof fr.printing.reasons) => both(fr.printing.reasons[key], en.printing.reasons[key]),
    /** French left, English right; one column for a single language. */
    columns: (key: PlainKey): readonly string[] =>
      language === 'bi' ? [fr.printing[key], en.printing[key]] : [language === 'fr' ? fr.printing[key] : en.printing[key]],
  }
}
