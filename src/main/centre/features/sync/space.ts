import { Refusal } from '#shared/result.ts'
import type { Files } from '../../ports.ts'
import type { ReadableDb } from '../../storage/store.ts'

/** A tenth more than the bytes themselves: names, padding and blocks of the disk. */
const margin = 1.1
/** Journal, rows, indexes and the log of one import, to one byte of the sealed file. */
const importGrowth = 12

/** Throws Refusal disk-full with both figures unless so many bytes fit where a chosen file goes, or into the data folder (E21, E22). */
export function needSpace(files: Files, bytes: number, token?: string): void {
  const neededBytes = Math.ceil(bytes * margin)
  const freeBytes = files.freeBytes(token)
  if (freeBytes < neededBytes) throw new Refusal('disk-full', { neededBytes, freeBytes })
}

/** Bytes that taking a file in needs in the data folder, the backup before it included. */
export function importBytes(db: ReadableDb, sealedBytes: number): number {
  const database = db
    .read<{ bytes: number }>('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')
    .get()
  return (database?.bytes ?? 0) + importGrowth * sealedBytes
}
