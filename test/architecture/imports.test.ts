import { describe, expect, it } from 'vitest'
import { climbingImports, cycleIn, featureFaults, folderEdges, layerEdges, placeFaults } from './import-rules.ts'
import { filesUnder, importsOf, read } from './sources.ts'

const sources = filesUnder('src').filter((f) => /\.tsx?$/.test(f) && !/\.test\.tsx?$/.test(f) && !f.endsWith('.d.ts'))

/** The picture in ARCHITECTURE.md: lines `from -> to` of its block `layers`. */
function picture(): Set<string> {
  const block = /```layers\n([\s\S]*?)```/.exec(read('ARCHITECTURE.md'))?.[1] ?? ''
  return new Set(block.split('\n').filter((l) => l.includes('->')))
}

describe('imports', () => {
  it('R8 the import graph equals the picture in ARCHITECTURE.md', () => {
    const edges = layerEdges(sources, read)
    expect([...edges].toSorted()).toEqual([...picture()].toSorted())
  })

  it('R8 neither layers nor features go in a circle', () => {
    expect(cycleIn(layerEdges(sources, read))).toBeUndefined()
    expect(cycleIn(folderEdges(sources, read))).toBeUndefined()
  })

  it('R6 a feature is entered by its index, and nothing in the page climbs out of its folder', () => {
    expect(featureFaults(sources, read)).toEqual([])
    expect(climbingImports(sources, read)).toEqual([])
  })

  it('R1 R2 R3 R4 R5 sources import only what their place allows', () => {
    expect(placeFaults(sources, read)).toEqual([])
  })

  it.each([
    ['R1', 'src/shared/cases/x.ts', 'node:fs'],
    ['R1', 'src/shared/cases/x.ts', 'react'],
    ['R1', 'src/shared/cases/x.ts', '#main/centre/centre.ts'],
    ['R2', 'src/renderer/features/x.tsx', '#main/centre/centre.ts'],
    ['R2', 'src/renderer/features/x.tsx', 'node:crypto'],
    ['R2', 'src/preload/x.ts', 'better-sqlite3'],
    ['R3', 'src/main/centre/x.ts', 'electron'],
    ['R3', 'src/renderer/x.ts', 'electron/renderer'],
    ['R4', 'src/main/centre/storage/x.ts', 'node:fs/promises'],
    ['R4', 'src/main/centre/x.ts', 'child_process'],
    ['R5', 'src/main/centre/features/cases/x.ts', 'better-sqlite3'],
    ['R5', 'src/main/electron/x.ts', 'drizzle-orm/sqlite-core'],
  ])('%s sees what is planted in %s: %s', (id, file, name) => {
    expect(placeFaults([file], () => `import '${name}'\n`)).toContain(`${id} ${file}: ${name}`)
  })

  it('lets every place have what it may', () => {
    const allowed: Readonly<Record<string, string>> = {
      'src/shared/x.ts': "import 'zod'\nimport '#shared/y.ts'\nimport './z.ts'\n",
      'src/preload/x.ts': "import 'electron'\n",
      'src/main/platform/x.ts': "import 'node:fs'\n",
      'src/main/centre/features/cases/cases-repository.ts': "import 'drizzle-orm'\n",
    }
    expect(placeFaults(Object.keys(allowed), (name) => allowed[name] ?? '')).toEqual([])
  })

  it('sees an import in every form it can be written', () => {
    const source = [
      "import 'a'",
      "import { type B } from 'b'",
      "import type C from 'c'",
      "import {\n  d,\n} from 'd'",
      "export * from 'e'",
      "export { f } from 'f'",
      "const g = await import('g')",
    ].join('\n')
    expect(importsOf(source).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
  })

  it('sees a planted circle, a climb, and an import of a tool', () => {
    const planted: Record<string, string> = {
      'src/main/centre/features/cases/a.ts': "import { x } from '../forms/index.ts'",
      'src/main/centre/features/forms/index.ts': "import { y } from '#main/centre/features/cases/index.ts'",
      'src/renderer/features/cases/b.tsx': "import { z } from '../../ui/text.tsx'",
      'src/main/electron/c.ts': "import { w } from '#tools/start/start.ts'",
    }
    const files = Object.keys(planted)
    const from = (name: string) => planted[name] ?? ''
    expect(cycleIn(folderEdges(files, from))).toEqual(['main/cases', 'main/forms', 'main/cases'])
    expect(cycleIn(['a -> b', 'b -> c', 'd -> b', 'c -> e'])).toBeUndefined()
    expect(cycleIn(['a -> b', 'b -> c', 'c -> b'])).toEqual(['b', 'c', 'b'])
    expect(climbingImports(files, from)).toEqual(['src/renderer/features/cases/b.tsx: ../../ui/text.tsx'])
    expect([...layerEdges(files, from)]).toContain('main/electron -> outside')
  })

  it('sees a planted fault: an upward import, a feature entered by the side', () => {
    const planted: Record<string, string> = {
      'src/shared/bad.ts': "import { x } from '#main/centre/centre.ts'",
      'src/renderer/features/cases/bad.tsx': "import { y } from '#renderer/features/directory/service-table.tsx'",
    }
    const files = Object.keys(planted)
    const from = (name: string) => planted[name] ?? ''
    expect([...layerEdges(files, from)]).toContain('shared -> centre')
    expect(featureFaults(files, from)).toEqual([
      'src/renderer/features/cases/bad.tsx enters src/renderer/features/directory/service-table.tsx',
    ])
  })
})
