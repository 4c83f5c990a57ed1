import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { watchedFunctions } from '#test/support/watched-disk.ts'

/** Functions of `node:fs` that change nothing on a disk. */
const harmless = [
  'existsSync',
  'readFileSync',
  'readSync',
  'readdirSync',
  'statSync',
  'fstatSync',
  'statfsSync',
  'realpathSync',
  'promises',
]

/** What a source calls of `node:fs`, and of a file handle that it opened. */
function callsOf(source: string): { readonly functions: readonly string[]; readonly ofHandle: readonly string[] } {
  const found = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map((m) => m[1]!))].toSorted()
  return { functions: found(/\bfs\.(\w+)/g), ofHandle: found(/\bhandle\.(\w+)\(/g) }
}

describe('the watched disk', () => {
  const source = ['disk-files', 'outside-folder']
    .map((name) => readFileSync(path.resolve(import.meta.dirname, `../../src/main/platform/${name}.ts`), 'utf8'))
    .join('\n')

  it('sees every function with which the files of the application are written', () => {
    const known: readonly string[] = [...watchedFunctions, ...harmless]
    const { functions, ofHandle } = callsOf(source)
    expect(functions.filter((name) => !known.includes(name))).toEqual([])
    expect(ofHandle).toEqual(['close', 'read', 'sync', 'writeFile'])
    expect([...source.matchAll(/fs\.promises\.(\w+)\(/g)].map((m) => m[1]).filter((name) => name !== 'open')).toEqual([])
  })

  it('misses none that is planted', () => {
    const planted = `${source}\nfs.copyFileSync(a, b)\nawait handle.truncate(3)`
    expect(callsOf(planted).functions).toContain('copyFileSync')
    expect(callsOf(planted).ofHandle).toContain('truncate')
  })
})
