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
  'password.recover-national': 'sign-in',
  'password.start': 'sign-in',
  'password.change': 'sign-in',
  'undertaking.accept': 'sign-in',
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
  'audit.findFile': 'read',
  'users.list': 'read',
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
  'cases.assign': 'change',
  'cases.askFor': 'change',
  'review.decide': 'change',
  'directory.read': 'read',
  'directory.importCsv': 'change',
  'directory.verify': 'change',
  'erasure.erase': 'change',
  'rights.withdraw': 'change',
  'rights.told': 'change',
  'slip.prepare': 'print',
  'slip.print': 'print',
  'slip.reprint': 'print',
  'certificate.prepare': 'print',
  'sheet.prepare': 'print',
  'receivers.prepare': 'print',
  'sync.saveOwnCard': 'exchange',
  'sync.trustCard': 'exchange',
  'sync.prepare': 'exchange',
  'sync.export': 'exchange',
  'sync.preview': 'exchange',
  'sync.import': 'exchange',
  'sync.undoImport': 'exchange',
  'sync.compact': 'exchange',
  'journal.replay': 'exchange',
  'sync.read': 'exchange',
  'roster.read': 'exchange',
  'roster.beginCeremony': 'exchange',
  'roster.confirmCeremony': 'exchange',
  'roster.open': 'exchange',
  'roster.close': 'exchange',
  'roster.enrol': 'exchange',
  'roster.revoked': 'exchange',
  'roster.retired': 'exchange',
  'roster.saveList': 'exchange',
  'roster.takeList': 'exchange',
  'roster.renewOwnKey': 'exchange',
  'device.renew': 'desk',
  'writer.renew': 'desk',
  'backups.make': 'desk',
  'backups.copyOut': 'desk',
  'desk.settings': 'desk',
  'clock.back': 'desk',
  'app.version': 'desk',
  'form.version': 'desk',
  'users.create': 'desk',
  'users.giveCode': 'desk',
  'users.disable': 'desk',
  'users.setRoles': 'desk',
  'users.decideRoles': 'desk',
  'recovery.replace': 'desk',
  'recovery.national': 'desk',
  'training.enter': 'desk',
  'training.create': 'desk',
  'training.directory': 'desk',
  'training.ready': 'desk',
  evacuate: 'desk',
  refused: 'refused',
} as const satisfies Readonly<Record<string, AuditKind>>
export type AuditAction = keyof typeof auditActions

/** Calls that can be refused or fail and whose event, when they go well, has another name or none: the action in whose words they are told. */
const callActions = {
  'audit.users': 'audit.list',
  'audit.verify': 'audit.list',
  'backups.state': 'backups.make',
  'cases.counsellors': 'cases.assign',
  'directory.get': 'directory.read',
  'directory.place': 'directory.read',
  'directory.places': 'directory.read',
  'directory.search': 'directory.read',
  'directory.taxonomy': 'directory.read',
  'directory.previewCsv': 'directory.importCsv',
  'directory.saveModel': 'directory.importCsv',
  'erasure.list': 'erasure.preview',
  'forms.quickCard': 'cases.get',
  'printing.prepareSlip': 'slip.prepare',
  'printing.slipPrinted': 'slip.print',
  'printing.printSlip': 'slip.print',
  'printing.printCertificate': 'certificate.prepare',
  'printing.printCallSheet': 'receivers.prepare',
  'printing.printSheet': 'sheet.prepare',
  'printing.prepareCertificate': 'certificate.prepare',
  'printing.prepareCallSheet': 'receivers.prepare',
  'printing.prepareSheet': 'sheet.prepare',
  'roster.status': 'roster.read',
  'roster.setAside': 'roster.read',
  'roster.readCard': 'roster.enrol',
  'roster.readList': 'roster.takeList',
  'roster.revoke': 'roster.revoked',
  'roster.retire': 'roster.retired',
  'screen.setSafe': 'mask.on',
  'screen.reveal': 'mask.reveal',
  'screen.keepSettings': 'desk.settings',
  'security.beginRecoveryCode': 'recovery.replace',
  'security.replaceRecoveryCode': 'recovery.replace',
  'security.evacuationPlan': 'evacuate',
  'security.evacuate': 'evacuate',
  'security.enterTraining': 'training.enter',
  'security.leaveTraining': 'training.enter',
  'security.resetTraining': 'training.enter',
  'sync.centres': 'sync.read',
  'sync.files': 'sync.read',
  'sync.ownCard': 'sync.read',
  'sync.exportPreview': 'sync.export',
  'sync.readCard': 'sync.trustCard',
} as const satisfies Readonly<Record<string, AuditAction>>

type Dashed<S extends string> = S extends `${infer A}.${infer B}` ? `${A}-${Dashed<B>}` : S
/** An action as a key of the catalogues, in which points mean levels. */
export type AuditActionKey = Dashed<AuditAction>

/** The key of the sentence for a known action or call, or undefined. */
export function auditActionKey(name: string): AuditActionKey | undefined {
  const action = Object.hasOwn(callActions, name) ? callActions[name as keyof typeof callActions] : name
  return Object.hasOwn(auditActions, action) ? (action.replaceAll('.', '-') as AuditActionKey) : undefined
}

/** A call that was refused or failed leaves its name with this end. */
export const failedEnd = '.failed'

/** What an event is about; undefined for an action of a newer version. */
export function auditKindOf(action: string): AuditKind | undefined {
  if (Object.hasOwn(auditActions, action)) return auditActions[action as AuditAction]
  return action.endsWith(failedEnd) ? 'refused' : undefined
}
