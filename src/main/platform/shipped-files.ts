import fs from 'node:fs'
import path from 'node:path'
import type { Shipped } from '../centre/ports.ts'

/** Resources and migrations as they lie in the package; names beginning with `migrations` are of the second folder. */
export function shippedFiles(resourcesFolder: string, migrationsFolder: string): Shipped {
  const full = (name: string) =>
    name === 'migrations' || name.startsWith('migrations/')
      ? path.join(migrationsFolder, name.slice('migrations'.length))
      : path.join(resourcesFolder, name)
  return {
    text: (name) => fs.readFileSync(full(name), 'utf8'),
    list: (folder) => fs.readdirSync(full(folder)),
  }
}
