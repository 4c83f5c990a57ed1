import fs from 'node:fs'
import path from 'node:path'
import { Refusal } from '#shared/result.ts'
import type { Files } from '../centre/ports.ts'
import { diskFailure, systemCode } from './disk-failure.ts'
import { outsideFolder } from './outside-folder.ts'

/** Files on the disk, and the paths behind the tokens that the shell granted. */
export interface DiskFiles extends Files {
  /** The user chose this file in a dialog; the token stands for it until the program ends. */
  grant(token: string, chosenPath: string): void
}

const partSuffix = '.part'
const leftover = /\.part(?:-journal|-wal|-shm)?$/
const pieceBytes = 65_536
/** Where chosen files were being written, so that the next start can take a half one away. */
const unfinishedFile = 'unfinished.json'
const unfinishedMax = 50
const renameTries = 10
const renamePauseMilliseconds = 50

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
  if (process.platform === 'win32') return
  try {
    sync(folder, 'r')
  } catch (error) {
    // many file systems of sticks and networks cannot sync a folder; the file itself is there
    const code = systemCode(error)
    if (code === 'EIO' || code === 'ENOSPC') throw error
  }
}

/** Creates a folder and those missing above it. A file is only as safe as the names of its folders: they are synced too. */
function makeFolder(folder: string): void {
  const first = fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length && path.dirname(made) !== made; made = path.dirname(made))
    syncFolder(path.dirname(made))
}

/** Renames over what is there. On Windows a virus scanner may hold either file for a moment. */
function renameOver(from: string, to: string): void {
  for (let tried = 1; ; tried += 1) {
    try {
      fs.renameSync(from, to)
      return
    } catch (error) {
      if (tried === renameTries || !['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(error))) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, renamePauseMilliseconds)
    }
  }
}

/** Removes a file if that is possible now; true if it is gone. */
function removed(file: string): boolean {
  try {
    fs.rmSync(file, { force: true })
    return true
  } catch {
    return false
  }
}

/** Reads a file piece by piece. Throws Refusal file-unreadable. */
async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  let handle: fs.promises.FileHandle
  try {
    handle = await fs.promises.open(file, 'r')
  } catch (error) {
    throw diskFailure(error, 'reading')
  }
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(pieceBytes), 0, pieceBytes)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } catch (error) {
    throw diskFailure(error, 'reading')
  } finally {
    await handle.close()
  }
}

