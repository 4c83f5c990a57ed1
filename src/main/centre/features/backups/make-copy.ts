import { dailyJob } from '#shared/backups/contract.ts'
import { Refusal } from '#shared/result.ts'
import type { CallContext, CallOutput, CallReceived } from '../../feature.ts'
import { copyDay, copyFiles } from '../../storage/kept-copies.ts'
import { refusalOf } from '../../storage/open-database.ts'
import { needFree } from '../../storage/space.ts'
import { refuseInTraining } from '../sync/index.ts'
import { dailyIsDue, keepFailed, keepLeft, keepMade, newestEvent } from './copies-told.ts'
import { readCopyFile, writeCopyFile, type CopyParts } from './copy-file.ts'
import { told } from './told-pieces.ts'

/** See backups.daily. SQLite writes it in one go: nothing else is answered meanwhile, so that it is made while nobody types. */
export function dailyCopy(context: CallContext): CallOutput<'backups.daily'> {
  const { ports, session, store } = context
  if (session.mode === 'training' || !dailyIsDue(context, copyDay(ports.clock.now()))) return { made: false }
  const running = context.job(dailyJob)
  running.progress(0, 0)
  try {
    const audit = newestEvent(store)
    const id = context.backup('daily')
    store.write((unit) => {
      keepMade(unit, id, audit)
      unit.audit({ action: 'backups.make', details: { automatic: 1 } })
    })
    return { made: true }
  } catch (error) {
    const refusal = refusalOf(error)
    if (!(refusal instanceof Refusal)) throw error
    store.write((unit) => {
      keepFailed(unit, refusal)
      unit.audit({ action: 'backups.make.failed', details: { code: refusal.code, automatic: 1 } })
    })
    return { made: false }
  } finally {
    running.progress(1, 1)
  }
}

/** See backups.make. */
export async function makeCopy(input: CallReceived<'backups.make'>, context: CallContext): Promise<CallOutput<'backups.make'>> {
  refuseInTraining(context)
  const running = context.job(input.job)
  running.progress(0, 0)
  await running.breathe()
  const audit = newestEvent(context.store)
  const id = context.backup('daily')
  context.store.write((unit) => {
    keepMade(unit, id, audit)
    unit.audit({ action: 'backups.make' })
  })
  return { copy: id }
}

/** See backups.copyOut. The copy stays here as well. */
export async function copyOut(
  input: CallReceived<'backups.copyOut'>,
  context: CallContext,
): Promise<CallOutput<'backups.copyOut'>> {
  refuseInTraining(context)
  const { store, ports } = context
  const running = context.job(input.job)
  running.progress(0, 0)
  await running.breathe()
  const audit = newestEvent(store)
  const id = context.backup('daily')
  const names = copyFiles(id)
  const databaseBytes = ports.files.size(names.database)
  const keyring = ports.files.read(names.keyring)
  const vault = ports.files.exists(names.vault) ? ports.files.read(names.vault) : new Uint8Array()
  needFree(ports.files, databaseBytes + keyring.length + vault.length, input.file)
  const copy: CopyParts = { keyring, vault, databaseBytes, database: ports.files.pieces(names.database) }
  // written, and read back
  const total = 2 * databaseBytes
  const bytes = await ports.files.writeChosen(input.file, told(writeCopyFile(copy), running, total), async (written, size) => {
    const back = await readCopyFile(written, size)
    try {
      // read to its end, which proves it
      for await (const _piece of told(back.database, running, total, databaseBytes));
    } finally {
      await back.close()
    }
  })
  store.write((unit) => {
    keepMade(unit, id, audit)
    keepLeft(unit, id, audit)
    unit.audit({ action: 'backups.copyOut', details: { bytes } })
  })
  return { fileName: ports.files.chosenName(input.file), bytes }
}
