import { keyringText } from '../../crypto/keyring.ts'
import type { Files } from '../../ports.ts'
import { copyFiles, nextCopyId, tidily } from '../../storage/kept-copies.ts'
import { removeDatabase, setupFile, storeFile, trainingFile } from './desk-files.ts'
import { databaseIdOf, keyringFiles, readKeyrings } from './keyring-file.ts'
import { vaultFile } from './vault.ts'

/** Where a restored desk is put together, beside the one that is there. */
const folder = 'restoring'
/** There from the moment on from which the restored desk counts, until all of it is in its place. */
const decision = 'restore.json'
/** The database first: while it waits, nothing of the restored desk is in its place yet. */
const order = [storeFile, vaultFile, ...keyringFiles]
const log = '-wal'

/** The names, in the data folder, under which a restored desk is put together. */
export const restoring = {
  database: `${folder}/${storeFile}`,
  log: `${folder}/${storeFile}${log}`,
  keyrings: keyringFiles.map((name) => `${folder}/${name}`),
  vault: `${folder}/${vaultFile}`,
} as const

/** Takes away what was put together and never decided on. Never throws. */
export function dropRestoring(files: Files): void {
  for (const name of files.list(folder)) tidily(() => files.remove(`${folder}/${name}`))
}

/**
 * Decides that what lies under `restoring` is this desk from now on; `finishRestore` puts it there.
 *
 * Nothing of the present desk is lost: it becomes a copy of the reason `aside`. From the decision on every start goes on with it, so that a kill
 * leaves the old desk or the restored one. Throws disk-full, store-read-only; then the old one stands.
 */
export function decideRestore(files: Files, now: number): void {
  const aside = files.exists(storeFile) ? nextCopyId(files, 'aside', now) : ''
  const names = copyFiles(aside)
  try {
    if (aside !== '') {
      const keyring = presentKeyring(files)
      if (keyring) files.replace(names.keyring, keyring)
      if (files.exists(vaultFile)) files.replace(names.vault, files.read(vaultFile))
    }
    files.replace(decision, new TextEncoder().encode(aside))
  } catch (error) {
    for (const name of [names.keyring, names.vault]) tidily(() => files.remove(name))
    throw error
  }
}

/** The text of the better copy; of the first one as it is where both are damaged. */
function presentKeyring(files: Files): Uint8Array | undefined {
  try {
    const rings = readKeyrings(files, databaseIdOf(files, storeFile))
    return rings && keyringText(rings[0])
  } catch {
    const name = keyringFiles.find((f) => files.exists(f))
    return name === undefined ? undefined : files.read(name)
  }
}

/** Puts a decided restored desk in its place, from wherever it was broken off; true if there was one. Throws store-read-only, disk-failing. */
export function finishRestore(files: Files): boolean {
  if (!files.exists(decision)) return false
  const aside = new TextDecoder().decode(files.read(decision))
  // the former desk goes first: while the new database waits, what bears its name is the old one
  if (files.exists(restoring.database)) {
    if (files.exists(storeFile)) {
      const names = copyFiles(aside)
      if (files.exists(storeFile + log)) files.rename(storeFile + log, names.log)
      files.rename(storeFile, names.database)
    }
    if (!files.exists(restoring.vault)) files.remove(vaultFile)
    for (const name of [storeFile, setupFile, trainingFile]) removeDatabase(files, name)
  }
  for (const name of order) if (files.exists(`${folder}/${name}`)) files.rename(`${folder}/${name}`, name)
  files.destroy(decision)
  dropRestoring(files)
  return true
}
