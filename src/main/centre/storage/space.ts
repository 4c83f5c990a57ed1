import { Refusal } from '#shared/result.ts'
import type { Files } from '../ports.ts'
import type { ReadableDb } from './store.ts'

/** A tenth more than the bytes themselves: names, padding and blocks of the disk. */
const margin = 1.1

/** Throws Refusal disk-full with both figures unless exactly so many bytes are free where a chosen file goes, or in the data folder. */
export function needFree(files: Files, neededBytes: number, token?: string): void {
  const freeBytes = files.freeBytes(token)
  if (freeBytes < neededBytes) throw new Refusal('disk-full', { neededBytes, freeBytes })
}

/** Throws Refusal disk-full with both figures unless so many bytes, and a tenth more, fit where a chosen file goes, or into the data folder (E21, E22). */
export function needSpace(files: Files, bytes: number, token?: string): void {
  needFree(files, Math.ceil(bytes * margin), token)
}

/** Bytes of all pages of the open database. */
export function databaseBytes(db: ReadableDb): number {
  return (
    db.read<{ bytes: number }>('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size').get()?.bytes ??
    0
  )
}
