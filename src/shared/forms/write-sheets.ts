import type { FormPack, SurveyRow, Texts } from './form-pack.ts'
import { surveyHeadings, textHeadings, type Grid } from './read-sheets.ts'

/** The sheets of a pack, as Kobo and ODK read them: their columns, then ours, which they leave alone. */
export function writeSheets(pack: FormPack): { readonly survey: Grid; readonly choices: Grid; readonly settings: Grid } {
  const tail = (code: string) => {
    const language = pack.languages.find((l) => l.code === code)
    return `${language?.name ?? code} (${code})`
  }
  const codes = pack.languages.map((l) => l.code)
  const texts = Object.entries(textHeadings).filter(([field]) => field === 'label' || pack.survey.some((r) => field in r))
  const ours = ['index', 'sensitivity', 'tier', 'widget', 'slip']
  const plain = Object.entries(surveyHeadings).filter(([field]) => field !== 'type' && field !== 'name')
  const used = plain.filter(([field]) => ours.includes(field) || pack.survey.some((r) => field in r))
  const columns: { readonly heading: string; readonly cell: (row: SurveyRow) => string }[] = [
    { heading: 'type', cell: (row) => (row.list === undefined ? row.type : `${row.type} ${row.list}`) },
    { heading: 'name', cell: (row) => row.name },
    ...texts.flatMap(([field, [heading]]) =>
      codes.map((code) => ({
        heading: `${heading}::${tail(code)}`,
        cell: (row: SurveyRow) => (row[field as keyof SurveyRow] as Texts | undefined)?.[code] ?? '',
      })),
    ),
    ...used.map(([field, [heading = '']]) => ({
      heading,
      cell: (row: SurveyRow) => String(row[field as keyof SurveyRow] ?? ''),
    })),
  ]
  const extra = [...new Set(Object.values(pack.choices).flatMap((list) => list.flatMap((c) => Object.keys(c.with ?? {}))))]
  const choices = Object.entries(pack.choices).flatMap(([list, all]) =>
    all.map((c) => [list, c.name, ...codes.map((code) => c.label[code] ?? ''), ...extra.map((e) => c.with?.[e] ?? '')]),
  )
  const settings: readonly (readonly [string, string])[] = [
    ['form_title', pack.title[pack.defaultLanguage] ?? ''],
    ['form_id', pack.id],
    ['version', pack.version],
    ['default_language', tail(pack.defaultLanguage)],
    // in the order of the languages, which is read from the headings
    ...[...new Set([...codes, ...Object.keys(pack.title)])].flatMap((code) => {
      const title = pack.title[code]
      return title === undefined ? [] : [[`title::${tail(code)}`, title] as const]
    }),
    ...(pack.attribution === undefined ? [] : [['attribution', pack.attribution] as const]),
  ]
  return {
    survey: [columns.map((c) => c.heading), ...pack.survey.map((row) => columns.map((c) => c.cell(row)))],
    choices: [['list_name', 'name', ...codes.map((code) => `label::${tail(code)}`), ...extra], ...choices],
    settings: [settings.map(([heading]) => heading), settings.map(([, value]) => value)],
  }
}

/** The pack as one text that is always the same: keys in order, no spaces. Its SHA-256 names the version. */
export function canonicalForm(pack: FormPack): string {
  const ordered = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(ordered)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, v]) => v !== undefined)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([k, v]) => [k, ordered(v)]),
    )
  }
  return JSON.stringify(ordered(pack))
}
