import { z } from 'zod'
import { FileToken, Id, Instant, JobId, procedure } from '../procedure.ts'

/** Files that are read at once: interviews of ODK are one file each. */
export const submissionFilesMax = 500
/** Interviews that one import may bring. */
export const submissionsMax = 1000
export const submissionBytesMax = 20 * 1024 * 1024
/** What a preview lists at most; all are counted. */
export const submissionsShown = 200
export const columnsShown = 300
export const findingsShown = 40

/** Why a value does not fit its question; `far-too-long`: more than a draft may hold, so that it is not taken. */
const submissionProblems = [
  'type',
  'choice',
  'constraint',
  'too-long',
  'required',
  'not-a-question',
  'too-many',
  'not-a-date',
  'no-such-day',
  'no-such-month',
  'no-time',
  'year-out-of-range',
  'integer',
  'decimal',
  'phone',
  'far-too-long',
] as const

/** Whether an interview becomes a draft. */
const state = z.enum([
  'new',
  /** Taken before, or twice in what was chosen. */
  'taken',
  /** Taken before, and changed in Kobo or ODK since: nothing is changed here. */
  'taken-changed',
  /** Whether the person agreed cannot be read: nothing is taken, and it may be imported again. */
  'no-consent',
])

const PreviewedSubmission = z.strictObject({
  file: z.string(),
  /** Its row in the first sheet; null for a file of its own. */
  row: z.number().int().nullable(),
  /** Day on which it was sent or ended, as its file tells it; '' for none. */
  sentOn: z.string(),
  state,
  /** The person said no or later: only the interview and the consent are taken (H1). */
  declined: z.boolean(),
  answers: z.number().int(),
  /** Answers about the person that are left out because they did not agree. */
  leftOut: z.number().int(),
  findings: z.array(
    z.strictObject({
      column: z.string(),
      /** Where the answer stands in the record. */
      path: z.string(),
      value: z.string(),
      problem: z.enum(submissionProblems),
    }),
  ),
  findingCount: z.number().int(),
})
export type PreviewedSubmission = z.infer<typeof PreviewedSubmission>

const Columns = z.strictObject({ names: z.array(z.string()), count: z.number().int() })

/** What an import would bring. */
export const SubmissionsPreview = z.strictObject({
  previewId: JobId,
  counts: z.strictObject({
    all: z.number().int(),
    toMake: z.number().int(),
    taken: z.number().int(),
    takenChanged: z.number().int(),
    noConsent: z.number().int(),
    declined: z.number().int(),
    withFindings: z.number().int(),
  }),
  /** Those of which there is something to say first. */
  submissions: z.array(PreviewedSubmission),
  columns: z.strictObject({ unknown: Columns, desk: Columns, tool: Columns }),
  /** Rows of repeats that belong to no interview. */
  lost: z.array(z.strictObject({ sheet: z.string(), row: z.number().int() })),
  lostCount: z.number().int(),
})
export type SubmissionsPreview = z.infer<typeof SubmissionsPreview>

/** An interview that waits to be looked at. */
export const WaitingSubmission = z.strictObject({
  /** The draft of its reception. */
  subject: Id,
  /** As a list shows the person; '' where they did not agree or told no name. */
  name: z.string(),
  sentOn: z.string(),
  declined: z.boolean(),
  answers: z.number().int(),
  takenAt: Instant,
})
export type WaitingSubmission = z.infer<typeof WaitingSubmission>

export const submissionsContract = {
  /**
   * Reads exports of Kobo and ODK (CSV, XLSX) and instances (XML), and changes nothing.
   *
   * Throws file-unreadable, too-large, csv-wrong-encoding, csv-broken, submissions-too-many, submissions-none, submissions-other-form, cancelled,
   * training-no-exchange. Emits progress under `job`.
   */
  'submissions.preview': procedure({
    input: z.strictObject({ files: z.array(FileToken).min(1).max(submissionFilesMax), job: JobId }),
    output: SubmissionsPreview,
    permission: 'case.create',
  }),
  /** Makes a draft of each new interview for this user, all or none. Throws not-found for an old preview, csv-changed, cancelled. */
  'submissions.take': procedure({
    input: z.strictObject({ previewId: JobId, job: JobId }),
    output: z.strictObject({ made: z.number().int(), taken: z.number().int(), noConsent: z.number().int() }),
    permission: 'case.create',
    audited: 'write',
  }),
  /** The interviews that this user took and did not look at yet, the first taken first. */
  'submissions.waiting': procedure({
    input: z.strictObject({ limit: z.number().int().min(1).max(100) }),
    output: z.strictObject({ rows: z.array(WaitingSubmission), total: z.number().int() }),
    permission: 'case.create',
    audited: 'read',
  }),
} as const
