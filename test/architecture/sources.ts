import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')
const left = new Set(['node_modules', 'out', 'release', '.git', '.tsbuild', 'test-results', 'demo-output', 'playwright-report'])

/** Every file of the repository below a folder, relative, `/`-separated. */
export function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (left.has(entry.name)) return []
    return entry.isDirectory() ? filesUnder(name) : [name]
  })
}

export const read = (name: string): string => readFileSync(path.join(root, name), 'utf8')

/** Specifiers of static, dynamic and re-exporting imports; type-only ones included. */
export function importsOf(source: string): string[] {
  return [
    ...source.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"\n]*?(?:\n[^'"]*?)?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g,
    ),
  ].map((m) => m[1] ?? m[2] ?? m[3] ?? '')
}

/** The file that an import of a source file means, or undefined for a package. */
export function resolved(from: string, specifier: string): string | undefined {
  const alias = /^#(shared|main|renderer|test|tools)\/(.*)$/.exec(specifier)
  if (alias) return `${alias[1] === 'test' || alias[1] === 'tools' ? '' : 'src/'}${alias[1]}/${alias[2]}`
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : undefined
}
