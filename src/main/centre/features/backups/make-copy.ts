import { dailyJob } from '#shared/backups/contract.ts'
import { Refusal } from '#shared/result.ts'
import type { CallContext, CallOutput, CallReceived, Job } from '../../feature.ts'
import { copyDay } from '../../storage/kept-copies.ts'
import { refusalOf } from '../../storage/open-database.ts'
import { refuseInTraining } from '../sync/index.ts'
import {
  dailyIsDue,
  forgetFolderTold,
  keepFailed,
  keepFolderFailed,
  keepInFolder,
  keepLeft,
  keepMade,
  newestEvent,
  owedToFolder,
} from './copies-told.ts'
import { writeIntoFolder } from './folder-copies.ts'
import { writeCopyOut } from './write-copy-out.ts'

/**
 * See backups.daily. SQLite writes it in one go: nothing else is answered meanwhile, so that it is made while nobody types. `desk`: id of the
 * database.
 */
export async function dailyCopy(context: CallContext, desk: string): Promise<CallOutput<'backups.daily'>> {
  const { ports, session, store } = context
  if (session.mode === 'training') return { made: false }
  const isDue = dailyIsDue(context, copyDay(ports.clock.now()))
  if (!isDue && !owedToFolder(context)) return { made: false }
  const running = context.job(dailyJob)
  running.progress(0, 0)
  try {
    if (isDue) {
      const audit = newestEvent(store)
      const id = context.backup('daily')
      store.write((unit) => {
        keepMade(unit, id, audit)
        unit.audit({ action: 'backups.make', details: { automatic: 1 } })
      })
    }
    const owed = owedToFolder(context)
    if (owed) await intoFolder(context, desk, owed, running, { automatic: 1 })
    return { made: isDue }
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

/** Writes a copy of here into the remembered folder, and keeps how it went. Never throws what a disk does. */
async function intoFolder(
  { ports, store }: CallContext,
  desk: string,
  { id, audit }: { readonly id: string; readonly audit: number },
  running: Job,
  how: { readonly automatic?: 1 } = {},
): Promise<'written' | 'failed' | 'stopped'> {
  try {
    const bytes = await writeIntoFolder(ports, desk, id, running)
    store.write((unit) => {
      keepLeft(unit, id, audit)
      keepInFolder(unit, id)
      unit.audit({ action: 'backups.copyOut', details: { bytes, ...how } })
    })
    return 'written'
  } catch (error) {
    const refusal = refusalOf(error)
    if (!(refusal instanceof Refusal)) throw error
    if (refusal.code === 'cancelled') return 'stopped'
    store.write((unit) => {
      keepFolderFailed(unit, id, refusal)
      unit.audit({ action: 'backups.copyOut.failed', details: { code: refusal.code, ...how } })
    })
    return 'failed'
  }
}

/** See backups.make. */
export async function makeCopy(
  input: CallReceived<'backups.make'>,
  context: CallContext,
  desk: string,
): Promise<CallOutput<'backups.make'>> {
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
  const folder = context.ports.files.outsideFolder()
  if (!folder?.isThere) return { copy: id, inFolder: folder ? 'missing' : 'none' }
  return { copy: id, inFolder: await intoFolder(context, desk, { id, audit }, running) }
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
  const bytes = await writeCopyOut(ports.files, id, input.file, running)
  store.write((unit) => {
    keepMade(unit, id, audit)
    keepLeft(unit, id, audit)
    unit.audit({ action: 'backups.copyOut', details: { bytes } })
  })
  return { fileName: ports.files.chosenName(input.file), bytes }
}

/** See backups.chooseFolder. */
export function chooseFolder({ file }: CallReceived<'backups.chooseFolder'>, context: CallContext): Record<string, never> {
  refuseInTraining(context)
  context.ports.files.keepOutsideFolder(file)
  context.store.write((unit) => {
    forgetFolderTold(unit)
    unit.audit({ action: 'backups.chooseFolder' })
  })
  return {}
}

/** See backups.forgetFolder. */
export function forgetFolder(context: CallContext): Record<string, never> {
  refuseInTraining(context)
  context.ports.files.forgetOutsideFolder()
  context.store.write((unit) => {
    forgetFolderTold(unit)
    unit.audit({ action: 'backups.forgetFolder' })
  })
  return {}
}
