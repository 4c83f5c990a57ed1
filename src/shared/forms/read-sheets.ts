import { expressionColumns } from './compile-form.ts'
import { fault, type FormFault } from './form-fault.ts'
import {
  choicesMax,
  FormPack,
  namePattern,
  rowTypes,
  Sensitivity,
  surveyRowsMax,
  Widget,
  type Choice,
  type RowType,
  type SurveyRow,
  type Texts,
} from './form-pack.ts'

/** The cells of a sheet as text, the headings first. */
export type Grid = readonly (readonly string[])[]
/** The sheets of an XLSForm, by name in lower case. */
export type Sheets = Readonly<Partial<Record<'survey' | 'choices' | 'settings', Grid>>>

/** Where the rows of a pack stand in the sheets: numbers of Excel, from 1. */
export interface SheetPlaces {
  readonly survey: readonly number[]
  readonly choices: Readonly<Record<string, readonly number[]>>
}

/** Headings of the survey sheet for the fields of a row, the first being the one we write. */
export const surveyHeadings: Readonly<Record<string, readonly string[]>> = {
  type: ['type'],
  name: ['name'],
  required: ['required'],
  relevant: ['relevant', 'relevance'],
  constraint: ['constraint'],
  calculation: ['calculation', 'calculate'],
  default: ['default'],
  readonly: ['read_only', 'readonly'],
  choiceFilter: ['choice_filter'],
  repeatCount: ['repeat_count'],
  appearance: ['appearance'],
  parameters: ['parameters'],
  index: ['index'],
  sensitivity: ['sensitivity'],
  tier: ['tier'],
  widget: ['widget'],
  slip: ['slip'],
}
export const textHeadings: Readonly<Record<string, readonly string[]>> = {
  label: ['label'],
  hint: ['hint'],
  requiredMessage: ['required_message'],
  constraintMessage: ['constraint_message'],
}

const typeAliases: ReadonlyMap<string, RowType> = new Map(
  Object.entries({
    string: 'text' as const,
    int: 'integer' as const,
    datetime: 'dateTime' as const,
    photo: 'image' as const,
    select1: 'select_one' as const,
    select: 'select_multiple' as const,
    begin: 'begin_group' as const,
    trigger: 'acknowledge' as const,
  }),
)
/** What Kobo and ODK note of the device and the author; here the desk knows it. */
const leftOutTypes =
  /^(?:start|end|today|deviceid|username|email|phonenumber|simserial|subscriberid|audit|start-geopoint|background-audio)$/
const knownLanguages = new Map(
  Object.entries({
    english: 'en',
    anglais: 'en',
    french: 'fr',
    français: 'fr',
    francais: 'fr',
  }),
)

const choiceHeadings = new Map([
  ['list_name', 'list'],
  ['list', 'list'],
  ['name', 'name'],
  ['value', 'name'],
])

interface Column {
  readonly at: number
  readonly heading: string
  readonly field: string
  readonly language?: string | undefined
}

/** The language of `label::Français (fr)`. */
function languageIn(heading: string): { readonly code: string; readonly name: string } | undefined {
  const tail = heading.split('::').at(-1)?.trim() ?? ''
  const coded = /^(.*?)\s*\(([a-z]{2,3})\)$/.exec(tail)
  if (coded) return { code: coded[2] ?? '', name: coded[1] === '' ? (coded[2] ?? '') : (coded[1] ?? '') }
  const known = knownLanguages.get(tail.toLowerCase())
  return known === undefined ? undefined : { code: known, name: tail }
}

/**
 * Reads the sheets of an XLSForm. Gives the pack if it could be made, and every fault with its place; expressions are checked by lintForm.
 *
 * `partial` is what could be made although there are faults, rows that could not be read left out: for finding the others' faults too.
 */
export function readSheets(sheets: Sheets): {
  readonly pack?: FormPack
  readonly partial?: FormPack
  readonly places: SheetPlaces
  readonly faults: readonly FormFault[]
} {
  const reader = new SheetReader()
  const settings = reader.settings(sheets.settings)
  const { rows: survey, places } = reader.survey(sheets.survey)
  const choices = reader.choices(sheets.choices)
  const languages = [...reader.languages].map(([code, name]) => ({ code, name }))
  const parsed = FormPack.safeParse({
    format: 1,
    id: settings['form_id'] || 'form',
    version: settings['version'] || '1',
    title: reader.title(settings),
    languages: languages.length > 0 ? languages : [{ code: reader.defaultLanguage, name: reader.defaultLanguage }],
    defaultLanguage: reader.defaultLanguage,
    ...(settings['attribution'] ? { attribution: settings['attribution'] } : {}),
    survey,
    choices: choices.lists,
  })
  if (!parsed.success) {
    for (const issue of parsed.error.issues) reader.schemaFault(issue.path, places, choices.places)
  }
  const errors = reader.faults.some((f) => f.weight === 'error')
  return {
    ...(parsed.success && !errors ? { pack: parsed.data } : {}),
    ...(parsed.success ? { partial: parsed.data } : {}),
    places: { survey: places, choices: choices.places },
    faults: reader.faults,
  }
}

