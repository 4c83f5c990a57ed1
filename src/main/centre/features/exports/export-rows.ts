import {
  exportColumns,
  exportRow,
  leastAlike,
  ownColumns,
  shownCount,
  whyKept,
  withoutRare,
  type Cell,
  type ExportColumn,
  type ExportRow,
} from '#shared/exports/export-columns.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { parseStream } from '#shared/sync/stream.ts'
import { today } from '../../desk-day.ts'
import type { CallContext, CallOutput, Job } from '../../feature.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { ageOf } from '../cases/index.ts'

interface CaseRaw {
  readonly n: number
  readonly stream: string
  readonly answers: string
}
interface Gathered {
  readonly rows: readonly ExportRow[]
  readonly columns: readonly ExportColumn[]
  readonly kept: Readonly<Record<'minor' | 'not-counted' | 'rare', number>>
}

const batch = 500

/** The people of this desk as rows without names; copies of other centres are theirs to count. */
export async function gatherRows(pack: FormPack, context: CallContext, job?: Job): Promise<Gathered> {
  const { store, ports, session } = context
  const centreOf = (stream: string): string => {
    const parsed = parseStream(stream)
    return parsed?.kind === 'region' ? parsed.site : session.site.code
  }
  const day = today(ports.clock)
  const columns = exportColumns(pack)
  const own = `FROM case_record WHERE origin_site IS NULL AND status <> 'draft'`
  const total = store.read<{ n: number }>(`SELECT count(*) AS n ${own}`).get()?.n ?? 0
  const page = store.read<CaseRaw>(`SELECT n, stream, answers ${own} AND n > ? ORDER BY n LIMIT ${batch}`)
  const rows: ExportRow[] = []
  const kept = { minor: 0, 'not-counted': 0, rare: 0 }
  let done = 0
  for (let after = 0; ;) {
    const cases = page.all(after)
    if (cases.length === 0) break
    for (const { stream, answers: text } of cases) {
      const answers = storedJson<Answers>(text)
      const years = ageOf(answers, day)
      const why = whyKept(answers, years)
      if (why !== undefined || years === undefined) kept[why ?? 'minor'] += 1
      else rows.push(exportRow(columns, answers, centreOf(stream), years))
    }
    after = cases.at(-1)!.n
    done += cases.length
    job?.progress(done, total)
    await job?.breathe()
  }
  const shared = withoutRare(rows)
  return { rows: shared, columns, kept: { ...kept, rare: rows.length - shared.length } }
}

/** In an order that says nothing of when somebody came; as they leave. */
export function shuffled(rows: readonly ExportRow[], { ports }: CallContext): readonly ExportRow[] {
  const marks = new DataView(ports.random.bytes(4 * rows.length).slice().buffer)
  return rows
    .map((row, i) => ({ row, mark: marks.getUint32(4 * i) }))
    .toSorted((a, b) => a.mark - b.mark)
    .map(({ row }) => row)
}

/** How many would leave; see exports.count. */
export async function countRows(pack: FormPack, context: CallContext): Promise<CallOutput<'exports.count'>> {
  const { rows, columns, kept } = await gatherRows(pack, context)
  return {
    rows: shownCount(rows.length),
    minors: shownCount(kept.minor),
    notCounted: shownCount(kept['not-counted']),
    rare: shownCount(kept.rare),
    columns: ownColumns.length + columns.length,
  }
}

/** A line of a table that leaves. */
export type Line = readonly Cell[]

/** The rows below their heading, numbered from 1. */
export function* dataLines(columns: readonly ExportColumn[], rows: readonly ExportRow[]): Generator<Line> {
  yield [...ownColumns, ...columns.map((c) => c.name)]
  for (const [i, { alike, cells }] of rows.entries()) yield [i + 1, alike.centre, alike.sex, alike.ageGroup, ...cells]
}

const heading = ['column', 'kind', 'class', 'code', 'label_fr', 'label_en'] as const

/** What each column and each code in it means, in both languages; codes that no list holds are of ISCO-08. */
export function* dictionaryLines(pack: FormPack): Generator<Line> {
  yield heading
  yield ['row', 'number', '', '', 'Numéro dans ce fichier, au hasard', 'Number in this file, at random']
  yield ['centre', 'code', '', '', rareTexts.fr, rareTexts.en]
  yield* codedLines(pack, { name: 'sex', kind: 'code', sensitivity: 'restricted', list: 'sex', label: sexLabel(pack) })
  yield [
    'age_group',
    'code',
    '',
    '',
    `Tranche d’âge, années révolues. ${rareTexts.fr}`,
    `Age group, completed years. ${rareTexts.en}`,
  ]
  for (const column of exportColumns(pack)) yield* codedLines(pack, column)
}

const rareTexts = {
  fr: `Vide quand moins de ${leastAlike} personnes se ressemblent`,
  en: `Empty when fewer than ${leastAlike} people are alike`,
}
const sexLabel = (pack: FormPack) => pack.survey.find((row) => row.name === 'sex')?.label ?? {}

function* codedLines(pack: FormPack, { name, kind, sensitivity, list, label }: Omit<ExportColumn, 'isTrade'>): Generator<Line> {
  yield [name, kind, sensitivity ?? '', '', label['fr'] ?? '', label['en'] ?? '']
  for (const choice of list === undefined ? [] : (pack.choices[list] ?? []))
    yield [name, kind, sensitivity ?? '', choice.name, choice.label['fr'] ?? '', choice.label['en'] ?? '']
}
