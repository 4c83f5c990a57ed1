import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { read, root } from './sources.ts'

interface Fault {
  readonly file: string
  readonly source: string
  /** What the linter must say of it. */
  readonly says: RegExp
}

/** One fault per guard; each must be caught, or the guard is asleep. `x` in a file's name becomes its own number, so that all lie in one tree. */
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
  'a string run as code': { file: 'src/main/x.ts', source: "export const x = eval('1') as number\n", says: /no-eval/ },
  'a function made of a string': {
    file: 'src/main/x.ts',
    source: "export const x = new Function('1')\n",
    says: /no-new-func|no-implied-eval/,
  },
  'waiting for what is no promise': {
    file: 'src/main/x.ts',
    source: 'export const f = async () => {\n  await 1\n}\n',
    says: /await-thenable/,
  },
  'raw HTML in the page': {
    file: 'src/renderer/x.tsx',
    source: 'export const X = () => <p dangerouslySetInnerHTML={{ __html: "a" }} />\n',
    says: /no-danger/,
  },
}

const bin = (name: string) => path.join(root, 'node_modules/.bin', name)

/** A folder with the configuration of the repository and nothing of its sources, for the time of one test. */
function emptyTree(): string {
  const folder = tempFolder()
  for (const name of ['.oxlintrc.json', '.prettierrc.json', 'tsconfig.base.json', 'package.json'])
    cpSync(path.join(root, name), path.join(folder, name))
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  return folder
}

function plant(folder: string, file: string, source: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
  writeFileSync(path.join(folder, file), source)
}

