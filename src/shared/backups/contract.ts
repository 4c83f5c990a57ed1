import { z } from 'zod'
import { Day, FileToken, Instant, JobId, Nothing, procedure } from '../procedure.ts'
import { errorCodes, FailureDetails } from '../result.ts'

/** Names a copy that this computer keeps (docs/formats/copy.md). */
export const CopyId = z.string().regex(/^\d{6}-\d{8}-[a-z]+$/)
/** Job of the copy that nobody asked for: the page says that it is under way. */
export const dailyJob = 'daily-copy'
/** Days without a new copy on this computer after which the page turns red. */
export const copyDaysLate = 7
/** Days without a copy outside this computer after which the page turns amber, then red. */
export const outsideDaysSoon = 14
export const outsideDaysLate = 30

/** Why a copy was made; `aside` is the desk that a restored copy took the place of. */
export const CopyReason = z.enum(['import', 'migration', 'renewal', 'daily', 'aside'])
/** A copy on this computer. `day` is of the clock that it was made by. */
export const KeptCopy = z.strictObject({ id: CopyId, day: Day, reason: CopyReason, bytes: z.number().int() })
export type KeptCopy = z.infer<typeof KeptCopy>

/** A copy that was made, and what was written down since. */
const CopyTold = z.strictObject({
  at: Instant,
  /** Changes that people of this desk wrote since: what would be lost without anything newer. */
  changesSince: z.number().int(),
})

export const backupsContract = {
  /** When the last copies were made, here and outside this computer, and what stands against the next one. */
  'backups.state': procedure({
    input: Nothing,
    output: z.strictObject({
      /** The newest daily copy that is still here; each was read back to its end before it counted. */
      here: CopyTold.nullable(),
      /** The newest that was written outside this computer. */
      outside: CopyTold.nullable(),
      /** Why the last try of a daily copy failed; null once one was made. */
      failed: z.strictObject({ at: Instant, code: z.enum(errorCodes), details: FailureDetails }).nullable(),
      copies: z.array(KeptCopy),
    }),
    permission: 'backup.manage',
  }),
  /** The shell's alone, while nobody types: makes the copy of the day if none was made yet. Never throws what a disk does. */
  'backups.daily': procedure({ input: Nothing, output: z.strictObject({ made: z.boolean() }), permission: null }),
  /** A copy now, on this computer. Throws disk-full, disk-failing. */
  'backups.make': procedure({
    input: z.strictObject({ job: JobId }),
    output: z.strictObject({ copy: CopyId }),
    permission: 'backup.manage',
    audited: 'write',
  }),
  /**
   * A copy now, and the same as one file outside this computer: read back to its end before it gets its name.
   *
   * Throws disk-full, disk-read-only, file-unreadable, cancelled; then nothing stays there.
   */
  'backups.copyOut': procedure({
    input: z.strictObject({ file: FileToken, job: JobId }),
    output: z.strictObject({ fileName: z.string(), bytes: z.number().int() }),
    permission: 'backup.manage',
    audited: 'write',
  }),
} as const
