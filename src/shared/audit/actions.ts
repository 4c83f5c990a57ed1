/** What an audit event is about, for those who read the register. */
export const auditKinds = ['sign-in', 'read', 'change', 'print', 'exchange', 'desk', 'refused'] as const
export type AuditKind = (typeof auditKinds)[number]

/** Kinds that say nothing of a person: all that a technical administrator may read (roles-and-audit.md E.1). */
export const technicalKinds: readonly AuditKind[] = ['sign-in', 'exchange', 'desk', 'refused']

/** Every action that has a sentence, with its kind. Others, of a newer version, are shown by their code. */
export const auditActions = {
  setup: 'sign-in',
  login: 'sign-in',
  'login.failed': 'sign-in',
  lock: 'sign-in',
  'password.recover': 'sign-in',
  'cases.get': 'read',
  'cases.list': 'read',
  'cases.draft': 'read',
  'cases.drafts': 'read',
  'history.ofCase': 'read',
  'referrals.get': 'read',
  'referrals.byCode': 'read',
  'referrals.list': 'read',
  'printing.previewSlip': 'read',
  'review.list': 'read',
  'erasure.preview': 'read',
  'rights.receivers': 'read',
  'audit.list': 'read',
  'mask.reveal': 'read',
  'mask.on': 'read',
  'mask.off': 'read',
  'cases.create': 'change',
  'cases.saveAnswers': 'change',
  'cases.keepDraft': 'change',
  'cases.dropDraft': 'change',
  'cases.recordInformationSession': 'change',
  'referrals.create': 'change',
  'referrals.recordConsent': 'change',
  'referrals.issue': 'change',
  'referrals.step': 'change',
  'review.decide': 'change',
  'directory.importCsv': 'change',
  'directory.verify': 'change',
  'erasure.erase': 'change',
  'rights.withdraw': 'change',
  'rights.told': 'change',
  'slip.prepare': 'print',
  'slip.print': 'print',
  'slip.reprint': 'print',
  'certificate.prepare': 'print',
  'receivers.prepare': 'print',
  'sync.saveOwnCard': 'exchange',
  'sync.trustCard': 'exchange',
  'sync.prepare': 'exchange',
  'sync.export': 'exchange',
  'sync.preview': 'exchange',
  'sync.import': 'exchange',
  'sync.undoImport': 'exchange',
  'journal.replay': 'exchange',
  'device.renew': 'desk',
  'writer.renew': 'desk',
  'backups.make': 'desk',
  'backups.copyOut': 'desk',
  'desk.settings': 'desk',
  'clock.back': 'desk',
  'app.version': 'desk',
  'form.version': 'desk',
  'training.enter': 'desk',
  evacuate: 'desk',
  refused: 'refused',
} as const satisfies Readonly<Record<string, AuditKind>>
export type AuditAction = keyof typeof auditActions

type Dashed<S extends string> = S extends `${infer A}.${infer B}` ? `${A}-${Dashed<B>}` : S
/** An action as a key of the catalogues, in which points mean levels. */
export type AuditActionKey = Dashed<AuditAction>

/** The key of a known action's sentence, or undefined. */
export function auditActionKey(action: string): AuditActionKey | undefined {
  return Object.hasOwn(auditActions, action) ? (action.replaceAll('.', '-') as AuditActionKey) : undefined
}

/** A call that was refused or failed leaves its name with this end. */
export const failedEnd = '.failed'
