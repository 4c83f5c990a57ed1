import { describe, expect, it } from 'vitest'
import { climbingImports, cycleIn, featureFaults, folderEdges, layerEdges } from './import-rules.ts'
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
    const faults: string[] = []
    for (const file of sources) {
      for (const name of importsOf(read(file))) {
        const isRenderer = file.startsWith('src/renderer/') || file.startsWith('src/preload/')
        if (file.startsWith('src/shared/') && !/^(?:zod$|\.|#shared\/)/.test(name)) faults.push(`R1 ${file}: ${name}`)
        if (isRenderer && /^(?:node:|#main\/|better-sqlite3|drizzle)/.test(name)) faults.push(`R2 ${file}: ${name}`)
        if (name === 'electron' && !/^src\/(?:main\/index\.ts|main\/electron\/|preload\/)/.test(file)) faults.push(`R3 ${file}`)
        if (/^node:(?:fs|child_process|net|http|https|dgram|tls)/.test(name) && !/^src\/main\/(?:platform|electron)\//.test(file))
          faults.push(`R4 ${file}: ${name}`)
        if (
          /^(?:better-sqlite3|drizzle-orm)/.test(name) &&
          !/^src\/main\/centre\/(?:storage\/|features\/.*-repository\.ts)/.test(file)
        )
          faults.push(`R5 ${file}: ${name}`)
      }
    }
    expect(faults).toEqual([])
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
