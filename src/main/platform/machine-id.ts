import fs from 'node:fs'
import os from 'node:os'

/**
 * A text that stays the same on this PC and differs on another, so that a copied data folder is noticed.
 *
 * Only its salted hash is ever kept.
 */
export function machineId(): string {
  try {
    return fs.readFileSync('/etc/machine-id', 'utf8').trim()
  } catch {
    const address = Object.values(os.networkInterfaces())
      .flat()
      .find((i) => i !== undefined && !i.internal)?.mac
    return `${os.hostname()}/${address ?? ''}`
  }
}
