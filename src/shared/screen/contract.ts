import { z } from 'zod'
import { Id, Nothing, procedure, shortText } from '../procedure.ts'

/** What stands in place of a name, a telephone number or a place until it is revealed. */
export const maskedText = '•••••'

/** Why somebody looks at a person in safe-screen mode; the audit keeps the code. */
export const revealReasons = ['with-person', 'appointment', 'telephone', 'identity', 'supervision', 'other'] as const
export const RevealReason = z.enum(revealReasons)
export type RevealReason = z.infer<typeof RevealReason>
export const revealNoteCharactersMax = 60

export const idleMinutesMin = 1
export const idleMinutesMax = 15
export const idleMinutesUsual = 5

const DeskSettings = {
  /** Minutes without input after which the desk locks. */
  idleMinutes: z.number().int().min(idleMinutesMin).max(idleMinutesMax),
  /** Every session starts with masked names. */
  safeByDefault: z.boolean(),
}

export const screenContract = {
  /** What this screen may show now, and the desk's settings. */
  'screen.state': procedure({
    input: Nothing,
    output: z.strictObject({ safe: z.boolean(), ...DeskSettings }),
    permission: null,
  }),
  'screen.keepSettings': procedure({
    input: z.strictObject(DeskSettings),
    output: z.strictObject({}),
    permission: 'desk.settings',
    audited: 'write',
  }),
  /** Names masked or shown, for this session. What was revealed before is masked again. */
  'screen.setSafe': procedure({
    input: z.strictObject({ on: z.boolean() }),
    output: z.strictObject({}),
    permission: null,
    audited: 'write',
  }),
  /** Shows one person for the rest of the session; read and reason are of one transaction (H33). Throws not-found, bad-input {field} for `other` without a note. */
  'screen.reveal': procedure({
    input: z.strictObject({ caseId: Id, reason: RevealReason, note: shortText(revealNoteCharactersMax) }),
    output: z.strictObject({ name: z.string(), number: z.string() }),
    permission: 'case.search',
    audited: 'write',
  }),
} as const
