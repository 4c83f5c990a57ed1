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
const pieceBytes = 65_536

function syncFolder(folder: string): void {
  // Windows cannot open folders; NTFS journals the rename itself
  if (process.platform === 'win32') return
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
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
 * The Files port over a data folder, which is created when absent; its leftover `.part` files are removed.
 *
 * `folder` is absolute. Names given to the port are relative, `/`-separated and come from the application, never from a person.
 */
export function diskFiles(folder: string): DiskFiles {
  const granted = new Map<string, string>()
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const inFolder = (name: string): string => {
    const full = path.join(folder, ...name.split('/'))
    fs.mkdirSync(path.dirname(full), { recursive: true, mode: 0o700 })
    return full
  }
  for (const left of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (left.endsWith(partSuffix)) fs.rmSync(path.join(folder, left), { force: true })
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
        fs.rmSync(part, { force: true })
        throw diskFailure(error, false)
      }
    },
    remove: (name) => fs.rmSync(inFolder(name), { force: true }),
    rename(from, to) {
      try {
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
        fs.rmSync(part, { force: true })
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
        fs.rmSync(part, { force: true })
        throw error instanceof Refusal || !(error instanceof Error && 'code' in error) ? error : diskFailure(error, false)
      }
    },
  }
}
