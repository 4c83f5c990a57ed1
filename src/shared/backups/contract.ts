import { z } from 'zod'
import { Day, FileToken, Instant, JobId, Nothing, procedure, shortText } from '../procedure.ts'
import { errorCodes, FailureDetails } from '../result.ts'
import { AppStatus, Login, Password, RecoveryCodeTyped } from '../security/contract.ts'

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

/** Where a copy lies: on this computer, or in a chosen file. */
export const CopySource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kept'), copy: CopyId }),
  z.strictObject({ kind: z.literal('file'), file: FileToken }),
])
export type CopySource = z.infer<typeof CopySource>

/** What opens a copy: a person of it with the password of then, or its paper code. */
export const CopyKey = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password'), login: Login, password: Password }),
  z.strictObject({ kind: z.literal('paper'), code: RecoveryCodeTyped }),
])
export type CopyKey = z.infer<typeof CopyKey>

/** A copy that was made, and what was written down since. */
const CopyTold = z.strictObject({
  at: Instant,
  /** Changes that people of this desk wrote since: what would be lost without anything newer. */
  changesSince: z.number().int(),
})

/** Why a copy could not be made. */
const Failed = z.strictObject({ at: Instant, code: z.enum(errorCodes), details: FailureDetails })

/** What became of a copy in the remembered folder: `missing` while the folder is not there, `failed` says why in backups.state. */
const InFolder = z.enum(['none', 'missing', 'written', 'failed', 'stopped'])

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
      failed: Failed.nullable(),
      copies: z.array(KeptCopy),
      /** The folder that copies go to by themselves; null while none was chosen. */
      folder: z
        .strictObject({
          path: z.string(),
          isThere: z.boolean(),
          sameDisk: z.boolean(),
          /** Why the last try there failed; null once one was written. */
          failed: Failed.nullable(),
        })
        .nullable(),
    }),
    permission: 'backup.manage',
  }),
  /**
   * The shell's alone, while nobody types: makes the copy of the day if none was made yet, and writes it into the remembered folder once that is
   * there. Never throws what a disk does. Whoever wants something meanwhile cancels `dailyJob`; the folder is tried again later.
   */
  'backups.daily': procedure({ input: Nothing, output: z.strictObject({ made: z.boolean() }), permission: null }),
  /** A copy now, on this computer, and the same in the remembered folder, whose faults never fail it. Throws disk-full, disk-failing. */
  'backups.make': procedure({
    input: z.strictObject({ job: JobId }),
    output: z.strictObject({ copy: CopyId, inFolder: InFolder }),
    permission: 'backup.manage',
    audited: 'write',
  }),
  /**
   * A copy now, and the same as one file outside this computer: read back to its end before it gets its name.
   *
   * Throws disk-full, disk-read-only, file-unreadable, copy-not-kept, cancelled; then nothing stays there.
   */
  'backups.copyOut': procedure({
    input: z.strictObject({ file: FileToken, job: JobId }),
    output: z.strictObject({ fileName: z.string(), bytes: z.number().int() }),
    permission: 'backup.manage',
    audited: 'write',
  }),
  /**
   * Remembers the folder that copies go to from now on. What lies in a former one stays there.
   *
   * Throws copy-folder-inside for a folder of the application's own, file-unreadable, disk-full, store-read-only.
   */
  'backups.chooseFolder': procedure({
    input: z.strictObject({ file: FileToken }),
    output: z.strictObject({}),
    permission: 'backup.manage',
    audited: 'write',
  }),
  /** Forgets that folder; what lies in it stays. Throws store-read-only. */
  'backups.forgetFolder': procedure({
    input: Nothing,
    output: z.strictObject({}),
    permission: 'backup.manage',
    audited: 'write',
  }),
  /**
   * Reads a copy from its first page to its last and says what it is; nothing in it is changed. Without a key only this desk's own copies open.
   *
   * Throws copy-not-a-copy, copy-incomplete, copy-damaged, copy-other-desk, copy-no-keys, database-newer, wrong-password, wrong-recovery-code,
   * wait-before-retry, disk-full, file-unreadable, cancelled.
   */
  'backups.check': procedure({
    input: z.strictObject({ source: CopySource, key: CopyKey.nullable(), job: JobId }),
    output: z.strictObject({
      siteName: z.string(),
      until: Instant,
      ownDesk: z.boolean(),
      /** Null for whoever may not know of all cases of this desk, and of another desk's copy. */
      cases: z.number().int().nullable(),
    }),
    permission: 'backup.manage',
    audited: 'write',
  }),
  /** The copies on this computer, for whoever is to put one back. */
  'backups.restorable': procedure({ input: Nothing, output: z.array(KeptCopy), permission: null, whileLocked: true }),
  /**
   * Reads and proves a copy beside the desk, which stays as it is; only while nobody is signed in.
   *
   * Throws as backups.check, copy-needs-supervisor for a login that is none's who may, busy.
   */
  'backups.prepareRestore': procedure({
    input: z.strictObject({ source: CopySource, key: CopyKey, job: JobId }),
    output: z.strictObject({ siteName: z.string(), until: Instant, desk: z.enum(['none', 'own', 'other']) }),
    permission: null,
    whileLocked: true,
  }),
  /**
   * The copy that was read is this desk from now on; the former one stays as a copy. Whoever signs in first finds it written down there.
   *
   * `siteName` is typed and must be the copy's place. Throws bad-input {field: siteName}, not-found when none was read, busy, disk-full; then
   * nothing was changed.
   */
  'backups.restore': procedure({
    input: z.strictObject({ siteName: shortText(80) }),
    output: AppStatus,
    permission: null,
    whileLocked: true,
    audited: 'write',
  }),
  /** Forgets the copy that was read. */
  'backups.dropRestore': procedure({ input: Nothing, output: z.strictObject({}), permission: null, whileLocked: true }),
} as const
