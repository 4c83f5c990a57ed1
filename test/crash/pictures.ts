import { createHash } from 'node:crypto'
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What lay in a folder just before an operation: what a process that dies there leaves, since the system keeps every byte written so far. */
export interface Picture {
  readonly operation: number
  /** How many calls were answered by then. */
  readonly answered: number
  readonly folders: readonly string[]
  /** Name -> hash of the content. */
  readonly files: Readonly<Record<string, string>>
}

const list = (album: string) => path.join(album, 'pictures.jsonl')
const content = (album: string, hash: string) => path.join(album, hash)

/** Adds what lies in `folder` now to an album beside it; each content is kept once. */
export function takePicture(album: string, folder: string, operation: number, answered: number): void {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => ({
    entry,
    name: path.relative(folder, path.join(entry.parentPath, entry.name)),
  }))
  const files: Record<string, string> = {}
  for (const { entry, name } of found) {
    if (!entry.isFile()) continue
    const bytes = readFileSync(path.join(folder, name))
    const hash = createHash('sha1').update(bytes).digest('hex')
    files[name] = hash
    if (!existsSync(content(album, hash))) writeFileSync(content(album, hash), bytes)
  }
  const folders = found.filter(({ entry }) => entry.isDirectory()).map(({ name }) => name)
  const picture: Picture = { operation, answered, folders: folders.toSorted(), files }
  appendFileSync(list(album), `${JSON.stringify(picture)}\n`)
}

/** All pictures of an album, in their order. */
export function picturesIn(album: string): readonly Picture[] {
  return readFileSync(list(album), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Picture)
}

/** Lays out in an empty folder what a picture shows. */
export function layOut(album: string, { folders, files }: Picture, folder: string): void {
  for (const name of folders) mkdirSync(path.join(folder, name), { recursive: true })
  for (const [name, hash] of Object.entries(files)) copyFileSync(content(album, hash), path.join(folder, name))
}
