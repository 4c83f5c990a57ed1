import type { backupsContract } from '#shared/backups/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import { copiesTold } from './copies-told.ts'
import { copyOut, dailyCopy, makeCopy } from './make-copy.ts'

/** Copies of the database: made, taken out of the computer. */
export const backupsHandlers: Handlers<CentreCalls<typeof backupsContract>> = {
  'backups.state': (_nothing, context) => copiesTold(context),
  'backups.daily': (_nothing, context) => dailyCopy(context),
  'backups.make': (input, context) => makeCopy(input, context),
  'backups.copyOut': (input, context) => copyOut(input, context),
}
