import { z } from 'zod'
import { Nothing, procedure, shortText } from '../procedure.ts'
import { roles } from '../permissions.ts'
import { errorCodes, FailureDetails } from '../result.ts'

export const Language = z.enum(['fr', 'en'])
export type Language = z.infer<typeof Language>

const SiteShown = z.strictObject({ code: z.string(), name: z.string(), pcode: z.string() })
/** What the page must know before anything else; holds no personal data but the signed-in user's own name. */
export const AppStatus = z.strictObject({
  /** `blocked`: the data cannot be opened; `problem` says why. */
  phase: z.enum(['first-run', 'locked', 'unlocked', 'blocked']),
  problem: z.enum(errorCodes).optional(),
  problemDetails: FailureDetails.optional(),
  mode: z.enum(['real', 'training']),
  /** The development stand-in: real data must not be entered. */
  preview: z.boolean(),
  version: z.string(),
  language: Language,
  site: SiteShown.optional(),
  user: z.strictObject({ id: z.string(), name: z.string(), roles: z.array(z.enum(roles)) }).optional(),
  /** Unlocked by whoever had locked it: the page may go on where it was. */
  resumed: z.boolean().optional(),
  /** Locked by the quick-hide key: the window shows nothing that has to do with the work. */
  hidden: z.boolean().optional(),
  /** The signed-in user has to accept the confidentiality undertaking before anything else (H49). */
  undertakingDue: z.boolean().optional(),
})
export type AppStatus = z.infer<typeof AppStatus>

/** Why the desk was locked: `switch` for another user, `hide` by the quick-hide key, the others without anybody's doing. */
export const LockReason = z.enum(['user', 'switch', 'hide', 'idle', 'suspend', 'lock-screen', 'shutdown', 'page-gone', 'close'])
export type LockReason = z.infer<typeof LockReason>

/** At least 10 characters; checked again in the centre, which also refuses the login and the site's name. */
export const Password = z.string().min(1).max(200)
export const Login = z
  .string()
  .max(40)
  .transform((s) => s.trim().toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/))
/** Typed recovery code, in any grouping or case. */
export const RecoveryCodeTyped = z.string().min(1).max(80)

/** Two sheets of the national key as they are typed, in any grouping or case. */
export const TwoSheets = z.array(z.string().max(400)).length(2)

