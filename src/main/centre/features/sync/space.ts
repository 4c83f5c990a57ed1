import { databaseBytes } from '../../storage/space.ts'
import type { ReadableDb } from '../../storage/store.ts'

/** Journal, rows, indexes and the log of one import, to one byte of the sealed file. */
const importGrowth = 12

/** Bytes that taking a file in needs in the data folder, the backup before it included. */
export function importBytes(db: ReadableDb, sealedBytes: number): number {
  return databaseBytes(db) + importGrowth * sealedBytes
}
