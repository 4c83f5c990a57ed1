import { z } from 'zod'
import { FileToken, Id, Instant, JobId, Nothing, procedure, shortText } from '../procedure.ts'

/** Days within which an allowed export is written; afterwards it is asked for anew. */
export const exportDays = 7
/** More rows go into CSV alone: a spreadsheet of them is made in memory. */
export const sheetRowsMax = 20_000

export const ExportState = z.enum(['asked', 'allowed', 'refused', 'written', 'expired'])
export type ExportState = z.infer<typeof ExportState>

/** Somebody's wish to take rows without names out of this desk, and what the data-protection officer said. */
export const ExportRequest = z.strictObject({
  id: Id,
  purpose: z.string(),
  askedBy: z.string(),
  askedAt: Instant,
  state: ExportState,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string().nullable(),
  /** True for whoever asked: nobody decides about their own request. */
  own: z.boolean(),
})
export type ExportRequest = z.infer<typeof ExportRequest>

/** A count; null stands for one to four (indicators.md). */
const Count = z.number().int().nullable()

export const exportsContract = {
  'exports.list': procedure({ input: Nothing, output: z.array(ExportRequest), permission: 'export.read' }),
  /** How many people would leave as rows, and why others stay. */
  'exports.count': procedure({
    input: Nothing,
    output: z.strictObject({
      rows: Count,
      minors: Count,
      notCounted: Count,
      /** Too few share their centre, sex and age group. */
      rare: Count,
      columns: z.number().int(),
    }),
    permission: 'export.read',
  }),
  /** Asks to take rows out, for a purpose in words. Throws bad-input {field: purpose}. */
  'exports.ask': procedure({
    input: z.strictObject({ purpose: shortText(300) }),
    output: z.strictObject({ id: Id }),
    permission: 'export.ask',
    audited: 'write',
  }),
  /** Allows a request or refuses it with a reason. Throws not-found, second-person-needed, bad-input {field: reason}. */
  'exports.decide': procedure({
    input: z.strictObject({ id: Id, allow: z.boolean(), reason: shortText(300) }),
    output: z.strictObject({}),
    permission: 'export.allow',
    audited: 'write',
  }),
  /**
   * Writes what was allowed, once for each kind of file, within a week: rows and their dictionary in one .xlsx, or either as .csv.
   *
   * Throws not-found, too-large {max} for a spreadsheet of too many rows, disk-full, disk-read-only, cancelled, training-no-exchange; then
   * nothing stays there.
   */
  'exports.write': procedure({
    input: z.strictObject({ id: Id, file: FileToken, kind: z.enum(['xlsx', 'csv', 'dictionary']), job: JobId }),
    output: z.strictObject({ fileName: z.string(), rows: Count }),
    permission: 'export.ask',
    audited: 'write',
  }),
} as const