export const securityContract = {
  'security.status': procedure({ input: Nothing, output: AppStatus, permission: null, whileLocked: true }),
  /** The centres and arrondissements that first run can choose from. */
  'security.sites': procedure({
    input: z.strictObject({ text: shortText(60) }),
    output: z.array(
      z.strictObject({ code: z.string(), name: z.string(), pcode: z.string(), department: z.string(), region: z.string() }),
    ),
    permission: null,
    whileLocked: true,
  }),
  /** Prepares keys and database aside; nothing counts until the recovery code was typed back. Throws already-set-up, weak-password. */
  'security.beginSetup': procedure({
    input: z.strictObject({
      language: Language,
      siteCode: z.string().max(20),
      userName: shortText(80),
      login: Login,
      password: Password,
      roles: z.array(z.enum(roles)).min(1).max(10),
      /** Printed on slips; '' for none. */
      deskPhone: z.string().max(30),
    }),
    output: z.strictObject({ recoveryCode: z.string() }),
    permission: null,
    whileLocked: true,
  }),
  /** Ends first run and signs the first user in. Throws wrong-recovery-code. */
  'security.confirmRecoveryCode': procedure({
    input: z.strictObject({ code: RecoveryCodeTyped }),
    output: AppStatus,
    permission: null,
    whileLocked: true,
    audited: 'write',
  }),
  /** Throws wrong-password (the same for an unknown login; {seconds} to wait after several), wait-before-retry {seconds}, database-*. */
  'security.unlock': procedure({
    input: z.strictObject({ login: Login, password: Password }),
    output: AppStatus,
    permission: null,
    whileLocked: true,
    audited: 'write',
  }),
  'security.lock': procedure({
    input: z.strictObject({ why: LockReason.default('user') }),
    output: AppStatus,
    permission: null,
    whileLocked: true,
    audited: 'write',
  }),
  /** Sets a new password with the paper code. Throws wrong-recovery-code, wait-before-retry, weak-password, not-found. */
  'security.recover': procedure({
    input: z.strictObject({ code: RecoveryCodeTyped, login: Login, newPassword: Password }),
    output: AppStatus,
    permission: null,
    whileLocked: true,
    audited: 'write',
  }),
  /**
   * Sets a new password with two sheets of the national key, where this desk allowed it (roster.allowRecovery).
   *
   * Throws share-*, wrong-shares for sheets that open nothing here, wait-before-retry, weak-password, not-found.
   */
  'security.recoverNational': procedure({
    input: z.strictObject({ sheets: TwoSheets, login: Login, newPassword: Password }),
    output: AppStatus,
    permission: null,
    whileLocked: true,
    audited: 'write',
  }),
  /**
   * First sign-in, or the one after a reset: the one-time code is replaced by a password of one's own.
   *
   * Throws wrong-start-code (the same for an unknown login), start-code-expired, wait-before-retry, weak-password.
   */
  'security.start': procedure({
    input: z.strictObject({ code: RecoveryCodeTyped, login: Login, newPassword: Password }),
    output: AppStatus,
    permission: null,
    whileLocked: true,
    audited: 'write',
  }),
  /** The own name typed under the confidentiality undertaking. Throws undertaking-name-differs. */
  'security.acceptUndertaking': procedure({
    input: z.strictObject({ name: shortText(80) }),
    output: AppStatus,
    permission: null,
    audited: 'write',
  }),
  /** Throws wrong-password for the old one, weak-password, wait-before-retry. */
  'security.changePassword': procedure({
    input: z.strictObject({ oldPassword: Password, newPassword: Password }),
    output: z.strictObject({}),
    permission: null,
    audited: 'write',
  }),
  /** A new paper code, shown and printed; the old one counts until the new one was typed back. Throws wrong-password. */
  'security.beginRecoveryCode': procedure({
    input: z.strictObject({ password: Password }),
    output: z.strictObject({ recoveryCode: z.string() }),
    permission: 'recovery.manage',
  }),
  /** Throws wrong-recovery-code, wrong-password, not-found when none waits. */
  'security.replaceRecoveryCode': procedure({
    input: z.strictObject({ code: RecoveryCodeTyped, password: Password }),
    output: z.strictObject({}),
    permission: 'recovery.manage',
    audited: 'write',
  }),
  /** What would open this desk after an evacuation: the national key’s sheets, or the paper code where there is no national key. */
  'security.evacuationPlan': procedure({
    input: Nothing,
    output: z.strictObject({ wayBack: z.enum(['national', 'paper']) }),
    permission: 'evacuation.start',
  }),
  /**
   * Makes this desk unusable at once: every password, starting code and, where there is a national key, the paper code opens nothing any
   * more, in the copies neither (H52). In exercise mode it is rehearsed: the exercise is thrown away, the keys stay.
   *
   * `siteName` is typed by the user and must be this place's. Throws bad-input {field: siteName}, wrong-password, store-read-only.
   */
  'security.evacuate': procedure({
    input: z.strictObject({ password: Password, siteName: shortText(80) }),
    output: AppStatus,
    permission: 'evacuation.start',
    audited: 'write',
  }),
  'security.setLanguage': procedure({
    input: z.strictObject({ language: Language }),
    output: AppStatus,
    permission: null,
    whileLocked: true,
  }),
  /** Opens the exercise database, made with synthetic people on first use; the real one is closed. */
  'security.enterTraining': procedure({ input: Nothing, output: AppStatus, permission: 'training.use', audited: 'write' }),
  /** Closes the exercise database; the user signs in again to the real one. */
  'security.leaveTraining': procedure({ input: Nothing, output: AppStatus, permission: 'training.use', audited: 'write' }),
  'security.resetTraining': procedure({ input: Nothing, output: AppStatus, permission: 'training.use', audited: 'write' }),
} as const
