import { z } from 'zod'

/**
 * Every error that may cross from the centre to the page.
 *
 * A code, never a message, stack, path or SQL (S21). Each has a sentence and a "what to do" in both catalogues.
 * The `sync-*` codes carry the numbers of the table in docs/formats/sync-file.md.
 */
export const errorCodes = [
  'bad-input',
  'too-large',
  'too-many-calls',
  'forbidden',
  'locked',
  'not-found',
  'cancelled',
  'busy',
  'internal',
  // opening
  'already-set-up',
  'not-set-up',
  'wrong-password',
  'wait-before-retry',
  'weak-password',
  'wrong-recovery-code',
  'wrong-start-code',
  'start-code-expired',
  'wrong-shares',
  'undertaking-needed',
  'undertaking-name-differs',
  // users
  'login-taken',
  'own-account',
  'own-roles',
  'roles-forbidden-pair',
  'last-manager',
  'second-person-needed',
  'database-damaged',
  'database-newer',
  'database-altered',
  'database-busy',
  'keyring-damaged',
  'keyring-mismatch',
  'clock-behind',
  // files
  'file-unreadable',
  'disk-full',
  'disk-read-only',
  'disk-failing',
  'store-read-only',
  // the register of actions
  'register-not-a-register',
  'register-not-whole',
  // copies
  'copy-not-a-copy',
  'copy-incomplete',
  'copy-damaged',
  'copy-other-desk',
  'copy-no-keys',
  'copy-needs-supervisor',
  'copy-folder-inside',
  'copy-not-kept',
  // private talk
  'private-closed',
  'private-no-key',
  'private-damaged',
  'private-full',
  'private-not-an-address',
  'private-file-damaged',
  'private-file-not-for-you',
  'private-already-here',
  // people
  'consent-missing',
  'information-incomplete',
  'answer-invalid',
  'read-only-copy',
  'case-closed',
  'case-has-open-referrals',
  'case-form-closed',
  'case-form-not-here',
  // directory
  'csv-empty',
  'csv-wrong-columns',
  'csv-wrong-encoding',
  'csv-too-large',
  'csv-broken',
  'csv-changed',
  // interviews from the field
  'submissions-too-many',
  'submissions-none',
  'submissions-other-form',
  'submissions-broken',
  // forms
  'form-has-faults',
  // referrals
  'referral-step-not-allowed',
  'referral-consent-missing',
  'referral-consent-old',
  'referral-item-missing',
  'referral-not-due',
  'referral-same-source',
  'slip-text-reveals',
  'service-not-active',
  'service-needs-check',
  'service-not-for-minors',
  'guardian-consent-missing',
  'code-invalid',
  // printing
  'print-failed',
  // sync
  'card-not-a-card',
  'card-own',
  'card-damaged',
  'card-other-key',
  'card-revoked',
  'words-differ',
  'list-not-a-list',
  'national-none',
  'national-exists',
  'national-other-key',
  'national-not-open',
  'share-wrong',
  'share-incomplete',
  'share-not-a-share',
  'share-twice',
  'share-other-ceremony',
  'training-no-exchange',
  'undo-too-late',
  'nothing-to-send',
  'sync-not-a-sync-file',
  'sync-incomplete',
  'sync-damaged',
  'sync-not-for-you',
  'sync-for-old-key',
  'sync-needs-passphrase',
  'sync-unknown-sender',
  'sync-bad-signature',
  'sync-revoked-sender',
  'sync-missing-earlier',
  'sync-already-imported',
  'sync-older-than-yours',
  'sync-fork',
  'sync-newer-app',
  'sync-too-large',
  'sync-too-slow',
  'sync-suspicious',
  'sync-rules-violated',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** What a message may be filled with: counts, field ids, dates, centre names. Never a person's datum. */
export const FailureDetails = z.record(z.string().max(40), z.union([z.string().max(200), z.number()]))
export type FailureDetails = z.infer<typeof FailureDetails>

export const Failure = z.strictObject({ code: z.enum(errorCodes), details: FailureDetails.optional() })
export type Failure = z.infer<typeof Failure>

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }

/** A refusal inside the centre: thrown by rules, turned into a `Failure` at the edge. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly details: FailureDetails | undefined
  constructor(code: ErrorCode, details?: FailureDetails) {
    super(code)
    this.code = code
    this.details = details
  }
}
