import type { Files } from '../ports.ts'
import { removeHalfCopies, tidily } from './kept-copies.ts'

const inbox = 'inbox'
/** The copy of a file that was chosen for taking in; it serves only the process that made it. */
export const inboxFile = `${inbox}/received.age`
/** The database of a copy that is being checked. */
export const checkedFile = `${inbox}/checked.db`

/**
 * Takes away what a process that was killed left in the data folder: half files, keyrings of backups that were never finished, and the copy
 * of a received file, which nobody can take in any more, or of one that was being checked. Only while no other process has the folder. Never throws.
 */
export function removeLeftovers(files: Files): void {
  files.removeLeftovers()
  removeHalfCopies(files)
  // encrypted: what cannot be removed is overwritten by the next one
  for (const name of files.list(inbox)) tidily(() => files.remove(`${inbox}/${name}`))
}
