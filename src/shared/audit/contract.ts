import { z } from 'zod'
import { Day, FileToken, Id, Instant, JobId, Nothing, procedure, shortText } from '../procedure.ts'
import { FailureDetails } from '../result.ts'
import { auditKinds } from './actions.ts'
import { PaperHead, PaperVerdict } from './month-report.ts'

/** One line of the register, with ids resolved for those who may read them. */
export const AuditEntry = z.strictObject({
  seq: z.number().int(),
  at: Instant,
  /** Who, by name; '' for somebody who is not known here any more. */
  by: z.string(),
  roles: z.array(z.string()),
  action: z.string(),
  /** What it happened to: its kind and number or name, never a person's name; both '' when nothing is left of it. */
  object: z.strictObject({
    kind: z.enum(['case', 'case_form', 'pair', 'referral', 'service', 'user', 'centre', '']),
    id: z.string(),
    label: z.string(),
  }),
  details: FailureDetails,
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** What one person did with a file and its referrals. */
export const FileVisitor = z.strictObject({
  /** By name; '' for somebody who is not known here any more. */
  by: z.string(),
  roles: z.array(z.string()),
  reads: z.number().int(),
  /** Everything but reading: filled in, given, printed. */
  changes: z.number().int(),
  last: Instant,
  /** Reasons that this person gave, each once, newest first. */
  reasons: z.array(z.strictObject({ reason: z.string(), note: z.string() })),
})
export type FileVisitor = z.infer<typeof FileVisitor>

/**
 * What another computer's register is worth, held against the heads that its files told this one.
 *
 * - `goes-on`: it passes through every head that reached this computer.
 * - `ends-before`: so far it does, but it ends before the newest head that reached this computer.
 * - `differs`: at the number of a head it holds another event.
 * - `never-heard`: no file of that computer was ever taken in here.
 * - `own`, `own-differs`: it is, or is not, the beginning of this computer's own register.
 */
export const registerVerdicts = ['goes-on', 'ends-before', 'differs', 'never-heard', 'own', 'own-differs'] as const

export const RegisterChecked = z.strictObject({
  verdict: z.enum(registerVerdicts),
  device: z.string(),
  /** The centre by name; its code if it is not known here. */
  siteName: z.string(),
  events: z.number().int(),
  takenOutAt: Instant,
  /** What it says of the paper that was held against it; null without one. */
  paper: PaperVerdict.nullable(),
  /** The head that the verdict is about: the newest that fits, the first that differs, the one that lies beyond the end. */
  head: z.strictObject({ seq: z.number().int(), counter: z.number().int(), at: Instant }).nullable(),
})
export type RegisterChecked = z.infer<typeof RegisterChecked>

export const auditContract = {
  /**
   * Recomputes the whole chain. `brokenAt` is the first sequence number that does not fit; `paper` is held against it: a head as it was
   * printed on a month's report.
   *
   * Emits progress when a job is named. Throws cancelled.
   */
  'audit.verify': procedure({
    input: z.strictObject({ job: JobId.optional(), paper: PaperHead.optional() }),
    output: z.strictObject({
      events: z.number().int(),
      brokenAt: z.number().int().nullable(),
      paper: PaperVerdict.nullable(),
    }),
    permission: 'audit.read',
  }),
  /** The register, newest first, by what somebody wants to know; keyset pages by `seq`. A technical administrator gets technical events alone. */
  'audit.list': procedure({
    input: z.strictObject({
      /** Who looked at this file and why: the case and its referrals. */
      caseId: Id.nullable(),
      day: Day.nullable(),
      user: Id.nullable(),
      kind: z.enum(auditKinds).nullable(),
      before: z.number().int().nullable(),
      limit: z.number().int().min(1).max(100),
    }),
    output: z.strictObject({
      entries: z.array(AuditEntry),
      next: z.number().int().nullable(),
      /** Of the wanted file: its number and who was there, the last first; null when the whole register is wanted. */
      file: z.strictObject({ number: z.string(), visitors: z.array(FileVisitor) }).nullable(),
    }),
    permission: 'audit.read',
    audited: 'read',
  }),
  /** The file with a case number, for whom the register is to be read. Throws not-found; for a technical administrator always. */
  'audit.findFile': procedure({
    input: z.strictObject({ number: shortText(40) }),
    output: z.strictObject({ caseId: Id }),
    permission: 'audit.read',
    audited: 'read',
  }),
  /** The users of this desk, for choosing one. */
  'audit.users': procedure({
    input: Nothing,
    output: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    permission: 'audit.read',
  }),
  /**
   * Writes this computer's register as a file sealed for a centre, to be checked there: ids only, the words that somebody wrote are left
   * out (docs/formats/register.md). Throws not-found for a centre without a known computer, training-no-exchange, disk-full, cancelled.
   */
  'audit.takeOut': procedure({
    input: z.strictObject({ site: z.string().max(20), file: FileToken, job: JobId }),
    output: z.strictObject({ fileName: z.string(), events: z.number().int() }),
    permission: 'audit.carry',
    audited: 'write',
  }),
  /** Checks such a file of another computer, and holds a month's report of it against it. Throws register-not-a-register, register-not-whole, sync-not-for-you, file-unreadable, cancelled. */
  'audit.check': procedure({
    input: z.strictObject({ file: FileToken, job: JobId, paper: PaperHead.optional() }),
    output: RegisterChecked,
    permission: 'audit.carry',
    audited: 'write',
  }),
} as const
