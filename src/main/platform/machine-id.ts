import fs from 'node:fs'
import os from 'node:os'

/**
 * A text that stays the same on this PC and differs on another, so that a copied data folder is noticed.
 *
 * Where the system keeps no id of its own: the PC's name and the number that its volume got when it was formatted. Only a salted hash of
 * it is ever kept.
 */
export function machineId(): string {
  try {
    return fs.readFileSync('/etc/machine-id', 'utf8').trim()
  } catch {
    return `${os.hostname()}/${fs.statSync(os.homedir(), { bigint: true }).dev}`
  }
}
