import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './sources.ts'

interface Fault {
  readonly file: string
  readonly source: string
  /** What the linter must say of it. */
  readonly says: RegExp
}

/** One fault per guard; each must be caught, or the guard is asleep. */
const faults: Readonly<Record<string, Fault>> = {
  'R1 shared reads files': { file: 'src/shared/x.ts', source: "import 'node:fs'\n", says: /R1/ },
  'R2 the page imports the centre': { file: 'src/renderer/x.ts', source: "import '#main/index.ts'\n", says: /R2/ },
  'R3 a feature imports Electron': { file: 'src/main/centre/features/x.ts', source: "import 'electron'\n", says: /R3/ },
  'R4 a feature reads files': { file: 'src/main/centre/features/x.ts', source: "import 'node:fs'\n", says: /R4/ },
  'R5 a feature opens SQLite': { file: 'src/main/centre/features/x.ts', source: "import 'better-sqlite3'\n", says: /R5/ },
  'R7 a feature reads the clock': {
    file: 'src/main/centre/features/x.ts',
    source: 'export const now = Date.now()\n',
    says: /R7/,
  },
  'R7 a feature parses JSON by itself': {
    file: 'src/main/centre/features/x.ts',
    source: "export const x = JSON.parse('1') as number\n",
    says: /R7/,
  },
  'S33 the page calls fetch': { file: 'src/renderer/x.ts', source: "export const x = fetch('/a')\n", says: /S33/ },
  'S33 main opens a socket': { file: 'src/main/centre/x.ts', source: "import 'node:net'\n", says: /S33/ },
  'S38 the page writes the clipboard': {
    file: 'src/renderer/x.ts',
    source: "export const x = () => navigator.clipboard.writeText('a')\n",
    says: /S38/,
  },
  'S17 the page keeps data': { file: 'src/renderer/x.ts', source: "localStorage.setItem('a', 'b')\n", says: /S17/ },
  'a promise left floating': {
    file: 'src/main/x.ts',
    source: 'const f = async () => 1\nexport const g = () => {\n  f()\n}\n',
    says: /no-floating-promises/,
  },
  'a default export': { file: 'src/main/x.ts', source: 'export default 1\n', says: /no-default-export/ },
  'any in the sources': { file: 'src/main/x.ts', source: 'export const x: any = 1\n', says: /no-explicit-any/ },
  'an import cycle': {
    file: 'src/main/x.ts',
    source: "import { y } from './y.ts'\nexport const x = () => y\n",
    says: /no-cycle/,
  },
  'raw HTML in the page': {
    file: 'src/renderer/x.tsx',
    source: 'export const X = () => <p dangerouslySetInnerHTML={{ __html: "a" }} />\n',
    says: /no-danger/,
  },
}

describe('planted faults', () => {
  it('every lint guard is seen to catch its fault, and clean code passes', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'passerelle-planted-'))
    try {
      for (const name of ['.oxlintrc.json', 'tsconfig.base.json', 'package.json'])
        cpSync(path.join(root, name), path.join(folder, name))
      writeFileSync(
        path.join(folder, 'tsconfig.json'),
        '{ "extends": "./tsconfig.base.json", "compilerOptions": { "jsx": "react-jsx", "lib": ["ES2024", "DOM"] }, "include": ["src"] }',
      )
      symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
      const lint = () => {
        try {
          return execFileSync(path.join(root, 'node_modules/.bin/oxlint'), ['--type-aware', '--no-ignore', '-f', 'unix', 'src'], {
            cwd: folder,
            encoding: 'utf8',
            stdio: 'pipe',
          })
        } catch (error) {
          return String((error as { stdout?: string }).stdout)
        }
      }
      for (const [name, fault] of Object.entries(faults)) {
        rmSync(path.join(folder, 'src'), { recursive: true, force: true })
        mkdirSync(path.dirname(path.join(folder, fault.file)), { recursive: true })
        writeFileSync(path.join(folder, fault.file), fault.source)
        if (name === 'an import cycle')
          writeFileSync(path.join(folder, 'src/main/y.ts'), "import { x } from './x.ts'\nexport const y = () => x\n")
        expect(`${name}: ${lint()}`).toMatch(fault.says)
      }
      rmSync(path.join(folder, 'src'), { recursive: true, force: true })
      mkdirSync(path.join(folder, 'src/main'), { recursive: true })
      writeFileSync(path.join(folder, 'src/main/x.ts'), 'export const x = 1\n')
      expect(lint()).not.toMatch(/Error/)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('the compiler refuses Node in shared and the DOM in main', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'passerelle-planted-'))
    try {
      symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
      cpSync(path.join(root, 'tsconfig.base.json'), path.join(folder, 'tsconfig.base.json'))
      for (const part of ['shared', 'main']) {
        mkdirSync(path.join(folder, 'src', part), { recursive: true })
        cpSync(path.join(root, 'src', part, 'tsconfig.json'), path.join(folder, 'src', part, 'tsconfig.json'))
      }
      writeFileSync(path.join(folder, 'src/shared/x.ts'), 'export const x = process.pid\n')
      writeFileSync(path.join(folder, 'src/main/x.ts'), 'export const x = document.title\n')
      let said = ''
      try {
        execFileSync(path.join(root, 'node_modules/.bin/tsc'), ['-b', 'src/shared', 'src/main'], {
          cwd: folder,
          encoding: 'utf8',
          stdio: 'pipe',
        })
      } catch (error) {
        said = String((error as { stdout?: string }).stdout)
      }
      expect(said).toMatch(/src\/shared\/x\.ts.*'process'/)
      writeFileSync(path.join(folder, 'src/shared/x.ts'), 'export const x = 1\n')
      try {
        execFileSync(path.join(root, 'node_modules/.bin/tsc'), ['-b', 'src/main'], {
          cwd: folder,
          encoding: 'utf8',
          stdio: 'pipe',
        })
      } catch (error) {
        said = String((error as { stdout?: string }).stdout)
      }
      expect(said).toMatch(/src\/main\/x\.ts.*'document'/)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
