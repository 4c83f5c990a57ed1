import { cpSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createPackageWithOptions, uncacheAll } from '@electron/asar'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { fakeProgram } from './fake-distribution.ts'
import { asarBytesMax, asarIn, needed, packageFaults } from './package-rules.ts'

const fuses = '010011001'

interface Tree {
  /** What was built. */
  readonly source: string
  /** What goes into the archive: the same until a fault is planted. */
  readonly content: string
  readonly packed: string
}

/** A package of the needed files and nothing more, packed after `plant` had its way. */
async function faultsWith(plant: (tree: Tree) => void = () => undefined): Promise<string[]> {
  const folder = tempFolder()
  const tree = { source: path.join(folder, 'source'), content: path.join(folder, 'content'), packed: path.join(folder, 'packed') }
  for (const file of needed) {
    mkdirSync(path.dirname(path.join(tree.source, file)), { recursive: true })
    writeFileSync(path.join(tree.source, file), `{"file": "${file}"}`)
  }
  cpSync(tree.source, tree.content, { recursive: true })
  mkdirSync(path.join(tree.packed, 'resources'), { recursive: true })
  fakeProgram(path.join(tree.packed, 'passerelle'), fuses)
  plant(tree)
  await createPackageWithOptions(tree.content, asarIn(tree.packed), { unpack: '*.node' })
  uncacheAll()
  return packageFaults(tree.packed, tree.source)
}
const add = (tree: Tree, file: string) => {
  for (const side of [tree.source, tree.content]) {
    mkdirSync(path.dirname(path.join(side, file)), { recursive: true })
    writeFileSync(path.join(side, file), 'x')
  }
}

describe('the package', () => {
  it('S24 S28 is accepted when it holds what it must and no more', async () => {
    expect(await faultsWith()).toEqual([])
    expect(await faultsWith((tree) => add(tree, '/resources/reference/places.csv'))).toEqual([])
  })

  it.each([
    '/out/main/index.js.map',
    '/src/main/index.ts',
    '/test/e2e/app.ts',
    '/out/renderer/assets/page.tsx',
    '/resources/forms/notes',
    '/node_modules/react/index.js',
    '/node_modules/better-sqlite3/src/better_sqlite3.cpp',
    '/node_modules/better-sqlite3/prebuilds/win32-x64.node',
  ])('S28 a path that nobody reviewed is refused: %s', async (file) => {
    expect(await faultsWith((tree) => add(tree, file))).toEqual([`${file}: nobody reviewed this path`])
  })

  it.each([...needed])('S28 a missing file is noticed: %s', async (file) => {
    expect(await faultsWith((tree) => rmSync(path.join(tree.content, file)))).toEqual([`${file}: missing`])
  })

  it.each(['/out/main/worker.js', '/node_modules/better-sqlite3/prebuilds/linux-x64.node'])(
    'S28 a file that is not the one that was built is noticed: %s',
    async (file) => {
      expect(await faultsWith((tree) => writeFileSync(path.join(tree.content, file), 'other'))).toEqual([
        `${file}: not what was built`,
      ])
    },
  )

  it('S28 the archive may be as large as its limit and not a byte larger', async () => {
    const grown = (bytes: number) =>
      faultsWith((tree) => {
        for (const side of [tree.source, tree.content]) truncateSync(path.join(side, '/out/main/index.js'), bytes)
      })
    const [fault] = await grown(asarBytesMax)
    const size = Number(/^app\.asar: (\d+) bytes$/.exec(fault ?? '')?.[1])
    const rest = size - asarBytesMax
    expect(await grown(asarBytesMax - rest)).toEqual([])
    expect(await grown(asarBytesMax - rest + 1)).toEqual([`app.asar: ${asarBytesMax + 1} bytes`])
  })

  it.each([
    ['RunAsNode is not off', 0],
    ['EnableCookieEncryption is not on', 1],
    ['EnableNodeOptionsEnvironmentVariable is not off', 2],
    ['EnableNodeCliInspectArguments is not off', 3],
    ['EnableEmbeddedAsarIntegrityValidation is not on', 4],
    ['OnlyLoadAppFromAsar is not on', 5],
    ['LoadBrowserProcessSpecificV8Snapshot is not off', 6],
    ['GrantFileProtocolExtraPrivileges is not off', 7],
    ['WasmTrapHandlers is not on', 8],
  ])('S24 a fuse that is set otherwise is noticed: %s', async (what, at) => {
    const flipped = [...fuses].map((f, i) => (i === at ? String(1 - Number(f)) : f)).join('')
    expect(await faultsWith((tree) => fakeProgram(path.join(tree.packed, 'passerelle'), flipped))).toEqual([`fuse ${what}`])
  })

  it('S24 a package without its program is refused', async () => {
    expect(await faultsWith((tree) => rmSync(path.join(tree.packed, 'passerelle')))).toEqual(['no program'])
  })
})