class SheetReader {
  readonly faults: FormFault[] = []
  readonly languages = new Map<string, string>()
  defaultLanguage = 'fr'

  settings(grid: Grid | undefined): Record<string, string> {
    const found: Record<string, string> = {}
    for (const [at, heading] of (grid?.[0] ?? []).entries()) {
      const value = (grid?.[1]?.[at] ?? '').trim()
      const key = heading.trim()
      if (key === '' || value === '') continue
      const plain = key.toLowerCase()
      if (key.startsWith('title::')) this.#language(key, 'settings', 1)
      else if (!['form_title', 'form_id', 'version', 'default_language', 'attribution'].includes(plain)) {
        this.faults.push(fault('column-unknown', { sheet: 'settings', row: 1, column: key, about: key }))
      }
      found[key.startsWith('title::') ? key : plain] = value
    }
    const given = found['default_language']
    const language = given === undefined ? undefined : languageIn(given)
    if (language) this.defaultLanguage = language.code
    return found
  }

  title(settings: Readonly<Record<string, string>>): Texts {
    const title: Record<string, string> = {}
    for (const [key, value] of Object.entries(settings)) {
      const language = key.startsWith('title::') ? languageIn(key) : undefined
      if (language) title[language.code] = value
    }
    if (settings['form_title'] !== undefined) title[this.defaultLanguage] ??= settings['form_title']
    return title
  }

