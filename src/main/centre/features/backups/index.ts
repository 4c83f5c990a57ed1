import type { backupsContract, KeptCopy } from '#shared/backups/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import type { Files } from '../../ports.ts'
import type { Desk } from '../security/index.ts'
import { checkCopy } from './check-copy.ts'
import { copiesTold, keptTold } from './copies-told.ts'
import { chooseFolder, copyOut, dailyCopy, forgetFolder, makeCopy } from './make-copy.ts'
import { copyRestore } from './restore-copy.ts'

/** Copies of the database: made, taken out of the computer, checked, put back. `forget`: nothing waits to be put back any more. */
export function backupsFeature(desk: Desk, files: Files) {
  const restore = copyRestore(desk, files)
  const handlers: Handlers<CentreCalls<typeof backupsContract>> = {
    'backups.state': (_nothing, context) => copiesTold(context),
    'backups.daily': (_nothing, context) => dailyCopy(context, desk.keys.current().db),
    'backups.make': (input, context) => makeCopy(input, context, desk.keys.current().db),
    'backups.copyOut': (input, context) => copyOut(input, context),
    'backups.chooseFolder': (input, context) => chooseFolder(input, context),
    'backups.forgetFolder': (_nothing, context) => forgetFolder(context),
    'backups.check': (input, context) => checkCopy(input, context, desk),
    'backups.restorable': (): KeptCopy[] => keptTold(files),
    'backups.prepareRestore': (input, context) => restore.prepare(input, context),
    'backups.restore': ({ siteName }) => restore.restore(siteName),
    'backups.dropRestore'() {
      restore.drop()
      return {}
    },
  }
  return { handlers, forget: () => restore.drop() }
}
