import { createDecipheriv } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { databaseKeyOf } from './database-dump.ts'
import type { TestCentre } from './open-test-centre.ts'

const pageBytes = 4096
const ivBytes = 16
/** Of each page: initialisation vector and HMAC-SHA512. */
const reservedBytes = 80

/** A page as it was before it was encrypted; the first one begins with the salt. */
function plainPage(page: Buffer, key: Uint8Array, isFirst: boolean): Buffer {
  const end = pageBytes - reservedBytes
  const cipher = createDecipheriv('aes-256-cbc', key, page.subarray(end, end + ivBytes)).setAutoPadding(false)
  return Buffer.concat([cipher.update(page.subarray(isFirst ? ivBytes : 0, end)), cipher.final()])
}

/**
 * Every page of a desk's database and of its log of writes as they lie in their files, decrypted without SQLite: free pages, old pages in the
 * log and the empty room inside pages too. What whoever has key and files could read.
 */
export async function plainPages(desk: Pick<TestCentre, 'folder'>): Promise<{ readonly database: Buffer; readonly log: Buffer }> {
  const key = await databaseKeyOf(desk)
  const file = (end: string) => path.join(desk.folder, `data/store.db${end}`)
  const bytes = readFileSync(file(''))
  const pages: Buffer[] = []
  for (let at = 0; at + pageBytes <= bytes.length; at += pageBytes)
    pages.push(plainPage(bytes.subarray(at, at + pageBytes), key, at === 0))
  if (!Buffer.concat(pages).includes('CREATE TABLE `case_record`')) throw new Error('not decrypted')
  const log = existsSync(file('-wal')) ? readFileSync(file('-wal')) : Buffer.alloc(0)
  const frames: Buffer[] = []
  for (let at = 32; at + 24 + pageBytes <= log.length; at += 24 + pageBytes) {
    const page = log.subarray(at + 24, at + 24 + pageBytes)
    frames.push(plainPage(page, key, log.readUInt32BE(at) === 1))
  }
  return { database: Buffer.concat(pages), log: Buffer.concat(frames) }
}
