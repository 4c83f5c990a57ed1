import { Refusal } from '#shared/result.ts'
import type { Session } from '../../feature.ts'
import { furnishDatabase } from '../../storage/furnish-database.ts'
import { createDatabase, openDatabase, refusalOf, type RawDatabase } from '../../storage/open-database.ts'
import type { Store } from '../../storage/store.ts'
import { removeDatabase, trainingFile } from './desk-files.ts'
import { migrated, newDevice, openDeskOn, type OpenDesk, type OpeningParts } from './open-desk.ts'

/** Faults of the PC, not of the exercise database: making it anew would not help. */
const ofThePc = ['database-busy', 'disk-full', 'disk-failing', 'store-read-only']

/** The exercise database as it was left; undefined if there is none to go on with, for it holds nothing that cannot be made again. */
function keptTraining(from: OpenDesk, key: Uint8Array, parts: OpeningParts): OpenDesk | undefined {
  const { files } = parts.ports
  if (!files.exists(trainingFile)) return undefined
  let db: RawDatabase | undefined
  try {
    db = migrated(openDatabase(files.dataPath(trainingFile), key), parts, () => undefined)
    const isReady = db.prepare("SELECT 1 FROM setting WHERE key = 'training.ready'").get() !== undefined
    if (isReady) return openDeskOn(db, parts, from.login, 'training')
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal instanceof Refusal && ofThePc.includes(refusal.code)) {
      if (db?.open) db.close()
      throw refusal
    }
  }
  if (db?.open) db.close()
  return undefined
}

/**
 * Opens the exercise database beside the open real one; made, or made anew, when there is none that was filled to its end.
 *
 * Throws disk-full and its like; then no exercise database is left, and the real one is as it was.
 */
export async function openTraining(
  from: OpenDesk,
  key: Uint8Array,
  parts: OpeningParts,
  fill: (store: Store, session: Session) => Promise<void>,
): Promise<OpenDesk> {
  const { ports } = parts
  const kept = keptTraining(from, key, parts)
  if (kept) return { ...kept, trainingKey: key }
  removeDatabase(ports.files, trainingFile)
  const db = migrated(createDatabase(ports.files.dataPath(trainingFile), key), parts, () => undefined)
  try {
    const { site, userId: id, userName: name, roles } = from.session
    const user = { id, login: from.login, name, roles }
    furnishDatabase(db, ports, { device: newDevice(ports), site, deskPhone: '', user, action: 'training.create' })
    const training = openDeskOn(db, parts, from.login, 'training')
    await fill(training.store, training.session)
    training.store.write((unit) => {
      unit.keepSetting('training.ready', '1')
      unit.audit({ action: 'training.ready' })
    })
    return { ...training, trainingKey: key }
  } catch (error) {
    if (db.open) db.close()
    removeDatabase(ports.files, trainingFile)
    throw error
  }
}
