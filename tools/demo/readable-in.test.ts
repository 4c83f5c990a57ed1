import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { markers } from './demo-people.ts'
import { readableIn } from './readable-in.ts'

describe('looking for a person in files', () => {
  it.each([
    ['as typed', 'rows.db', Buffer.from('..Aïssatou..')],
    ['decomposed', 'rows.db', Buffer.from('..Aïssatou..'.normalize('NFD'))],
    ['as the search folds it', 'rows.db', Buffer.from('..aissatou..')],
    ['with 16 bits a letter', 'cache', Buffer.from('.Aïssatou', 'utf16le')],
    ['in a name', 'Aïssatou.txt', Buffer.from('x')],
  ])('sees a planted name %s, also deep in a folder', (_how, name, bytes) => {
    const folder = tempFolder()
    mkdirSync(path.join(folder, 'a/b'), { recursive: true })
    const file = path.join(folder, 'a/b', name)
    writeFileSync(file, bytes)
    expect(readableIn(folder, markers)).toEqual([`${file}: Aïssatou`])
    expect(readableIn(folder, markers, /a\/b/)).toEqual([])
  })

  it('does not pass over a folder without files', () => {
    expect(() => readableIn(tempFolder(), markers)).toThrow('no file')
  })
})
