import { Refusal } from '#shared/result.ts'
import type { Job } from '../../feature.ts'
import type { Files } from '../../ports.ts'
import { copyFiles } from '../../storage/kept-copies.ts'
import { needFree } from '../../storage/space.ts'
import { readCopyFile, writeCopyFile, type CopyFile, type CopyParts } from './copy-file.ts'
import { told } from './told-pieces.ts'

function partsOf(files: Files, id: string): CopyParts {
  const names = copyFiles(id)
  return {
    keyring: files.read(names.keyring),
    vault: files.exists(names.vault) ? files.read(names.vault) : new Uint8Array(),
    databaseBytes: files.size(names.database),
    database: files.pieces(names.database),
  }
}

/** Reads a copy to its end, which proves it. */
async function readBack(
  copy: CopyFile,
  passing: (pieces: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    for await (const _piece of passing(copy.database));
  } finally {
    await copy.close()
  }
}

/** Bytes that a copy of this computer takes as one file, but for some lines. */
export function copyBytes(files: Files, id: string): number {
  const { database, keyring, vault } = copyFiles(id)
  return [database, keyring, ...(files.exists(vault) ? [vault] : [])].reduce((bytes, name) => bytes + files.size(name), 0)
}

/**
 * Writes a copy of this computer as one chosen file, and reads it back to its end before it gets its name. Returns the bytes written.
 *
 * Throws Refusal disk-full, disk-read-only, file-unreadable, copy-not-kept, cancelled; then nothing stays there.
 */
export async function writeCopyOut(files: Files, id: string, token: string, job: Job): Promise<number> {
  const copy = partsOf(files, id)
  const { databaseBytes } = copy
  needFree(files, copyBytes(files, id), token)
  // written, and read back
  const total = 2 * databaseBytes
  return files.writeChosen(token, told(writeCopyFile(copy), job, total), async (written, size) => {
    try {
      await readBack(await readCopyFile(written, size), (pieces) => told(pieces, job, total, databaseBytes))
    } catch (error) {
      const isOther = error instanceof Refusal && error.code.startsWith('copy-')
      throw isOther ? new Refusal('copy-not-kept') : error
    }
  })
}
