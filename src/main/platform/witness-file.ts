import fs from 'node:fs'
import path from 'node:path'
import type { Witness } from '../centre/ports.ts'

/** The witness of a database, in a file outside its folder; a disk that refuses it is no reason to stop work (ADR 0025). */
export function witnessFile(file: string): Witness {
  return {
    read() {
      try {
        return fs.readFileSync(file, 'utf8')
      } catch {
        return ''
      }
    },
    write(text) {
      try {
        fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
        fs.writeFileSync(`${file}.part`, text, { mode: 0o600 })
        fs.renameSync(`${file}.part`, file)
      } catch {
        // the next write tries again; until then a restored copy is noticed by the other centres' acknowledgements
      }
    },
  }
}
