import { z } from 'zod'
import { Id, Instant, procedure } from '../procedure.ts'

/** A value as it stood in a register: text, number, list of codes, or nothing. */
export const HistoryValue = z.union([z.string(), z.number(), z.null(), z.array(z.string())])
export type HistoryValue = z.infer<typeof HistoryValue>

/** One change of one field: from what to what, and what became of it. */
export const HistoryChange = z.strictObject({
  /** A field, or `field/code` for one code of a set, whose values are 1 and 0. */
  register: z.string(),
  from: HistoryValue,
  to: HistoryValue,
  /** `shown` now; `replaced` by a later change; `waiting` for a decision between changes made at the same time. */
  state: z.enum(['shown', 'replaced', 'waiting']),
})
export type HistoryChange = z.infer<typeof HistoryChange>

export const HistoryEntry = z.strictObject({
  kind: z.enum(['case', 'referral', 'case_form']),
  row: Id,
  /** Of a form of the case: which. */
  form: z
    .strictObject({
      form: z.string(),
      formVersion: z.string(),
      title: z.strictObject({ fr: z.string(), en: z.string() }),
      /** False while the form is not held here. */
      isReadable: z.boolean(),
    })
    .nullable(),
  /** By the clock of the PC where it was written; null when that clock was clearly wrong. */
  at: Instant.nullable(),
  /** Who, by name at this desk; '' when the person is of another centre. */
  by: z.string(),
  site: z.string(),
  created: z.boolean(),
  /** The content was erased or never handed over. */
  withheld: z.boolean(),
  changes: z.array(HistoryChange),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const historyContract = {
  /** Who changed what of a case, its referrals and, for who reads them, its forms, when, from what to what; newest first. Throws not-found. */
  'history.ofCase': procedure({
    input: z.strictObject({ caseId: Id, skip: z.number().int().min(0), limit: z.number().int().min(1).max(200) }),
    output: z.strictObject({
      entries: z.array(HistoryEntry),
      total: z.number().int(),
      /** What was written until then lies in an archive, or with other centres; null when all of it is here. */
      archivedUntil: Instant.nullable(),
    }),
    permission: 'case.read',
    audited: 'read',
  }),
} as const
