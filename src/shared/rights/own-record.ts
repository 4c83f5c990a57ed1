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
 * Questions that no paper form asks, blank or filled: whoever finds it must not learn that people who belonged somewhere are received here, nor a
 * person write it down by hand (H7, H8). They are asked and kept at the screen.
 */
export const neverOnForm: readonly string[] = [
  'programme_category',
  'group_code',
  'association_mode',
  'association_duration',
  'exit_mode',
  'exit_date',
  'centre_entry_date',
  'centre_exit_date',
  'screening_status',
  'screening_ref',
  'modules_done',
  'nationality',
  'origin_place',
  'intake_channel',
  'handover_civil',
  'handover_date',
  'support_received_programme',
  'current_residence_type',
  'displacement_status',
  'expected_departure',
  'withhold_from',
  'withhold_reason',
  'private_talk_requested',
]

/**
 * Answers that are read aloud and never printed: where somebody comes from, stays or goes, to whom they belonged, what they told in confidence
 * (H8, referrals.md D.3 "never printed").
 */
export const neverPrinted: readonly string[] = [
  ...neverOnForm,
  'current_place',
  'return_intention',
  'immediate_risk',
  // whom to keep it from, papers that tell a country, a journey or an organisation
  'id_number',
  'other_ids_agency',
  'other_ids_number',
  // where somebody was born, goes to or can be found
  'birth_place',
  'current_place_directions',
  'return_place',
  'return_obstacles',
  'return_safe_assessed',
  'where_activity',
  // health, danger, and what was told of either
  'health_conditions',
  'treatment_interrupted',
  'pregnant_lactating',
  'who5_1',
  'who5_2',
  'who5_3',
  'who5_4',
  'who5_5',
  'who5_score',
  'mhpss_wanted',
  'legal_topic',
  'feels_safe',
  'threats',
  'vulnerability_flags',
  'vulnerability_points',
  'vulnerability_score',
  'vulnerability_override',
  'exclusion_experienced',
  'mediation_wanted',
  'leader_informed_ok',
  'child_views',
]
