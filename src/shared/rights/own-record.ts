import { z } from 'zod'
import { Day } from '../procedure.ts'
import { InfoLine } from './info-line.ts'

/**
 * What the centre keeps about a person, on paper for that person (do-no-harm 44): every restricted and confidential answer in plain words,
 * but for what would put them in danger on paper (H7, H8), which is read aloud.
 */
export const OwnRecord = z.strictObject({
  language: z.enum(['fr', 'en']),
  on: Day,
  /** Read by everybody who helps. */
  team: z.array(InfoLine),
  /** Read by the person's counsellor, and by the supervisor who says why. */
  counsellor: z.array(InfoLine),
  /** How many answers are not printed. */
  aloud: z.number().int(),
  receivers: z.array(z.strictObject({ name: z.string(), code: z.string(), first: Day })),
  /** For a closed case. */
  keepUntil: Day.nullable(),
  deskPhone: z.string(),
  exercise: z.boolean(),
})
export type OwnRecord = z.infer<typeof OwnRecord>

/**
 * Answers that are read aloud and never printed: where somebody comes from, stays or goes, to whom they belonged, what they told in confidence
 * (H8, referrals.md D.3 "never printed").
 */
export const neverPrinted: readonly string[] = [
  'programme_category',
  'nationality',
  'origin_place',
  'current_place',
  'current_residence_type',
  'return_intention',
  'intake_channel',
  'handover_civil',
  'handover_date',
  'private_talk_requested',
  'immediate_risk',
]
