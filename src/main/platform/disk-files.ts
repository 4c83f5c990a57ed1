import fs from 'node:fs'
import path from 'node:path'
import { Refusal } from '#shared/result.ts'
import type { Files } from '../centre/ports.ts'
import { diskFailure } from './disk-failure.ts'

/** Files on the disk, and the paths behind the tokens that the shell granted. */
export interface DiskFiles extends Files {
  /** The user chose this file in a dialog; the token stands for it until the program ends. */
  grant(token: string, chosenPath: string): void
}

const partSuffix = '.part'
/** What a write that was cut off leaves: its `.part`, and the journal that SQLite keeps beside a `.part` while it fills it. */
const leftovers = /\.part(?:-journal)?$/
const pieceBytes = 65_536

function sync(name: string, flags: 'r' | 'r+'): void {
  const handle = fs.openSync(name, flags)
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

function syncFolder(folder: string): void {
  // Windows cannot open folders; NTFS journals the rename itself
  if (process.platform !== 'win32') sync(folder, 'r')
}

/** Creates a folder and those missing above it. A file is only as safe as the names of its folders: they are synced too. */
function makeFolder(folder: string): void {
  const first = fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length && path.dirname(made) !== made; made = path.dirname(made))
    syncFolder(path.dirname(made))
}

/** Removes what a failed write left, if it still can: of a stick that was pulled out only the first failure is told. */
function dropPart(part: string): void {
  try {
    fs.rmSync(part, { force: true })
  } catch {
    // the next start removes it from the data folder; on a stick the next file takes its place
  }
}

/** Reads a file piece by piece. Throws Refusal file-unreadable. */
async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  let handle: fs.promises.FileHandle
  try {
    handle = await fs.promises.open(file, 'r')
  } catch (error) {
    throw diskFailure(error, true)
  }
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(pieceBytes), 0, pieceBytes)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } catch (error) {
    throw diskFailure(error, true)
  } finally {
    await handle.close()
  }
}

/**
 * The Files port over a data folder, which is created when absent; what interrupted writes left in it is removed.
 *
 * `folder` is absolute. Names given to the port are relative, `/`-separated and come from the application, never from a person.
 */
export function diskFiles(folder: string): DiskFiles {
  const granted = new Map<string, string>()
  makeFolder(folder)
  const inFolder = (name: string): string => {
    const full = path.join(folder, ...name.split('/'))
    makeFolder(path.dirname(full))
    return full
  }
  for (const left of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (leftovers.test(left)) fs.rmSync(path.join(folder, left), { force: true })
  }
  const pathOf = (token: string): string => {
    const chosen = granted.get(token)
    if (chosen === undefined) throw new Refusal('file-unreadable')
    return chosen
  }
  return {
    grant: (token, chosenPath) => void granted.set(token, chosenPath),
    dataPath: inFolder,
    exists: (name) => fs.existsSync(inFolder(name)),
    read(name) {
      try {
        return new Uint8Array(fs.readFileSync(inFolder(name)))
      } catch (error) {
        throw diskFailure(error, true)
      }
    },
    list(name) {
      try {
        return fs.readdirSync(inFolder(name))
      } catch {
        return []
      }
    },
    replace(name, bytes) {
      const full = inFolder(name)
      const part = `${full}${partSuffix}`
      try {
        const handle = fs.openSync(part, 'w', 0o600)
        try {
          fs.writeFileSync(handle, bytes)
          fs.fsyncSync(handle)
        } finally {
          fs.closeSync(handle)
        }
        fs.renameSync(part, full)
        syncFolder(path.dirname(full))
      } catch (error) {
        dropPart(part)
        throw diskFailure(error, false)
      }
    },
    remove: (name) => fs.rmSync(inFolder(name), { force: true }),
    rename(from, to) {
      try {
        sync(inFolder(from), 'r+')
        fs.renameSync(inFolder(from), inFolder(to))
        syncFolder(path.dirname(inFolder(to)))
      } catch (error) {
        throw diskFailure(error, false)
      }
    },
    chosenName: (token) => path.basename(pathOf(token)),
    chosenSize(token) {
      try {
        return fs.statSync(pathOf(token)).size
      } catch (error) {
        throw diskFailure(error, true)
      }
    },
    readChosen: (token) => piecesOf(pathOf(token)),
    pieces: (name) => piecesOf(inFolder(name)),
    size(name) {
      try {
        return fs.statSync(inFolder(name)).size
      } catch (error) {
        throw diskFailure(error, true)
      }
    },
    async copyChosen(token, name, progress) {
      const target = inFolder(name)
      const part = `${target}${partSuffix}`
      const total = this.chosenSize(token)
      let done = 0
      try {
        const handle = await fs.promises.open(part, 'w', 0o600)
        try {
          for await (const piece of piecesOf(pathOf(token))) {
            await handle.writeFile(piece)
            done += piece.length
            progress(done, total)
          }
          await handle.sync()
        } finally {
          await handle.close()
        }
        fs.renameSync(part, target)
      } catch (error) {
        dropPart(part)
        throw error instanceof Refusal ? error : diskFailure(error, false)
      }
    },
    async writeChosen(token, pieces, verify) {
      const target = pathOf(token)
      const part = `${target}${partSuffix}`
      let bytes = 0
      try {
        const handle = await fs.promises.open(part, 'w', 0o600)
        try {
          for await (const piece of pieces) {
            await handle.writeFile(piece)
            bytes += piece.length
          }
          await handle.sync()
        } finally {
          await handle.close()
        }
        await verify?.(piecesOf(part), bytes)
        fs.renameSync(part, target)
        syncFolder(path.dirname(target))
        return bytes
      } catch (error) {
        dropPart(part)
        throw error instanceof Refusal || !(error instanceof Error && 'code' in error) ? error : diskFailure(error, false)
      }
    },
  }
}
