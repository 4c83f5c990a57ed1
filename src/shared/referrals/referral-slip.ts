import { z } from 'zod'

/** One printed line: label in the languages of the slip and the value. */
const Line = z.strictObject({ label: z.strictObject({ fr: z.string(), en: z.string() }), value: z.string() })

/**
 * All that a slip may hold (referrals.md D.3, variant `neutral`); nothing else reaches the print window.
 *
 * Personal lines are present only if the item was ticked in this referral's consent (H3).
 */
export const SlipContent = z.strictObject({
  variant: z.literal('neutral'),
  language: z.enum(['fr', 'en', 'bi']),
  /** XXXX-XXXX-X; also what the QR holds, and only that. */
  code: z.string(),
  issuer: z.strictObject({ fr: z.string(), en: z.string() }),
  deskPhone: z.string(),
  date: z.string(),
  validUntil: z.string(),
  provider: z.strictObject({
    name: z.strictObject({ fr: z.string(), en: z.string() }),
    place: z.string(),
    hours: z.string(),
    phone: z.string(),
    appointment: z.string(),
  }),
  person: z.array(Line),
  toBring: z.array(Line),
  duplicate: z.boolean(),
  /** Training mode: "EXERCICE" across the page. */
  exercise: z.boolean(),
})
export type SlipContent = z.infer<typeof SlipContent>