/** Writes a file anew, piece by piece, and syncs it. */
async function writeSynced(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await fs.promises.open(file, 'w', 0o600)
  try {
    for await (const piece of pieces) await handle.writeFile(piece)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * The Files port over a data folder, which is created when absent.
 *
 * `folder` is absolute. Names given to the port are relative, `/`-separated and come from the application, never from a person.
 */
export function diskFiles(folder: string): DiskFiles {
  const granted = new Map<string, string>()
  const inFolder = (name: string): string => path.join(folder, ...name.split('/'))
  /** The place of a file to be written, with its folder. */
  const toWrite = (name: string): string => {
    const full = inFolder(name)
    try {
      makeFolder(path.dirname(full))
    } catch (error) {
      throw diskFailure(error, 'keeping')
    }
    return full
  }
  const replace = (name: string, bytes: Uint8Array): void => {
    const full = toWrite(name)
    const part = `${full}${partSuffix}`
    try {
      const handle = fs.openSync(part, 'w', 0o600)
      try {
        fs.writeFileSync(handle, bytes)
        fs.fsyncSync(handle)
      } finally {
        fs.closeSync(handle)
      }
      renameOver(part, full)
      syncFolder(path.dirname(full))
    } catch (error) {
      removed(part)
      throw diskFailure(error, 'keeping')
    }
  }
  const write = async (name: string, pieces: AsyncIterable<Uint8Array>): Promise<void> => {
    const target = toWrite(name)
    const part = `${target}${partSuffix}`
    try {
      await writeSynced(part, pieces)
      renameOver(part, target)
      syncFolder(path.dirname(target))
    } catch (error) {
      removed(part)
      throw systemCode(error) === '' ? error : diskFailure(error, 'keeping')
    }
  }
  const unfinished = (): readonly string[] => {
    try {
      const kept: unknown = JSON.parse(fs.readFileSync(inFolder(unfinishedFile), 'utf8'))
      return Array.isArray(kept) ? kept.filter((p) => typeof p === 'string' && path.isAbsolute(p) && p.endsWith(partSuffix)) : []
    } catch {
      return []
    }
  }
  const keepUnfinished = (parts: readonly string[]): void => {
    try {
      if (parts.length === 0) removed(inFolder(unfinishedFile))
      else replace(unfinishedFile, new TextEncoder().encode(JSON.stringify(parts.slice(-unfinishedMax))))
    } catch {
      // a full disk here must not stop a file that fits on the stick
    }
  }
  const pathOf = (token: string): string => {
    const chosen = granted.get(token)
    if (chosen === undefined) throw new Refusal('file-unreadable')
    return chosen
  }
  const grant = (token: string, chosenPath: string) => void granted.set(token, chosenPath)
  const remove = (name: string): void => {
    try {
      fs.rmSync(inFolder(name), { force: true })
    } catch (error) {
      throw diskFailure(error, 'keeping')
    }
  }
  return {
    ...outsideFolder(folder, { replace, remove, pathOf, grant }),
    grant,
    dataPath: toWrite,
    exists: (name) => fs.existsSync(inFolder(name)),
    read(name) {
      try {
        return new Uint8Array(fs.readFileSync(inFolder(name)))
      } catch (error) {
        throw diskFailure(error, 'reading')
      }
    },
    head(name, bytes) {
      try {
        const handle = fs.openSync(inFolder(name), 'r')
        try {
          const head = new Uint8Array(bytes)
          return head.subarray(0, fs.readSync(handle, head, 0, bytes, 0))
        } finally {
          fs.closeSync(handle)
        }
      } catch (error) {
        throw diskFailure(error, 'reading')
      }
    },
    list(name) {
      try {
        return fs.readdirSync(inFolder(name))
      } catch {
        return []
      }
    },
    replace,
    remove,
    destroy(name) {
      const full = inFolder(name)
      try {
        if (!fs.existsSync(full)) return
        const handle = fs.openSync(full, 'r+')
        try {
          fs.writeSync(handle, new Uint8Array(fs.fstatSync(handle).size), 0, undefined, 0)
          fs.fsyncSync(handle)
        } finally {
          fs.closeSync(handle)
        }
        fs.rmSync(full)
        syncFolder(path.dirname(full))
      } catch (error) {
        throw diskFailure(error, 'keeping')
      }
    },
    rename(from, to) {
      try {
        // SQLite's copy by VACUUM INTO has not been synced
        sync(inFolder(from), 'r+')
        renameOver(inFolder(from), toWrite(to))
        syncFolder(path.dirname(inFolder(to)))
      } catch (error) {
        throw diskFailure(error, 'keeping')
      }
    },
    removeLeftovers() {
      try {
        for (const left of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (leftover.test(left)) removed(path.join(folder, left))
        }
      } catch {
        // no folder yet
      }
      // a stick that is not there now may come back
      const before = unfinished()
      if (before.length > 0) keepUnfinished(before.filter((p) => !fs.existsSync(path.dirname(p)) || !removed(p)))
    },
    freeBytes(token) {
      try {
        const { bavail, bsize } = fs.statfsSync(token === undefined ? folder : path.dirname(pathOf(token)))
        return bavail * bsize
      } catch {
        // a network share may not say; the write itself will
        return Number.POSITIVE_INFINITY
      }
    },
    chosenName: (token) => path.basename(pathOf(token)),
    chosenSize(token) {
      try {
        return fs.statSync(pathOf(token)).size
      } catch (error) {
        throw diskFailure(error, 'reading')
      }
    },
    readChosen: (token) => piecesOf(pathOf(token)),
    pieces: (name) => piecesOf(inFolder(name)),
    size(name) {
      try {
        return fs.statSync(inFolder(name)).size
      } catch (error) {
        throw diskFailure(error, 'reading')
      }
    },
    write,
    async copyChosen(token, name, progress) {
      const total = this.chosenSize(token)
      let done = 0
      async function* told() {
        for await (const piece of piecesOf(pathOf(token))) {
          yield piece
          done += piece.length
          progress(done, total)
        }
      }
      await write(name, told())
    },
    async writeChosen(token, pieces, verify) {
      const target = pathOf(token)
      const part = `${target}${partSuffix}`
      let bytes = 0
      async function* counted() {
        for await (const piece of pieces) {
          yield piece
          bytes += piece.length
        }
      }
      keepUnfinished([...unfinished(), part])
      try {
        await writeSynced(part, counted())
        await verify?.(piecesOf(part), bytes)
        renameOver(part, target)
        syncFolder(path.dirname(target))
        return bytes
      } catch (error) {
        removed(part)
        throw systemCode(error) === '' ? error : diskFailure(error, 'writing')
      } finally {
        // a stick pulled out while it was written to is cleaned at a later start
        const mayRemain = fs.existsSync(path.dirname(part)) ? fs.existsSync(part) : bytes > 0
        if (!mayRemain) keepUnfinished(unfinished().filter((p) => p !== part))
      }
    },
  }
}
