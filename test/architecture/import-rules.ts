import { importsOf, resolved } from './sources.ts'

/** Where a source file lies in the picture of ARCHITECTURE.md. */
export function layerOf(file: string): string {
  const rules: readonly (readonly [RegExp, string])[] = [
    [/^src\/shared\//, 'shared'],
    [/^src\/preload\//, 'preload'],
    [/^src\/main\/index\.ts$/, 'main/index'],
    [/^src\/main\/electron\//, 'main/electron'],
    [/^src\/main\/platform\//, 'main/platform'],
    [/^src\/main\/centre\/worker\.ts$/, 'centre/worker'],
    [/^src\/main\/centre\/features\//, 'centre/features'],
    [/^src\/main\/centre\/storage\//, 'centre/storage'],
    [/^src\/main\/centre\/crypto\//, 'centre/crypto'],
    [/^src\/main\/centre\/(?:ports|worker-protocol)\.ts$/, 'centre/ports'],
    [/^src\/main\/centre\/(?:feature|reference-data|desk-day|jobs)\.ts$/, 'centre/context'],
    [/^src\/main\/centre\//, 'centre'],
    [/^src\/renderer\/(?:features|print\.tsx)/, 'renderer/features'],
    [/^src\/renderer\/(?:main\.tsx|routes\.tsx|shell\/)/, 'renderer/shell'],
    [/^src\/renderer\//, 'renderer/ui'],
  ]
  return rules.find(([pattern]) => pattern.test(file))?.[1] ?? 'outside'
}

/** The edges between layers that sources have: `from -> to`. */
export function layerEdges(files: readonly string[], read: (name: string) => string): Set<string> {
  const edges = new Set<string>()
  for (const file of files) {
    for (const specifier of importsOf(read(file))) {
      const target = resolved(file, specifier)
      if (target === undefined || /\.(?:css|json)$/.test(target)) continue
      const [from, to] = [layerOf(file), layerOf(target)]
      if (from !== to) edges.add(`${from} -> ${to}`)
    }
  }
  return edges
}

/** Imports that break R6: a feature entered by something else than its index, or `../` out of a feature's folder in the page. */
export function featureFaults(files: readonly string[], read: (name: string) => string): string[] {
  const faults: string[] = []
  const featureOf = (file: string) => /^(src\/(?:main\/centre|renderer)\/features\/[^/]+)\//.exec(file)?.[1]
  for (const file of files) {
    for (const specifier of importsOf(read(file))) {
      const target = resolved(file, specifier)
      const theirs = target === undefined ? undefined : featureOf(target)
      if (theirs === undefined || theirs === featureOf(file)) continue
      const lazyScreen = file.startsWith('src/renderer/shell/') || file === 'src/renderer/routes.tsx'
      if (!target?.endsWith('/index.ts') && !lazyScreen) faults.push(`${file} enters ${target}`)
    }
  }
  return faults
}

/** The folder of a feature in its tree: `main/cases`, `renderer/cases`, `shared/cases`. */
function featureFolder(file: string): string | undefined {
  const found = /^src\/(?:(main)\/centre\/features|(renderer)\/features|(shared))\/([^/]+)\//.exec(file)
  return found ? `${found[1] ?? found[2] ?? found[3]}/${found[4]}` : undefined
}

/** The edges between the folders of features, within one tree each. */
export function folderEdges(files: readonly string[], read: (name: string) => string): Set<string> {
  const edges = new Set<string>()
  for (const file of files) {
    for (const specifier of importsOf(read(file))) {
      const [from, to] = [featureFolder(file), featureFolder(resolved(file, specifier) ?? '')]
      if (from && to && from !== to && from.split('/')[0] === to.split('/')[0]) edges.add(`${from} -> ${to}`)
    }
  }
  return edges
}

/** A way along the edges `from -> to` that comes back to where it began, or undefined. */
export function cycleIn(edges: Iterable<string>): readonly string[] | undefined {
  const next = new Map<string, string[]>()
  for (const edge of edges) {
    const [from = '', to = ''] = edge.split(' -> ')
    next.set(from, [...(next.get(from) ?? []), to])
  }
  const done = new Set<string>()
  const search = (node: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node]
    if (done.has(node)) return undefined
    for (const target of next.get(node) ?? []) {
      const cycle = search(target, [...way, node])
      if (cycle) return cycle
    }
    done.add(node)
    return undefined
  }
  for (const node of next.keys()) {
    const cycle = search(node, [])
    if (cycle) return cycle
  }
  return undefined
}

/** Imports of the page that climb with `../`: there `#renderer/…` and `#shared/…` say where a thing is. */
export function climbingImports(files: readonly string[], read: (name: string) => string): string[] {
  return files
    .filter((f) => f.startsWith('src/renderer/'))
    .flatMap((f) =>
      importsOf(read(f))
        .filter((s) => s.startsWith('../'))
        .map((s) => `${f}: ${s}`),
    )
}

interface PlaceRule {
  readonly id: string
  readonly names: RegExp
  /** Where such a name may stand. */
  readonly allowed: RegExp
}
const placeRules: readonly PlaceRule[] = [
  { id: 'R1', names: /^(?!(?:zod|fastest-levenshtein)$|\.\.?\/|#shared\/)/, allowed: /^(?!src\/shared\/)/ },
  { id: 'R2', names: /^(?:node:|#main\/|better-sqlite3|drizzle)/, allowed: /^(?!src\/(?:renderer|preload)\/)/ },
  { id: 'R3', names: /^electron(?:\/|$)/, allowed: /^src\/(?:main\/index\.ts|main\/electron\/|preload\/)/ },
  {
    id: 'R4',
    names: /^(?:node:)?(?:fs|child_process|net|http|https|http2|dgram|tls|cluster)(?:\/|$)/,
    allowed: /^src\/main\/(?:platform|electron)\//,
  },
  {
    id: 'R5',
    names: /^(?:better-sqlite3|node:sqlite|drizzle-orm)(?:\/|$)/,
    allowed: /^src\/main\/centre\/(?:storage\/|features\/.*-repository\.ts)/,
  },
]

/** Imports that the place of their file does not allow (R1 to R5): `id file: specifier`. */
export function placeFaults(files: readonly string[], read: (name: string) => string): string[] {
  return files.flatMap((file) =>
    importsOf(read(file)).flatMap((name) =>
      placeRules.filter((rule) => rule.names.test(name) && !rule.allowed.test(file)).map((rule) => `${rule.id} ${file}: ${name}`),
    ),
  )
}