  #language(heading: string, sheet: FormFault['sheet'], row: number): string | undefined {
    const language = languageIn(heading)
    if (!language) this.faults.push(fault('language-unknown', { sheet, row, column: heading, about: heading }))
    else if (!this.languages.has(language.code)) this.languages.set(language.code, language.name)
    return language?.code
  }

  #columns(grid: Grid, sheet: 'survey' | 'choices', extra: boolean): Column[] {
    const columns: Column[] = []
    for (const [at, raw] of (grid[0] ?? []).entries()) {
      const heading = raw.trim()
      if (heading === '') continue
      const [head = '', ...rest] = heading.split('::')
      const plain = head.trim().toLowerCase().replace(/\s+/g, '_')
      const text = Object.entries(textHeadings).find(([, names]) => names.includes(plain))?.[0]
      const own = sheet === 'survey' ? Object.entries(surveyHeadings).find(([, names]) => names.includes(plain))?.[0] : undefined
      const choice = sheet === 'choices' ? choiceHeadings.get(plain) : undefined
      if (text !== undefined && (sheet === 'survey' || text === 'label')) {
        const language = rest.length > 0 ? this.#language(heading, sheet, 1) : this.defaultLanguage
        if (language !== undefined) columns.push({ at, heading, field: text, language })
      } else if (rest.length === 0 && (own ?? choice) !== undefined) columns.push({ at, heading, field: own ?? choice ?? '' })
      else if (extra && rest.length === 0 && namePattern.test(heading)) columns.push({ at, heading, field: `with:${heading}` })
      else this.faults.push(fault('column-unknown', { sheet, row: 1, column: heading, about: heading }))
    }
    for (const [i, c] of columns.entries()) {
      if (columns.findIndex((d) => d.field === c.field && d.language === c.language) < i) {
        this.faults.push(fault('column-twice', { sheet, row: 1, column: c.heading, about: c.heading }))
      }
    }
    return columns
  }

  #needs(columns: readonly Column[], sheet: 'survey' | 'choices', fields: readonly string[]): boolean {
    const missing = fields.filter((f) => !columns.some((c) => c.field === f))
    for (const about of missing)
      this.faults.push(fault('column-missing', { sheet, row: 1, about: about === 'list' ? 'list_name' : about }))
    return missing.length === 0
  }

  survey(grid: Grid | undefined): { rows: SurveyRow[]; places: number[] } {
    const none = { rows: [], places: [] }
    if (!grid) {
      this.faults.push(fault('sheet-missing', { about: 'survey' }))
      return none
    }
    const columns = this.#columns(grid, 'survey', false)
    if (!this.#needs(columns, 'survey', ['type', 'name'])) return none
    const rows: SurveyRow[] = []
    const places: number[] = []
    for (const [i, cells] of grid.entries()) {
      if (i === 0 || cells.every((c) => c.trim() === '')) continue
      if (rows.length >= surveyRowsMax) {
        this.faults.push(fault('too-many-rows', { row: i + 1, about: String(surveyRowsMax) }))
        break
      }
      const row = this.#row(cells, columns, i + 1)
      if (!row) continue
      rows.push(row)
      places.push(i + 1)
    }
    if (rows.length === 0) this.faults.push(fault('sheet-empty', { about: 'survey' }))
    return { rows, places }
  }

  #row(cells: readonly string[], columns: readonly Column[], row: number): SurveyRow | undefined {
    const made: Record<string, unknown> = {}
    const name = (cells[columns.find((c) => c.field === 'name')?.at ?? -1] ?? '').trim()
    const report = (code: FormFault['code'], column: string, about: string) =>
      this.faults.push(fault(code, { row, column, about, question: name }))
    for (const { at, heading, field, language } of columns) {
      const cell = cells[at] ?? ''
      if (language !== undefined) {
        if (cell !== '') made[field] = { ...(made[field] as Texts | undefined), [language]: cell }
        continue
      }
      const value = (expressionColumns as readonly string[]).includes(field) ? cell : cell.trim()
      if (value.trim() === '' && field !== 'name') continue
      if (field === 'type') {
        const type = this.#type(value, row, name)
        if (!type) return undefined
        Object.assign(made, type)
      } else if (field === 'tier') {
        if (/^[123](?:\.0)?$/.test(value)) made['tier'] = Number(value)
        else report('cell-value', heading, value)
      } else if (field === 'sensitivity' || field === 'widget' || field === 'slip' || field === 'index') {
        const ok = {
          sensitivity: Sensitivity.options,
          widget: Widget.options,
          slip: ['always', 'if_consented', 'never'],
          index: ['yes'],
        }[field]
        if ((ok as readonly string[]).includes(value)) made[field] = value
        else report('cell-value', heading, value)
      } else made[field] = value
    }
    if (made['type'] === undefined) {
      report('type-missing', 'type', '')
      return undefined
    }
    const closes = String(made['type']).startsWith('end_')
    if (closes) return { type: made['type'] as RowType, name: '' }
    if (name !== '' && !namePattern.test(name)) {
      report('name-wrong', 'name', name)
      return undefined
    }
    return made as SurveyRow
  }

  #type(text: string, row: number, question: string): { type: RowType; list?: string } | undefined {
    const words = text.trim().split(/\s+/)
    const joined = /^(?:begin|end|select)$/i.test(words[0] ?? '') && /^(?:group|repeat|one|multiple)$/i.test(words[1] ?? '')
    const head = joined ? `${words[0]}_${words[1]}` : (words[0] ?? '')
    const rest = words.slice(joined ? 2 : 1)
    const type = rowTypes.find((t) => t.toLowerCase() === head.toLowerCase()) ?? typeAliases.get(head.toLowerCase())
    if (type === undefined) {
      const code = leftOutTypes.test(head) ? 'type-left-out' : 'type-unknown'
      this.faults.push(fault(code, { row, column: 'type', about: text, question }))
      return undefined
    }
    const takesList = type === 'select_one' || type === 'select_multiple' || type === 'rank'
    if (rest.length !== (takesList ? 1 : 0)) {
      this.faults.push(fault('type-unknown', { row, column: 'type', about: text, question }))
      return undefined
    }
    return { type, ...(takesList ? { list: rest[0] ?? '' } : {}) }
  }

  choices(grid: Grid | undefined): { lists: Record<string, Choice[]>; places: Record<string, number[]> } {
    const lists: Record<string, Choice[]> = {}
    const places: Record<string, number[]> = {}
    if (!grid || grid.length === 0) return { lists, places }
    const columns = this.#columns(grid, 'choices', true)
    if (!this.#needs(columns, 'choices', ['list', 'name'])) return { lists, places }
    let count = 0
    for (const [i, cells] of grid.entries()) {
      if (i === 0 || cells.every((c) => c.trim() === '')) continue
      count += 1
      if (count > choicesMax) {
        this.faults.push(fault('too-many-rows', { sheet: 'choices', row: i + 1, about: String(choicesMax) }))
        break
      }
      const of = (field: string) => (cells[columns.find((c) => c.field === field)?.at ?? -1] ?? '').trim()
      const label: Record<string, string> = {}
      const more: Record<string, string> = {}
      for (const { at, field, language } of columns) {
        const cell = cells[at] ?? ''
        if (cell === '') continue
        if (field === 'label' && language !== undefined) label[language] = cell
        else if (field.startsWith('with:')) more[field.slice(5)] = cell
      }
      const list = of('list')
      if (!namePattern.test(list)) {
        this.faults.push(fault('name-wrong', { sheet: 'choices', row: i + 1, column: 'list_name', about: list }))
        continue
      }
      const name = of('name')
      if (name === '') {
        this.faults.push(fault('choice-code', { sheet: 'choices', row: i + 1, column: 'name' }))
        continue
      }
      const choice: Choice = { name, label, ...(Object.keys(more).length > 0 ? { with: more } : {}) }
      ;(lists[list] ??= []).push(choice)
      ;(places[list] ??= []).push(i + 1)
    }
    return { lists, places }
  }

  schemaFault(
    path: readonly PropertyKey[],
    survey: readonly number[],
    choices: Readonly<Record<string, readonly number[]>>,
  ): void {
    const [sheet, at, third] = path
    if (sheet === 'survey') {
      this.faults.push(fault('cell-too-long', { row: survey[Number(at)] ?? 0, column: String(third ?? '') }))
    } else if (sheet === 'choices') {
      this.faults.push(
        fault('cell-too-long', {
          sheet: 'choices',
          row: choices[String(at)]?.[Number(third)] ?? 0,
          column: String(path[3] ?? ''),
        }),
      )
    } else
      this.faults.push(
        fault('cell-value', { sheet: 'settings', row: 2, column: String(sheet ?? ''), about: String(sheet ?? '') }),
      )
  }
}
