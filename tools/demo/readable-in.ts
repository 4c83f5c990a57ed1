// Looks for a person in files: what a thief of the disk would do first.
import fs from 'node:fs'
import path from 'node:path'

/** The ways in which a text may lie in a file: as typed, decomposed, as the search folds it, and each as 8 or 16 bits a letter. */
function spellings(text: string): readonly Buffer[] {
  const folded = text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
  const all = new Set([text, text.normalize('NFD'), text.toLowerCase(), folded])
  return [...all].flatMap((t) => [Buffer.from(t), Buffer.from(t, 'utf16le')])
}

/**
 * Every place below a folder where one of the texts can be read: `file: text`, names of files included.
 *
 * `except` are files that are meant to be read (a slip that somebody saved). Throws if there is no file at all to look into.
 */
export function readableIn(folder: string, texts: readonly string[], except?: RegExp): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((e) => e.isFile()).map((e) => path.join(e.parentPath, e.name))
  if (files.length === 0) throw new Error(`no file in ${folder}`)
  const wanted = texts.map((text) => [text, spellings(text)] as const)
  return files
    .filter((file) => !except?.test(file))
    .flatMap((file) => {
      const bytes = Buffer.concat([Buffer.from(file), contentOf(file)])
      return wanted.filter(([, ways]) => ways.some((way) => bytes.includes(way))).map(([text]) => `${file}: ${text}`)
    })
}

/** What a file holds; nothing when it went since it was listed: the rest of a killed program may still be tidying up. */
function contentOf(file: string): Buffer {
  try {
    return fs.readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
