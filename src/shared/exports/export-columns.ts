import { ageGroup } from '../cases/age-group.ts'
import { isMinor, mayBeCounted } from '../cases/consent.ts'
import { nameOfPath } from '../forms/filled-form.ts'
import { answerRefused, answerUnknown, type Answers } from '../forms/form-definition.ts'
import type { FormPack, Sensitivity, SurveyRow, Texts } from '../forms/form-pack.ts'
import { occupationCode, readCodedText } from '../reference/coded-text.ts'

/** Fewest people that may share what could tell who somebody is: centre, sex, age group (H10, indicators.md). */
export const leastAlike = 5
/** Numbers of people in a household above this are written as this. */
const householdMax = 10

/** A column of the export, and of its dictionary. */
export interface ExportColumn {
  readonly name: string
  readonly label: Texts
  readonly kind: 'code' | 'codes' | 'number'
  readonly sensitivity: Sensitivity | undefined
  /** An occupation: its code may stand beside what was typed. */
  readonly isTrade: boolean
  /** Name of the list of choices in the form; undefined when there is none. */
  readonly list: string | undefined
}

/** Columns that the export works out itself, in their order before those of the form. */
export const ownColumns = ['row', 'centre', 'sex', 'age_group'] as const

/** Never in a file of rows: what would tell a past, an origin, or what was found in a screening (H8). */
const neverOut = /^(?:programme_category|group_code|screening_|nationality|origin_place)/
/** Parts of the form that hold how the desk works, or what the export works out itself. */
const deskGroups: readonly string[] = ['interview', 'consent']
const worked: readonly string[] = ['sex', 'birth_precision', 'age_stated', 'age_years', 'is_minor']

function kindOf(row: SurveyRow): ExportColumn['kind'] | undefined {
  if (row.widget === 'occupation') return 'code'
  if (row.widget !== undefined) return undefined
  switch (row.type) {
    case 'select_one':
      return 'code'
    case 'select_multiple':
      return 'codes'
    case 'integer':
    case 'decimal':
    case 'calculate':
      return 'number'
    default:
      // a free text, a day or a place can tell who somebody is
      return undefined
  }
}

/**
 * What of a form may leave as rows without names: coded answers and numbers of the classes `public` and `restricted`.
 *
 * No free text, no day, no place, no confidential answer (H34), nothing that statement H8 names. Answers of a repeat are one column of codes.
 */
export function exportColumns(pack: FormPack): readonly ExportColumn[] {
  const columns: ExportColumn[] = []
  const groups: string[] = []
  let repeats = 0
  for (const row of pack.survey) {
    if (row.type === 'begin_repeat') repeats += 1
    if (row.type === 'end_repeat') repeats -= 1
    if (row.type.startsWith('begin_')) groups.push(row.name)
    else if (row.type.startsWith('end_')) groups.pop()
    else {
      const kind = kindOf(row)
      const isOpen = row.sensitivity === 'public' || row.sensitivity === 'restricted'
      const isDesks = groups.some((g) => deskGroups.includes(g)) || worked.includes(row.name)
      if (kind === undefined || !isOpen || isDesks || neverOut.test(row.name)) continue
      if (repeats > 0 && kind === 'number') continue
      columns.push({
        name: row.name,
        label: row.label ?? {},
        kind: repeats > 0 ? 'codes' : kind,
        isTrade: row.widget === 'occupation',
        sensitivity: row.sensitivity,
        list: row.list,
      })
    }
  }
  return columns
}

/** Why a person's row does not leave; undefined when it may. Of age is who surely is (H27). */
export function whyKept(answers: Answers, years: number | undefined): 'minor' | 'not-counted' | undefined {
  if (isMinor(years)) return 'minor'
  return mayBeCounted(answers) ? undefined : 'not-counted'
}

/** A cell of a file that leaves. */
export type Cell = string | number | null

/** The code of an answer; of a trade that of ISCO-08: what was typed beside it, or instead of it, does not leave. */
function codeOf({ isTrade }: ExportColumn, value: string): string {
  return isTrade && value !== answerUnknown && value !== answerRefused ? readCodedText(value, occupationCode).code : value
}

/** All answers of a question: its own, or those of each instance of its repeat. */
function valuesOf(answers: Answers, name: string): readonly (string | number)[] {
  return Object.entries(answers)
    .filter(([path]) => nameOfPath(path) === name)
    .flatMap(([, value]) => value ?? [])
}

function cellOf(column: ExportColumn, answers: Answers): Cell {
  const values = valuesOf(answers, column.name)
  if (column.kind === 'number') {
    const [value] = values
    if (typeof value !== 'number') return value === answerUnknown || value === answerRefused ? value : null
    return /^(?:household|children|dependants)_/.test(column.name) ? Math.min(value, householdMax) : value
  }
  // in the order of the codes: the order of chosen things could tell rows apart
  const codes = [...new Set(values.map((v) => codeOf(column, String(v))).filter(Boolean))].toSorted()
  return codes.length === 0 ? null : codes.join(' ')
}

/** One person without a name: what could tell who it is apart from the rest. */
export interface ExportRow {
  readonly alike: { readonly centre: string; readonly sex: string; readonly ageGroup: string }
  readonly cells: readonly Cell[]
}

/** The row of an adult who agreed to be counted. `years` are completed years. */
export function exportRow(columns: readonly ExportColumn[], answers: Answers, centre: string, years: number): ExportRow {
  const sex = answers['sex']
  return {
    alike: { centre, sex: typeof sex === 'string' ? sex : '', ageGroup: ageGroup(years) },
    cells: columns.map((column) => cellOf(column, answers)),
  }
}

/** What is left out of rows that too few share, one after the other. */
const coarser: readonly ((alike: ExportRow['alike']) => ExportRow['alike'])[] = [
  (alike) => alike,
  (alike) => ({ ...alike, ageGroup: '' }),
  (alike) => ({ ...alike, ageGroup: '', centre: '' }),
  () => ({ centre: '', sex: '', ageGroup: '' }),
]

/**
 * The rows of which at least `leastAlike` are alike in centre, sex and age group.
 *
 * Of rarer ones the age group is left out, then the centre, then the sex; who is alone even then does not leave. The order stays.
 */
export function withoutRare(rows: readonly ExportRow[]): readonly ExportRow[] {
  const out: (ExportRow | undefined)[] = rows.map(() => undefined)
  let rare = rows.map((_, i) => i)
  for (const make of coarser) {
    const classes = Map.groupBy(rare, (i) => JSON.stringify(make(rows[i]!.alike)))
    rare = []
    for (const members of classes.values()) {
      if (members.length < leastAlike) rare.push(...members)
      else for (const i of members) out[i] = { ...rows[i]!, alike: make(rows[i]!.alike) }
    }
  }
  return out.filter((row) => row !== undefined)
}

/** A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe. */
export function formulaSafe(cell: Cell): string {
  const text = cell === null ? '' : String(cell)
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

/** A line of CSV (RFC 4180), formula-safe. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => `"${formulaSafe(cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}

/** A count as it may be shown: null for one to four people. */
export function shownCount(count: number): number | null {
  return count > 0 && count < leastAlike ? null : count
}
