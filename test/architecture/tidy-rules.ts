/** What the tidy test asks of the tree, each as a function of names and texts, so that a planted fault can be shown to it. */
export interface SourceText {
  readonly file: string
  readonly text: string
}

const linesMax = 400
const statementId = /^(?:[SHUIR]\d{1,2} )+/

/** Files that are too long, or named by role, or not in kebab-case. */
export function untidyFiles(sources: readonly SourceText[]): string[] {
  return sources.flatMap(({ file, text }) => {
    const name = file.split('/').at(-1) ?? ''
    return [
      ...(text.split('\n').length > linesMax ? [`${file}: more than ${linesMax} lines`] : []),
      ...(/^(?:utils|helpers|constants|types|misc|common)\.tsx?$/.test(name) && !file.includes('/i18n/')
        ? [`${file}: named by role`]
        : []),
      ...(/^[a-z0-9.-]+$/.test(name) ? [] : [`${file}: not kebab-case`]),
    ]
  })
}

/** Test files with a test that is skipped, focused or left to do. */
export function unfinishedTests(tests: readonly SourceText[]): string[] {
  const marked = /\b(?:it|test|describe)\.(?:skip|skipIf|only|todo|fixme|fails)\b|\bx(?:it|describe)\(/
  return tests.filter((t) => marked.test(t.text)).map((t) => t.file)
}

/** Titles of the tests in a text, also of `it.each([…])`. */
export function titlesIn(text: string): string[] {
  return [...text.matchAll(/\b(?:it|test)(?:\.each\([\s\S]*?\]\))?\(\s*(['"`])([\s\S]*?)\1/g)].map((m) => m[2] ?? '')
}

/** Where SECURITY.md and the titles of the tests do not say the same (S52). */
export function statementFaults(security: string, titles: readonly string[]): string[] {
  const rows = [...security.matchAll(/^\| ([SHUIR]\d{1,2}) \|([^|]*)\| (tested|not yet) \|$/gm)].map((m) => ({
    id: m[1] ?? '',
    tested: m[3] === 'tested',
  }))
  const listed = new Set(rows.map((r) => r.id))
  const calledTested = new Set(rows.filter((r) => r.tested).map((r) => r.id))
  const tested = new Set(titles.flatMap((t) => statementId.exec(t)?.[0].trim().split(' ') ?? []))
  const wanted = [...numbered('S', 54), ...numbered('H', 52)]
  return [
    ...wanted.filter((id) => !listed.has(id)).map((id) => `${id} is not in the table`),
    ...[...listed].filter((id) => rows.filter((r) => r.id === id).length > 1).map((id) => `${id} is listed twice`),
    ...[...tested].filter((id) => !calledTested.has(id)).map((id) => `${id} has a test, the table does not say so`),
    ...[...calledTested].filter((id) => !tested.has(id)).map((id) => `${id} is called tested without a test`),
  ].toSorted()
}

function numbered(letter: string, last: number): string[] {
  return Array.from({ length: last }, (_, i) => `${letter}${i < 9 && letter === 'S' ? '0' : ''}${i + 1}`)
}

/** Packages whose version is a range. */
export function looseVersions(versions: Readonly<Record<string, string>>): string[] {
  return Object.entries(versions)
    .filter(([, v]) => !/^(?:npm:[a-z0-9-]+@)?\d+\.\d+\.\d+(?:-[a-z0-9.]+)?$/.test(v))
    .map(([name]) => name)
}

/** What a text tells of the machine it was written on, of a registry, or of its making: the repository speaks of the product alone. */
export function tracesIn({ file, text }: SourceText): string[] {
  const traces: Readonly<Record<string, RegExp>> = {
    'a path of a machine': /(?<![\w.])\/(?:work|root|home\/[a-z]+|Users\/[a-z]+)\//,
    'a registry': /\bregistry\.[a-z]|artifactory|verdaccio|npmmirror/i,
    'its making': /\bco-authored|\b(?:written|generated) (?:by|with) (?:an? )?(?:model|assistant|machine)\b|\blanguage model\b/i,
    'a number of another book': /\b(?:issue|ticket|session|task) #?\d+\b/i,
  }
  return Object.entries(traces)
    .filter(([, pattern]) => pattern.test(text))
    .map(([what]) => `${file}: ${what}`)
}

/** Names that occur in none of the texts as a quoted string: a call that nothing tests, a code that nothing says. */
export function unnamed(names: readonly string[], texts: readonly string[]): string[] {
  return names.filter((name) => !texts.some((text) => text.includes(`'${name}'`)))
}

/** What is wrong with the runtime dependencies of a package against those that SECURITY.md lists (S50). */
export function dependencyFaults(security: string, dependencies: Readonly<Record<string, string>>): string[] {
  const listed = [...security.matchAll(/^- runtime: `([^`]+)`/gm)].map((m) => m[1] ?? '')
  return [
    ...Object.keys(dependencies)
      .filter((name) => !listed.includes(name))
      .map((name) => `${name} is not in SECURITY.md`),
    ...listed.filter((name) => !(name in dependencies)).map((name) => `${name} is no dependency`),
    ...looseVersions(dependencies).map((name) => `${name} has no exact version`),
  ]
}

/** Packages of a lockfile that say where they were fetched from (S51). */
export function registriesIn(lockfile: string): string[] {
  return [...lockfile.matchAll(/"resolved": *"([^"]*)"/g)].map((m) => m[1] ?? '')
}
