import type { PermissionId } from '#shared/permissions.ts'

/** The pages of the left navigation, in the order of Alt+1 to Alt+9. */
export const pages = [
  { to: '/', name: 'shell.home', permission: null },
  { to: '/cases', name: 'shell.cases', permission: 'case.search' },
  { to: '/directory', name: 'shell.directory', permission: 'directory.read' },
  { to: '/referrals', name: 'shell.referrals', permission: 'referral.list' },
  { to: '/sync', name: 'shell.sync', permission: 'sync.read' },
  { to: '/computers', name: 'shell.roster', permission: 'roster.read' },
  { to: '/register', name: 'shell.register', permission: 'audit.read' },
  { to: '/desk', name: 'shell.desk', permission: 'evacuation.start' },
  { to: '/users', name: 'shell.users', permission: 'user.read' },
  { to: '/backups', name: 'shell.backups', permission: 'backup.manage' },
  { to: '/rights', name: 'shell.rights', permission: 'rights.tasks' },
  { to: '/form-packs', name: 'shell.formPacks', permission: 'form.read' },
  { to: '/exports', name: 'shell.exports', permission: 'export.read' },
  { to: '/private', name: 'shell.envelope', permission: 'envelope.own' },
] as const satisfies readonly { readonly to: string; readonly name: string; readonly permission: PermissionId | null }[]
