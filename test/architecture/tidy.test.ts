import { describe, expect, it } from 'vitest'
import { contract } from '#shared/contract.ts'
import { errorCodes } from '#shared/result.ts'
import { filesUnder, read } from './sources.ts'

const all = filesUnder('')
const code = all.filter((f) => /\.(?:ts|tsx|mjs)$/.test(f) && !f.endsWith('.d.ts'))
const tests = code.filter((f) => /\.(?:test|spec)\.tsx?$/.test(f))
const testText = tests.map(read)
const titles = testText.flatMap((text) =>
  [...text.matchAll(/\b(?:it|test)(?:\.each\([\s\S]*?\]\))?\(\s*(['"`])([\s\S]*?)\1/g)].map((m) => m[2] ?? ''),
)
const idPattern = /^(?:[SHUIR]\d{1,2} )+/

/** Ids at the beginning of titles. */
function idsOf(list: readonly string[]): Set<string> {
  return new Set(list.flatMap((t) => idPattern.exec(t)?.[0].trim().split(' ') ?? []))
}

describe('tidy', () => {
  it('files stay under 400 lines and are named after what they hold', () => {
    const long = code.filter((f) => read(f).split('\n').length > 400)
    const badNames = code.filter((f) => /\/(?:utils|helpers|constants|types|misc|common)\.tsx?$/.test(f) && !f.includes('/i18n/'))
    const notKebab = code.filter((f) => !/^[a-z0-9.-]+$/.test(f.split('/').at(-1) ?? ''))
    expect({ long, badNames, notKebab }).toEqual({ long: [], badNames: [], notKebab: [] })
  })

  it('no test is skipped, focused or left to do', () => {
    const marked = tests.filter(
      (f) =>
        /\b(?:it|test|describe)\.(?:skip|only|todo|fixme)\b|\bx(?:it|describe)\(/.test(read(f)) && !f.endsWith('tidy.test.ts'),
    )
    expect(marked).toEqual([])
  })

  it('S52 the statements that SECURITY.md calls tested are those with a test', () => {
    const listed = new Set([...read('SECURITY.md').matchAll(/^\| ([SHUIR]\d{1,2}) \|[^|]*\| tested \|/gm)].map((m) => m[1] ?? ''))
    const tested = idsOf(titles)
    expect([...tested].filter((id) => !listed.has(id)).toSorted()).toEqual([])
    expect([...listed].filter((id) => !tested.has(id)).toSorted()).toEqual([])
  })

  it('every call of the contract is named in a test or in the hands that drive the interface', () => {
    const text = [...testText, read('tools/demo/desk-driver.ts'), read('test/support/open-test-centre.ts')].join('\n')
    const generated = new Set(['security.status'])
    expect(Object.keys(contract).filter((name) => !generated.has(name) && !text.includes(`'${name}'`))).toEqual([])
  })

  it('every error code is used somewhere in the centre or the shell', () => {
    const sources = code
      .filter((f) => f.startsWith('src/main/') && !f.endsWith('.test.ts'))
      .map(read)
      .join('\n')
    const later = new Set(['clock-behind', 'referral-item-missing', 'referral-not-due', 'sync-rules-violated', 'busy'])
    expect(errorCodes.filter((c) => !later.has(c) && !sources.includes(`'${c}'`))).toEqual([])
  })

  it('S50 runtime dependencies are those of SECURITY.md, and every version is exact', () => {
    const pkg = JSON.parse(read('package.json')) as Record<
      'dependencies' | 'devDependencies' | 'optionalDependencies',
      Record<string, string>
    >
    const listed = [...read('SECURITY.md').matchAll(/^- runtime: `([^`]+)`/gm)].map((m) => m[1])
    expect(Object.keys(pkg.dependencies)).toEqual(listed)
    const versions = Object.entries({ ...pkg.dependencies, ...pkg.devDependencies, ...pkg.optionalDependencies })
    expect(versions.filter(([, v]) => !/^(?:npm:[a-z0-9-]+@)?\d+\.\d+\.\d+(?:-[a-z0-9.]+)?$/.test(v))).toEqual([])
  })

  it('S51 the lockfile names no registry, and nothing tells a path of a machine', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"/)
    const texts = all.filter(
      (f) => /\.(?:ts|tsx|mjs|md|json|yml|html|css)$/.test(f) && f !== 'package-lock.json' && !f.endsWith('tidy.test.ts'),
    )
    expect(texts.filter((f) => /(?<![\w.])\/(?:work|root|home\/[a-z]+)\//.test(read(f)))).toEqual([])
  })

  it('S13 S14 S08 no webview, no opening of addresses, no weakened window in the sources', () => {
    const sources = code.filter((f) => f.startsWith('src/') && !/\.test\.tsx?$/.test(f))
    const banned =
      /<webview|openExternal|openPath|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|webSecurity:\s*false|autoUpdater|crashReporter|addRecentDocument|createCipheriv\(\s*['"]chacha|crypto\.argon2|zstdCompress|\.innerHTML/
    expect(sources.filter((f) => banned.test(read(f)))).toEqual([])
  })

  it('S18 ipcMain is used by the router alone', () => {
    const users = code.filter((f) => f.startsWith('src/main/') && !f.endsWith('.test.ts') && /\bipcMain\b/.test(read(f)))
    expect(users.toSorted()).toEqual([
      'src/main/electron/electron-surface.ts',
      'src/main/electron/electron.ts',
      'src/main/electron/ipc-router.ts',
    ])
  })
})