/** Lints the sources of a tree; gives what was said of a file: rule, message, and the advice that names the statement. */
function lintOf(folder: string): (file: string) => string[] {
  const run = spawnSync(bin('oxlint'), ['--type-aware', '--no-ignore', '-f', 'json', 'src'], { cwd: folder, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(run.stdout) as {
    diagnostics: { filename: string; code: string; message: string; help?: string }[]
  }
  return (file) => diagnostics.filter((d) => d.filename === file).map((d) => `${d.code}: ${d.message} ${d.help ?? ''}`)
}

interface Ban {
  /** The n-th file of a place where it holds. */
  readonly file: (n: number) => string
  readonly source: string
  readonly says: string
}

/** A place of each override of the lint configuration, where no later override of the same rule holds. */
const places: Readonly<Record<string, (n: number) => string>> = {
  'src/**': (n) => `src/main/electron/x${n}.ts`,
  'src/shared/**': (n) => `src/shared/x${n}.ts`,
  'src/main/**': (n) => `src/main/centre/features/x${n}.ts`,
  'src/renderer/**': (n) => `src/renderer/x${n}.ts`,
  'src/main/centre/storage/**': (n) => `src/main/centre/storage/x${n}.ts`,
  'src/main/index.ts': (n) => `src/main/electron/x${n}.ts`,
  'src/main/platform/**': (n) => `src/main/platform/x${n}.ts`,
}

/** Every name that `.oxlintrc.json` bans, once for every override that bans it; those of a single file are among the faults above. */
function bannedNames(): Ban[] {
  interface Named {
    readonly name?: string
    readonly object?: string
    readonly property?: string
    readonly message: string
    readonly patterns?: readonly { readonly group: readonly string[]; readonly message: string }[]
  }
  const config = JSON.parse(read('.oxlintrc.json')) as {
    overrides: { files: string[]; rules: Record<string, string | (string | Named)[]> }[]
  }
  return config.overrides.flatMap(({ files, rules }) => {
    const file = places[files[0] ?? '']
    if (!file) return []
    const listed = (rule: string) => [rules[rule] ?? []].flat().filter((e): e is Named => typeof e === 'object')
    return [
      ...listed('no-restricted-globals').map((g) => ({ file, source: `export const x: unknown = ${g.name}\n`, says: g.message })),
      ...listed('no-restricted-properties').map((p) => ({
        file,
        source: `export const x: unknown = ${p.object}.${p.property}\n`,
        says: p.message,
      })),
      ...listed('no-restricted-imports')
        .flatMap((e) => e.patterns ?? [])
        .flatMap(({ group, message }) =>
          group.map((g) => ({ file, source: `import '${g.replace(/\*+/g, 'a')}'\n`, says: message })),
        ),
    ]
  })
}

describe('planted faults', () => {
  it('every lint guard is seen to catch its fault, and clean code passes', () => {
    const folder = emptyTree()
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      '{ "extends": "./tsconfig.base.json", "compilerOptions": { "jsx": "react-jsx", "lib": ["ES2024", "DOM"] }, "include": ["src"] }',
    )
    const planted = Object.entries(faults).map(([name, fault], i) => {
      const file = fault.file.replace(/\/x(\.tsx?)$/, `/x${i}$1`)
      plant(folder, file, fault.source.replace('./y.ts', `./y${i}.ts`))
      if (name === 'an import cycle')
        plant(folder, `src/main/y${i}.ts`, `import { x } from './x${i}.ts'\nexport const y = () => x\n`)
      return { name, file, says: fault.says }
    })
    const clean = ['shared', 'preload', 'main', 'main/centre/features', 'renderer'].map((part) => `src/${part}/clean.ts`)
    for (const file of clean) plant(folder, file, 'export const x = 1\n')
    const saidOf = lintOf(folder)
    for (const { name, file, says } of planted) expect(saidOf(file).join('\n'), name).toMatch(says)
    expect(clean.flatMap(saidOf)).toEqual([])
  })

  it('every single name that the lint configuration bans is seen, in every place it is banned from', () => {
    const folder = emptyTree()
    writeFileSync(path.join(folder, 'tsconfig.json'), '{ "extends": "./tsconfig.base.json", "include": ["src"] }')
    const bans = bannedNames()
    expect(bans.length).toBeGreaterThan(150)
    bans.forEach((ban, i) => plant(folder, ban.file(i), ban.source))
    const found = lintOf(folder)
    const missed = bans.filter((ban, i) => !found(ban.file(i)).some((line) => line.includes(ban.says)))
    expect(missed.map((ban) => `${ban.file(0)}: ${ban.source}`)).toEqual([])
  })

  it('the compiler keeps Node out of shared, preload and page, the DOM out of main, and finds what is loose', () => {
    const folder = emptyTree()
    const parts = ['shared', 'preload', 'main', 'renderer']
    for (const part of parts) {
      plant(folder, `src/${part}/clean.ts`, 'export const x = 1\n')
      cpSync(path.join(root, 'src', part, 'tsconfig.json'), path.join(folder, 'src', part, 'tsconfig.json'))
    }
    const compiled = () =>
      spawnSync(bin('tsc'), ['-b', ...parts.map((part) => `src/${part}`)], { cwd: folder, encoding: 'utf8' }).stdout.split('\n')
    expect(compiled()).toEqual([''])
    const loose: readonly (readonly [part: string, source: string, says: RegExp])[] = [
      ...['shared', 'preload', 'renderer'].flatMap((part) => [
        [part, "import fs from 'node:fs'\nexport const x = fs\n", /node:fs/] as const,
        [part, 'export const x = process.pid\n', /'process'/] as const,
        [part, "export const x = Buffer.from('a')\n", /'Buffer'/] as const,
      ]),
      ['shared', 'export const x = document.title\n', /'document'/],
      ['main', 'export const x = document.title\n', /'document'/],
      ['main', 'export const x = window.name\n', /'window'/],
      ['shared', "import { x } from '#main/clean.ts'\nexport const y = x\n", /not listed|not under/],
      ['renderer', "import { x } from '#main/clean.ts'\nexport const y = x\n", /not listed|not under/],
      ['preload', "import { x } from '#renderer/clean.ts'\nexport const y = x\n", /not listed|not under/],
      ['main', "import { x } from '#renderer/clean.ts'\nexport const y = x\n", /not listed|not under/],
      ['shared', 'export enum X {\n  A,\n}\n', /erasableSyntaxOnly/],
      ['main', 'export const f = (x) => x\n', /implicitly has an 'any' type/],
      ['main', 'export const f = (a: number[]): number => a[0]\n', /'number \| undefined'/],
      ['main', 'export const f = () => {\n  const unused = 1\n}\n', /'unused'/],
    ]
    loose.forEach(([part, source], i) => plant(folder, `src/${part}/x${i}.ts`, source))
    const lines = compiled()
    loose.forEach(([part, source, says], i) =>
      expect(lines.filter((line) => line.startsWith(`src/${part}/x${i}.ts`)).join('\n'), source).toMatch(says),
    )
    expect(lines.filter((line) => /^src\/\w+\/(?!x\d)/.test(line))).toEqual([])
  })

  it('a file in another form, and a file that nothing uses, are found', () => {
    const folder = emptyTree()
    plant(folder, 'src/main/index.ts', 'export const x = 1\n')
    plant(folder, 'src/main/form.ts', 'export const x = "1";\n')
    const form = spawnSync(bin('prettier'), ['--list-different', 'src'], { cwd: folder, encoding: 'utf8' })
    expect(form.stdout).toBe('src/main/form.ts\n')
    cpSync(path.join(root, 'knip.ts'), path.join(folder, 'knip.ts'))
    const unused = spawnSync(bin('knip'), ['--include', 'files', '--reporter', 'json'], { cwd: folder, encoding: 'utf8' })
    expect(unused.stdout).toContain('src/main/form.ts')
  })
})
