import { addDays } from '../forms/partial-date.ts'

/** Why a closed case is kept beyond its day (do-no-harm 43; IOM principle 9: no longer than a purpose needs). The reason stands in the case and in the audit. */
export const keepReasons = ['asked', 'request', 'procedure', 'family', 'other'] as const
export type KeepReason = (typeof keepReasons)[number]

/** Characters of what is written beside the reason; in the audit of this desk alone. */
export const keepNoteCharactersMax = 60

/** Two years: then somebody decides again. */
const keepLongerDaysMax = 731

/** The last day to which a case may be prolonged at once. Days are YYYY-MM-DD. */
export function keepLongerMax(keepUntil: string, today: string): string {
  return addDays(keepUntil > today ? keepUntil : today, keepLongerDaysMax)
}
