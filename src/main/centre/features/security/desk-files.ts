import { z } from 'zod'
import { Refusal } from '#shared/result.ts'
import type { Language } from '#shared/security/contract.ts'
import type { Files, Log } from '../../ports.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { databaseIdOf, readKeyrings } from './keyring-file.ts'

export const storeFile = 'store.db'
export const setupFile = 'setup.db'
export const trainingFile = 'training.db'
const preferencesFile = 'preferences.json'
const Preferences = z.strictObject({ language: z.enum(['fr', 'en']) })

/** French unless another language was chosen. */
export function readLanguage(files: Files): Language {
  try {
    return Preferences.parse(storedJson(new TextDecoder().decode(files.read(preferencesFile)))).language
  } catch {
    return 'fr'
  }
}

/** Throws disk-full, store-read-only. */
export function keepLanguage(files: Files, language: Language): void {
  files.replace(preferencesFile, new TextEncoder().encode(JSON.stringify({ language })))
}

/** A closed database with all that SQLite puts beside it. */
export function removeDatabase(files: Files, name: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) files.remove(`${name}${suffix}`)
}

/**
 * What the data folder holds: nothing yet, or a desk to sign in to. Ends or takes away a first run that was interrupted.
 *
 * Throws Refusal keyring-damaged, keyring-mismatch, database-damaged, database-newer: then nothing was touched.
 */
export function foundPhase(files: Files, log: Log): 'first-run' | 'locked' {
  const name = files.exists(storeFile) ? storeFile : setupFile
  const id = files.exists(name) ? databaseIdOf(files, name) : undefined
  const rings = readKeyrings(files, id)
  if (!rings) {
    // a store without its keyring is not an empty desk: never start over on top of it
    if (name === storeFile) throw new Refusal('keyring-damaged')
    if (id !== undefined) log.write({ event: 'setup-discarded' })
    removeDatabase(files, setupFile)
    return 'first-run'
  }
  if (id === undefined || id.length < rings[0].db.length) throw new Refusal('database-damaged')
  if (rings[0].db !== id) throw new Refusal('keyring-mismatch')
  // the plug was pulled between writing the keyring and renaming the database
  if (name === setupFile) files.rename(setupFile, storeFile)
  return 'locked'
}
