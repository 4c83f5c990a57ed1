import { z } from 'zod'
import { Answers } from '../forms/form-definition.ts'
import { Day, Id, Instant, procedure, shortText } from '../procedure.ts'

export const CaseRow = z.strictObject({
  id: z.string(),
  number: z.string(),
  /** As shown in a list: family and given names; empty until given. Never category, group or threat (H9). */
  name: z.string(),
  sex: z.string(),
  ageYears: z.number().int().nullable(),
  status: z.enum(['draft', 'active', 'closed']),
  registeredOn: Day,
  /** Tier-1 questions answered and to answer. */
  answered: z.number().int(),
  toAnswer: z.number().int(),
  referralsOpen: z.number().int(),
  /** Name of the centre it was received from, if it is a copy. */
  receivedFrom: z.string().nullable(),
})
export type CaseRow = z.infer<typeof CaseRow>

export const CaseFile = z.strictObject({
  row: CaseRow,
  answers: Answers,
  formVersion: z.string(),
  /** Received copies are read-only. */
  editable: z.boolean(),
  isMinor: z.boolean(),
  updatedAt: Instant,
})
export type CaseFile = z.infer<typeof CaseFile>

export const casesContract = {
  /**
   * Opens a case from the consent section alone (H1): `consent` holds the answers of s01 and s02.
   *
   * Throws consent-missing when consent_status is refused or deferred, information-incomplete when a point was not explained,
   * answer-invalid {field}, guardian-consent-missing.
   */
  'cases.create': procedure({
    input: z.strictObject({ consent: Answers }),
    output: z.strictObject({ id: Id, number: z.string() }),
    permission: 'case.create',
    audited: 'write',
  }),
  /** The person refused or put off: an information session is recorded with no identity (H6). */
  'cases.recordInformationSession': procedure({
    input: z.strictObject({ consentStatus: z.enum(['refused', 'deferred']), on: Day, language: z.string().max(20) }),
    output: z.strictObject({}),
    permission: 'case.create',
    audited: 'write',
  }),
  /** Autosave: the given answers replace the stored ones, others stay. Throws answer-invalid {field}, consent-missing, read-only-copy. */
  'cases.saveAnswers': procedure({
    input: z.strictObject({ caseId: Id, answers: Answers }),
    output: CaseFile,
    permission: 'case.edit',
    audited: 'write',
  }),
  'cases.get': procedure({ input: z.strictObject({ caseId: Id }), output: CaseFile, permission: 'case.read', audited: 'read' }),
  /** Newest first, or by the words of `text` (folded: Oumarou finds OUMAROU; number with or without dashes). Keyset pages. */
  'cases.list': procedure({
    input: z.strictObject({
      text: shortText(100),
      after: z.string().max(100).nullable(),
      limit: z.number().int().min(1).max(100),
    }),
    output: z.strictObject({ rows: z.array(CaseRow), next: z.string().nullable(), total: z.number().int() }),
    permission: 'case.search',
    audited: 'read',
  }),
} as const
