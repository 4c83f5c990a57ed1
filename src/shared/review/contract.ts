import { z } from 'zod'
import { HistoryValue } from '../history/contract.ts'
import { Id, Instant, Nothing, procedure } from '../procedure.ts'

/** One of the values between which a person decides. */
export const Candidate = z.strictObject({
  /** Names the change; null for what is shown now. */
  change: z.strictObject({ writer: z.number().int(), seq: z.number().int() }).nullable(),
  values: z.record(z.string(), HistoryValue),
  by: z.string(),
  site: z.string(),
  at: Instant,
  /** The clock of that PC was wrong: its time proves nothing. */
  clockWrong: z.boolean(),
})
export type Candidate = z.infer<typeof Candidate>

/** Fields of one row that were changed in two places at the same time (sync.md 3.5). */
export const Conflict = z.strictObject({
  kind: z.enum([
    'case',
    'referral',
    'service',
    'service_point',
    'organization',
    'information_session',
    'referral_step',
    'case_form',
    'case_link',
  ]),
  row: Id,
  caseId: Id.nullable(),
  /** Case number and name, referral code, or service name. */
  title: z.string(),
  fields: z.array(z.string()).min(1),
  /** What is shown now comes first. */
  candidates: z.array(Candidate).min(2),
  /** False where the reader does not get all of the values: nobody chooses between what they do not see. */
  whole: z.boolean(),
})
export type Conflict = z.infer<typeof Conflict>

/** Answers of a case that wait for a choice, for who has the case open. */
export const WaitingAnswers = Conflict.pick({ fields: true, candidates: true, whole: true })
export type WaitingAnswers = z.infer<typeof WaitingAnswers>

export const reviewContract = {
  'review.list': procedure({
    input: Nothing,
    output: z.array(Conflict),
    permission: 'sync.review',
    audited: 'read',
  }),
  /** What waits for a choice among the answers of a case, of those that the reader gets; nothing of its referrals and forms. Throws not-found. */
  'review.ofCase': procedure({
    input: z.strictObject({ caseId: Id }),
    output: z.strictObject({
      rows: z.array(WaitingAnswers),
      /** Confidential answers are among them. */
      confidential: z.boolean(),
    }),
    permission: 'case.read',
    audited: 'read',
  }),
  /** Final at every centre once it has travelled. Throws not-found when it was decided meanwhile. */
  'review.decide': procedure({
    input: z.strictObject({
      kind: Conflict.shape.kind,
      row: Id,
      fields: z.array(z.string().max(80)).min(1).max(40),
      change: Candidate.shape.change,
    }),
    output: z.strictObject({ left: z.number().int() }),
    permission: 'sync.review',
    audited: 'write',
  }),
} as const
