import { describe, expect, it } from 'vitest'
import { contract } from '#shared/contract.ts'
import { errorCodes } from '#shared/result.ts'
import { bannedIn, sourceBans } from './source-bans.ts'
import { filesUnder, read } from './sources.ts'
import {
  dependencyFaults,
  looseVersions,
  registriesIn,
  statementFaults,
  titlesIn,
  tracesIn,
  unfinishedTests,
  unnamed,
  untidyFiles,
  type SourceText,
} from './tidy-rules.ts'

const all = filesUnder('')
const textOf = (file: string): SourceText => ({ file, text: read(file) })
const code = all.filter((f) => /\.(?:ts|tsx|mjs)$/.test(f) && !f.endsWith('.d.ts'))
const tests = code.filter((f) => /\.(?:test|spec)\.tsx?$/.test(f)).map(textOf)
const shipped = code.filter((f) => f.startsWith('src/') && !/\.test\.tsx?$/.test(f)).map(textOf)
const titles = tests.flatMap((t) => titlesIn(t.text))
/** The files of the guards hold the forbidden words themselves. */
const guards = /^test\/architecture\/(?:tidy|source-bans|planted-faults)[a-z.-]*\.ts$/

describe('tidy', () => {
  it('files stay under 400 lines and are named after what they hold', () => {
    expect(untidyFiles(code.map(textOf))).toEqual([])
  })

  it('no test is skipped, focused or left to do', () => {
    expect(unfinishedTests(tests)).toEqual([])
  })

  it('S52 the table of SECURITY.md holds every statement and calls tested exactly those with a test', () => {
    expect(statementFaults(read('SECURITY.md'), titles)).toEqual([])
  })

  it('every call of the contract is named in a test or in the hands that drive the interface', () => {
    const hands = ['tools/demo/desk-driver.ts', 'test/support/open-test-centre.ts', 'test/support/valid-inputs.ts'].map(read)
    const generated = new Set(['security.status'])
    const called = Object.keys(contract).filter((name) => !generated.has(name))
    expect(unnamed(called, [...tests.map((t) => t.text), ...hands])).toEqual([])
  })

  it('every error code is used somewhere in the centre, the shell or the rules they ask', () => {
    const users = shipped.filter((s) => /^src\/(?:main|shared\/(?:referrals|users))\//.test(s.file)).map((s) => s.text)
    const later = new Set(['clock-behind', 'referral-item-missing', 'sync-rules-violated', 'busy'])
    const codes = errorCodes.filter((c) => !later.has(c))
    expect(unnamed(codes, users)).toEqual([])
  })

  it('S50 runtime dependencies are those of SECURITY.md, and every version is exact', () => {
    const pkg = JSON.parse(read('package.json')) as Record<
      'dependencies' | 'devDependencies' | 'optionalDependencies',
      Record<string, string>
    >
    expect(dependencyFaults(read('SECURITY.md'), pkg.dependencies)).toEqual([])
    expect(looseVersions({ ...pkg.devDependencies, ...pkg.optionalDependencies })).toEqual([])
  })

  it('S51 the lockfile names no registry, and nothing tells a machine or the making', () => {
    expect(registriesIn(read('package-lock.json'))).toEqual([])
    const texts = all.filter(
      (f) => /\.(?:ts|tsx|mjs|md|json|yml|html|css)$|^\.ci\//.test(f) && f !== 'package-lock.json' && !guards.test(f),
    )
    expect(texts.map(textOf).flatMap(tracesIn)).toEqual([])
  })

  it('S08 S13 S14 S18 S33 S49 S54 no weak code of the list is in the sources', () => {
    expect(shipped.flatMap(({ file, text }) => bannedIn(file, text))).toEqual([])
  })
})

describe('tidy sees planted faults', () => {
  it.each(sourceBans.map((ban) => [ban.planted, ban] as const))('bans: %s', (planted, ban) => {
    expect(bannedIn('src/main/centre/x.ts', planted)).toContain(`${ban.id} src/main/centre/x.ts: ${ban.instead}`)
  })

  it('lets AES-GCM, argon2 of hash-wasm and gzip pass, and the router use its channel', () => {
    const allowed = "import { argon2id } from 'hash-wasm'\ncreateCipheriv('aes-256-gcm', key, iv)\ngzip(text)\n"
    expect(bannedIn('src/main/platform/x.ts', allowed)).toEqual([])
    expect(bannedIn('src/main/electron/ipc-router.ts', 'ipcMain.handle()')).toEqual([])
  })

  it('a long file, a name by role, a name in capitals', () => {
    const planted = [
      { file: 'src/a.ts', text: '\n'.repeat(400) },
      { file: 'src/utils.ts', text: '' },
      { file: 'src/CasePage.tsx', text: '' },
      { file: 'src/at-the-limit.ts', text: '\n'.repeat(399) },
    ]
    expect(untidyFiles(planted)).toEqual([
      'src/a.ts: more than 400 lines',
      'src/utils.ts: named by role',
      'src/CasePage.tsx: not kebab-case',
    ])
  })

  it.each(['skip', 'only', 'todo', 'fixme'])('a test marked %s', (mark) => {
    expect(unfinishedTests([{ file: 'a.test.ts', text: `it.${mark}('a', f)` }])).toEqual(['a.test.ts'])
  })

  it('a statement without a test, a test without a statement, one listed twice, one missing', () => {
    const whole = read('SECURITY.md')
    const row = (id: string, state: string) => `| ${id} | planted | ${state} |\n`
    expect(statementFaults(`${whole}\n${row('U99', 'tested')}`, titles)).toEqual(['U99 is called tested without a test'])
    expect(statementFaults(whole, [...titles, 'S98 H97 something new'])).toEqual([
      'H97 has a test, the table does not say so',
      'S98 has a test, the table does not say so',
    ])
    expect(statementFaults(`${whole}\n${row('S02', 'not yet')}`, titles)).toEqual(['S02 is listed twice'])
    expect(statementFaults(whole.replace(/^\| H42 .*$/m, ''), titles)).toEqual(['H42 is not in the table'])
  })

  it('a call that nothing tests, a code that nothing says', () => {
    expect(unnamed(['cases.create', 'cases.list'], ["get('cases.create', {})", 'cases.list'])).toEqual(['cases.list'])
  })

  it('a dependency that nobody listed, one that is gone, one without a version; a lockfile that names its source', () => {
    const security = '- runtime: `a` (why)\n- runtime: `b`\n'
    expect(dependencyFaults(security, { a: '1.0.0', b: '1.0.0' })).toEqual([])
    expect(dependencyFaults(security, { a: '^1.0.0', c: '1.0.0' })).toEqual([
      'c is not in SECURITY.md',
      'b is no dependency',
      'a has no exact version',
    ])
    expect(registriesIn('{"a": { "resolved": "https://example.org/a.tgz" }}')).toEqual(['https://example.org/a.tgz'])
  })

  it('a range instead of a version', () => {
    expect(looseVersions({ a: '^1.0.0', b: '1.2.3', c: 'latest', d: 'npm:e@1.0.0', f: '1.0.0-rc.5' })).toEqual(['a', 'c'])
  })

  it.each([
    ['/home/somebody/passerelle', 'a path of a machine'],
    ['https://registry.example.org', 'a registry'],
    ['Co-authored-by: a machine', 'its making'],
    ['see issue 12', 'a number of another book'],
  ])('tells too much: %s', (text, what) => {
    expect(tracesIn({ file: 'a.md', text: `${text}/` })).toEqual([`a.md: ${what}`])
  })
})
