import fs from 'node:fs'
import type { Clock, Log } from '../centre/ports.ts'

const bytesMax = 1_000_000

/** One JSON line per event of the closed union (S35); starts anew beyond 1 MB, keeping one former file. Never throws. */
export function redactingLog(file: string, clock: Clock): Log {
  return {
    write(event) {
      try {
        if (fs.existsSync(file) && fs.statSync(file).size > bytesMax) fs.renameSync(file, `${file}.1`)
        fs.appendFileSync(file, `${JSON.stringify({ at: clock.now(), ...event })}\n`, { mode: 0o600 })
      } catch {
        // a full disk must not stop the desk; the event is lost
      }
    },
  }
}
