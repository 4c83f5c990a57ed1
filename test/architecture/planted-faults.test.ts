import { spawnSync } from 'node:child_process'
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
  'R1 shared imports a test': { file: 'src/shared/x.ts', source: "import '#test/x.ts'\n", says: /R1/ },
  'R2 the page imports Electron': { file: 'src/renderer/x.ts', source: "import 'electron'\n", says: /R2/ },
  'R2 the preload reads files': { file: 'src/preload/bridge.ts', source: "import 'node:fs'\n", says: /R2/ },
  'R3 storage imports Electron': { file: 'src/main/centre/storage/x.ts', source: "import 'electron'\n", says: /R3/ },
  'R4 storage reads files by promises': {
    file: 'src/main/centre/storage/x.ts',
    source: "import 'node:fs/promises'\n",
    says: /R4/,
  },
  'R4 a feature reads files by the old name': { file: 'src/main/centre/features/x.ts', source: "import 'fs'\n", says: /R4/ },
  'R4 the shell starts a program': { file: 'src/main/electron/x.ts', source: "import 'node:child_process'\n", says: /R4/ },
  'R5 the shell opens SQLite': { file: 'src/main/electron/x.ts', source: "import 'better-sqlite3'\n", says: /R5/ },
  'R5 a feature builds queries': { file: 'src/main/centre/features/x.ts', source: "import 'drizzle-orm'\n", says: /R5/ },
  'R7 the page reads the clock': { file: 'src/renderer/x.ts', source: 'export const now = Date.now()\n', says: /R7/ },
  'R7 a rule rolls dice': { file: 'src/shared/x.ts', source: 'export const x = Math.random()\n', says: /R7/ },
  'R7 storage rolls dice': {
    file: 'src/main/centre/storage/stored-json.ts',
    source: 'export const x = Math.random()\n',
    says: /R7/,
  },
  'R7 a feature sets a timer': {
    file: 'src/main/centre/features/x.ts',
    source: 'setTimeout(() => undefined, 1)\n',
    says: /R7/,
  },
  'R7 the centre writes to the console': { file: 'src/main/centre/x.ts', source: "console.log('a')\n", says: /no-console/ },
  'R8 the shell imports a tool': { file: 'src/main/electron/x.ts', source: "import '#tools/x.ts'\n", says: /R8/ },
  'S33 the platform opens a socket': { file: 'src/main/platform/x.ts', source: "import 'node:https'\n", says: /S33/ },
  'S33 a rule opens a socket': { file: 'src/shared/x.ts', source: "export const x = new WebSocket('a')\n", says: /S33/ },
  'a promise where nothing waits': {
    file: 'src/main/x.ts',
    source: 'const f = async (): Promise<void> => {}\n[1].forEach(async () => {\n  await f()\n})\n',
    says: /no-misused-promises/,
  },
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
      /** One line per finding: file, rule, message, and the advice that names the statement. */
      const lint = () => {
        const run = spawnSync(path.join(root, 'node_modules/.bin/oxlint'), ['--type-aware', '--no-ignore', '-f', 'json', 'src'], {
          cwd: folder,
          encoding: 'utf8',
        })
        const { diagnostics } = JSON.parse(run.stdout) as {
          diagnostics: { filename: string; code: string; message: string; help?: string }[]
        }
        return diagnostics.map((d) => `${d.filename}: ${d.code}: ${d.message} ${d.help ?? ''}`)
      }
      for (const [name, fault] of Object.entries(faults)) {
        rmSync(path.join(folder, 'src'), { recursive: true, force: true })
        mkdirSync(path.dirname(path.join(folder, fault.file)), { recursive: true })
        writeFileSync(path.join(folder, fault.file), fault.source)
        if (name === 'an import cycle')
          writeFileSync(path.join(folder, 'src/main/y.ts'), "import { x } from './x.ts'\nexport const y = () => x\n")
        const said = lint().filter((line) => line.startsWith(`${fault.file}: `))
        expect(said.join('\n'), name).toMatch(fault.says)
      }
      rmSync(path.join(folder, 'src'), { recursive: true, force: true })
      mkdirSync(path.join(folder, 'src/main'), { recursive: true })
      writeFileSync(path.join(folder, 'src/main/x.ts'), 'export const x = 1\n')
      expect(lint()).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('the compiler refuses Node in shared, the DOM in main, enums and any by silence', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'passerelle-planted-'))
    try {
      symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
      cpSync(path.join(root, 'tsconfig.base.json'), path.join(folder, 'tsconfig.base.json'))
      const sources: Readonly<Record<string, string>> = { shared: 'export const x = 1\n', main: 'export const x = 1\n' }
      /** What the compiler says when one file of a part holds this. */
      const compiled = (part: string, source: string): string => {
        for (const [name, clean] of Object.entries(sources)) {
          mkdirSync(path.join(folder, 'src', name), { recursive: true })
          cpSync(path.join(root, 'src', name, 'tsconfig.json'), path.join(folder, 'src', name, 'tsconfig.json'))
          writeFileSync(path.join(folder, 'src', name, 'x.ts'), name === part ? source : clean)
        }
        return spawnSync(path.join(root, 'node_modules/.bin/tsc'), ['-b', 'src/shared', 'src/main'], {
          cwd: folder,
          encoding: 'utf8',
        }).stdout
      }
      expect(compiled('shared', 'export const x = process.pid\n')).toMatch(/src\/shared\/x\.ts.*'process'/)
      expect(compiled('shared', 'export const x = document.title\n')).toMatch(/src\/shared\/x\.ts.*'document'/)
      expect(compiled('main', 'export const x = document.title\n')).toMatch(/src\/main\/x\.ts.*'document'/)
      expect(compiled('shared', 'export enum X {\n  A,\n}\n')).toMatch(/src\/shared\/x\.ts.*erasableSyntaxOnly/)
      expect(compiled('main', 'export const f = (x) => x\n')).toMatch(/src\/main\/x\.ts.*implicitly has an 'any' type/)
      expect(compiled('main', 'export const x = 1\n')).toBe('')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
