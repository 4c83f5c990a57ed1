import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { TestCentre } from './open-test-centre.ts'
import { plainPages } from './plain-pages.ts'

/** Names of the files of the data folder in which one of the words can be read, the database decrypted. */
export async function placesOf(desk: TestCentre, words: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const data = path.join(desk.folder, 'data')
  for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(data, name)
    if (statSync(file).isDirectory() || name.startsWith('backups')) continue
    const pages = name.startsWith('store.db') ? await plainPages(desk) : undefined
    const bytes = name === 'store.db' ? pages!.database : name === 'store.db-wal' ? pages!.log : readFileSync(file)
    for (const word of words) if (bytes.includes(word)) found.push(`${name}: ${word}`)
  }
  return found
}
