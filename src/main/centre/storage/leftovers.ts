import type { Files } from '../ports.ts'
import { removeHalfCopies } from './kept-copies.ts'

/** The copy of a file that was chosen for taking in; it serves only the process that made it. */
export const inboxFile = 'inbox/received.age'

/**
 * Takes away what a process that was killed left in the data folder: half files, keyrings of backups that were never finished, and the copy
 * of a received file, which nobody can take in any more. Only while no other process has the folder. Never throws.
 */
export function removeLeftovers(files: Files): void {
  files.removeLeftovers()
  removeHalfCopies(files)
  try {
    files.remove(inboxFile)
  } catch {
    // encrypted, and overwritten by the next one
  }
}
