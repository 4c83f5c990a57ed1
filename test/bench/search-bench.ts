import { readFileSync } from 'node:fs'
import { doubleMetaphone } from 'double-metaphone'
import jaroWinkler from 'jaro-winkler'
import { foldName } from '#shared/cases/fold-name.ts'
import { likelySame, likeness } from '#shared/cases/name-sound.ts'
import { isFoundByParent } from '#shared/people/person-search.ts'
import type { Goal } from './sync-bench.ts'

interface Pair {
  readonly first: string
  readonly second: string
  readonly same: boolean
}
type Method = (first: string, second: string) => number

/** Two names, and whether one person may bear both spellings: written for this, of no person. */
function labelledPairs(): Pair[] {
  const [, ...lines] = readFileSync(new URL('name-pairs.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => {
    const [first = '', second = '', same] = line.split(',')
    return { first, second, same: same === '1' }
  })
}

function trigrams(text: string): Set<string> {
  const padded = `  ${foldName(text)} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3)))
}
const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => [...a].filter((x) => b.has(x)).length

const rivals: Readonly<Record<string, Method>> = {
  'Jaro-Winkler': (a, b) => jaroWinkler(foldName(a), foldName(b)),
  'Double Metaphone'(a, b) {
    const keys = (text: string) => foldName(text).split(' ').map(doubleMetaphone)
    const [x, y] = [keys(a), keys(b)]
    return x.filter((k) => y.some((o) => k.some((key) => key !== '' && o.includes(key)))).length / Math.max(x.length, y.length)
  },
  trigrams(a, b) {
    const [x, y] = [trigrams(a), trigrams(b)]
    return (2 * shared(x, y)) / (x.size + y.size)
  },
}

interface Score {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}
function scoreAt(pairs: readonly Pair[], method: Method, threshold: number): Score {
  const said = pairs.map((p) => ({ ...p, said: method(p.first, p.second) >= threshold }))
  const right = said.filter((p) => p.said && p.same).length
  const precision = right / said.filter((p) => p.said).length
  const recall = right / said.filter((p) => p.same).length
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}
/** What a method reaches at the threshold that suits it best on these very pairs. */
function best(pairs: readonly Pair[], method: Method): Score {
  const tried = Array.from({ length: 100 }, (_, i) => scoreAt(pairs, method, i / 100)).filter((s) => s.f1 > 0)
  return tried.reduce((a, b) => (b.f1 > a.f1 ? b : a))
}

/** Names by ear against the usual methods: ours at the threshold of the product, theirs at the best one there is. */
export function namesBench(say: (line: string) => void): Goal[] {
  const pairs = labelledPairs()
  say(`${pairs.length} pairs, ${pairs.filter((p) => p.same).length} of one name`)
  const shown = (name: string, { precision, recall, f1 }: Score) =>
    say(`${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`)
  const ours = scoreAt(pairs, likeness, likelySame)
  shown('by ear', ours)
  const others = Object.entries(rivals).map(([name, method]) => {
    const score = best(pairs, method)
    shown(name, score)
    return score.f1
  })
  const searched: Method = (first, second) => (isFoundByParent(second, { family_name: first }, '') ? 0 : 1)
  shown('the second name typed into the search, beginnings of names included', scoreAt(pairs, searched, 1))
  const wrong = pairs.filter((p) => likeness(p.first, p.second) >= likelySame !== p.same)
  say(`fails: ${wrong.map((p) => `${p.first}/${p.second}`).join(', ')}`)
  const figure = Math.max(...others) / ours.f1
  return [{ id: 'N1', what: 'F1 of the best other method against ours', figure, unit: 'x', goal: 1, met: figure <= 1 }]
}
