import { frenchSpaces } from '#shared/forms/form-fault.ts'
import { FormPack, type Choice, type RowType, type SurveyRow, type Texts, type Widget } from '#shared/forms/form-pack.ts'
import {
  calculations,
  carried,
  constraints,
  defaultsLeftOut,
  envelopeNote,
  filledByDesk,
  groupNames,
  ownCells,
  packIds,
  placeholders,
  rewordings,
  searched,
  vulnerabilityPoints,
} from './form-decisions.ts'
import { skipExpression } from './skip-expression.ts'

interface SourceChoice {
  readonly code: string
  readonly fr: string
  readonly en: string
}
/** A field of profile-form.json. */
export interface SourceField {
  readonly id: string
  readonly fr: string
  readonly en: string
  readonly type: string
  readonly required: boolean | 'conditional'
  readonly sensitivity: NonNullable<SurveyRow['sensitivity']>
  readonly tier: number
  readonly relevant?: string
  readonly constraint?: string
  readonly formula?: string
  readonly default?: string
  readonly standard?: string
  readonly slip?: NonNullable<SurveyRow['slip']>
  readonly choices?: readonly SourceChoice[]
  readonly choices_ref?: string
  readonly subfields?: readonly {
    readonly id: string
    readonly fr: string
    readonly en: string
    readonly type: string
    readonly choices?: readonly SourceChoice[]
  }[]
}
export interface SourceSection {
  readonly id: string
  readonly form: string
  readonly fr: string
  readonly en: string
  readonly banner_fr?: string
  readonly banner_en?: string
  readonly fields: readonly SourceField[]
}

const kinds: Readonly<Record<string, { readonly type: RowType; readonly widget?: Widget }>> = {
  text: { type: 'text' },
  integer: { type: 'integer' },
  decimal: { type: 'decimal' },
  date: { type: 'date' },
  datetime: { type: 'dateTime' },
  partial_date: { type: 'text', widget: 'partial_date' },
  select_one: { type: 'select_one' },
  select_many: { type: 'select_multiple' },
  phone: { type: 'text', widget: 'phone' },
  location: { type: 'text', widget: 'place' },
  coded_text: { type: 'text', widget: 'occupation' },
  workflow: { type: 'select_one', widget: 'workflow' },
  file: { type: 'file', widget: 'scan' },
  photo: { type: 'image', widget: 'photo' },
  user_ref: { type: 'text', widget: 'user' },
  service_ref: { type: 'text', widget: 'service' },
  need_ref: { type: 'text', widget: 'need' },
  case_link: { type: 'text', widget: 'case' },
}

/** Words as they stand on screen: typographic, and without what would tell of the programme. */
function words(fr: string, en: string): Texts {
  const set = (text: string) => rewordings.reduce((t, [from, to]) => t.replace(from, to), text.replaceAll("'", '’'))
  return { fr: frenchSpaces(set(fr)), en: set(en) }
}

/** The forms of the source, each whole, the envelope last; always the same for the same source. */
export function makeForms(source: readonly SourceSection[]): readonly FormPack[] {
  return Object.entries(packIds).map(([form, id]) =>
    makeForm(
      id,
      source.filter((s) => s.form === form),
    ),
  )
}

function makeForm(id: string, sections: readonly SourceSection[]): FormPack {
  const choices: Record<string, Choice[]> = {}
  const survey: SurveyRow[] = (carried[id] ?? []).map((name) => ({ type: 'hidden', name, widget: 'system' }))
  for (const section of sections) survey.push(...sectionRows(section, choices))
  if (id === 'follow-up')
    survey.splice(
      survey.findIndex((r) => r.name === 'fu_rcsi'),
      0,
      ...followUpItems(choices),
    )
  const placed = survey.filter((r) => placeholders.some((p) => p.hint.fr === r.hint?.['fr'])).map((r) => r.name)
  const [first] = sections
  const title = id === 'profile' ? { fr: 'Profil', en: 'Profile' } : words(first?.fr ?? '', first?.en ?? '')
  const attribution = [
    'Passerelle, Apache-2.0.',
    ...(survey.some((r) => r.name.includes('rcsi')) ? ['rCSI: weights of the reduced Coping Strategies Index.'] : []),
    ...(placed.length > 0 ? [`Placeholder wording, the official text is to be loaded: ${placed.join(', ')}.`] : []),
  ].join(' ')
  return FormPack.parse({
    format: 1,
    id,
    version: '1',
    title,
    languages: [
      { code: 'fr', name: 'Français' },
      { code: 'en', name: 'English' },
    ],
    defaultLanguage: 'fr',
    attribution,
    survey,
    choices,
  })
}

/** What the counsellor answers, not the person: an open answer would say nothing. */
const officeGroups: readonly string[] = ['interview', 'consent', 'plan_of_person', 'session']

function sectionRows(section: SourceSection, choices: Record<string, Choice[]>): SurveyRow[] {
  const name = groupNames[section.id] ?? section.id
  const office = officeGroups.includes(name)
  const repeats = name === 'needs'
  const note =
    section.id === 'g01_gbv'
      ? envelopeNote
      : section.banner_fr === undefined
        ? undefined
        : words(section.banner_fr, section.banner_en ?? '')
  return [
    {
      type: repeats ? 'begin_repeat' : 'begin_group',
      name,
      label: words(section.fr, section.en),
      ...(office ? { appearance: 'administrative' } : {}),
    },
    ...(note === undefined ? [] : [{ type: 'note' as const, name: `${name}_note`, label: note }]),
    ...section.fields.flatMap((field) => fieldRows(field, section, choices)),
    { type: repeats ? 'end_repeat' : 'end_group', name: '' },
  ]
}

function keepList(choices: Record<string, Choice[]>, list: string, of: readonly SourceChoice[]): string {
  choices[list] ??= of.map((c) => ({ name: c.code, label: words(c.fr, c.en) }))
  return list
}

function fieldRows(field: SourceField, section: SourceSection, choices: Record<string, Choice[]>): SurveyRow[] {
  const common: SurveyRow = {
    ...rowType(field),
    name: field.id,
    label: words(field.fr, field.en),
    ...(field.required === false || filledByDesk.includes(field.id) ? {} : { required: 'yes' }),
    ...relevance(field, section),
    ...placeholderHint(field),
    ...startsWith(field),
    ...(searched.includes(field.id) ? { index: 'yes' as const } : {}),
    sensitivity: field.sensitivity,
    tier: field.tier,
    ...(field.slip === undefined ? {} : { slip: field.slip }),
    ...constraints[field.id],
    ...ownCells[field.id],
  }
  if (field.type === 'repeat') return repeatRows(field, common, choices)
  const list =
    common.type === 'select_one' || common.type === 'select_multiple'
      ? { list: keepList(choices, field.choices_ref ?? field.id, field.choices ?? []) }
      : {}
  const limited = section.id === 'g01_gbv' && common.type === 'text' && common.widget === undefined ? shortOnly : {}
  const row: SurveyRow = { ...common, ...list, ...limited }
  if (field.id !== 'vulnerability_score') return [row]
  const points: SurveyRow = {
    type: 'calculate',
    name: 'vulnerability_points',
    label: words('Points de vulnérabilité', 'Vulnerability points'),
    calculation: vulnerabilityPoints,
    sensitivity: field.sensitivity,
    tier: field.tier,
  }
  return [points, row]
}

/** No account fits into the envelope (H19). */
const shortOnly: Partial<SurveyRow> = {
  constraint: 'string-length(.) <= 60',
  constraintMessage: { fr: 'Soixante caractères au plus.', en: 'Sixty characters at most.' },
}

function rowType(field: SourceField): Pick<SurveyRow, 'type'> & Partial<SurveyRow> {
  if (filledByDesk.includes(field.id)) return { type: 'hidden', widget: 'system' }
  if (field.type === 'calculated') return { type: 'calculate', calculation: calculations[field.id] ?? '' }
  if (field.type === 'repeat') return { type: 'begin_repeat' }
  const kind = kinds[field.type]
  if (!kind) throw new Error(`${field.id}: no such type ${field.type}`)
  return { ...kind, ...(field.type === 'workflow' ? { readonly: 'yes' } : {}) }
}

/** When a field is asked; the third tier of the programme section never of a minor (H25). */
function relevance(field: SourceField, section: SourceSection): Partial<SurveyRow> {
  const own = field.relevant === undefined ? [] : [skipExpression(field.relevant)]
  const adultsOnly = section.id === 's06_programme' && field.tier === 3 ? ["${is_minor} = 'no'"] : []
  const all = [...adultsOnly, ...own]
  return all.length === 0 ? {} : { relevant: all.join(' and ') }
}

function placeholderHint(field: SourceField): Partial<SurveyRow> {
  if (field.type === 'calculated') return {}
  const found = placeholders.find((p) => p.standard === field.standard)
  return found ? { hint: found.hint } : {}
}

function startsWith(field: SourceField): Partial<SurveyRow> {
  if (field.default === undefined || defaultsLeftOut.includes(field.id)) return {}
  return { default: field.default === 'today' ? 'today()' : field.default }
}

function repeatRows(field: SourceField, common: SurveyRow, choices: Record<string, Choice[]>): SurveyRow[] {
  const { required: _, ...begin } = common
  const inner = (field.subfields ?? []).map((sub): SurveyRow => {
    const name = `${field.id}_${sub.id}`
    const kind = kinds[sub.type]
    if (!kind) throw new Error(`${name}: no such type ${sub.type}`)
    const list = sub.choices === undefined ? {} : { list: keepList(choices, name, sub.choices) }
    const short = field.sensitivity === 'gbv_restricted' && kind.type === 'text' && kind.widget === undefined ? shortOnly : {}
    return { ...kind, ...list, name, label: words(sub.fr, sub.en), sensitivity: field.sensitivity, tier: field.tier, ...short }
  })
  return [begin, ...inner, { type: 'end_repeat', name: '' }]
}

/** The items of the two scores of a visit, in the words of the profile. */
function followUpItems(choices: Record<string, Choice[]>): SurveyRow[] {
  const who6 = [
    ['5', 'Tout le temps', 'All of the time'],
    ['4', 'La plupart du temps', 'Most of the time'],
    ['3', 'Plus de la moitié du temps', 'More than half the time'],
    ['2', 'Moins de la moitié du temps', 'Less than half the time'],
    ['1', 'De temps en temps', 'Some of the time'],
    ['0', 'Jamais', 'At no time'],
  ] as const
  keepList(
    choices,
    'WHO6',
    who6.map(([code, fr, en]) => ({ code, fr, en })),
  )
  const seen = "${fu_seen} = 'yes'"
  const food = [
    ['less_preferred', 'Aliments moins chers / moins appréciés (jours/7)', 'Less preferred / cheaper food (days/7)'],
    ['borrow', 'Emprunter ou compter sur des proches (jours/7)', 'Borrow or rely on relatives (days/7)'],
    ['portion', 'Réduire les portions (jours/7)', 'Smaller portions (days/7)'],
    ['adults', 'Les adultes mangent moins pour les enfants (jours/7)', 'Adults eat less for children (days/7)'],
    ['meals', 'Réduire le nombre de repas (jours/7)', 'Fewer meals (days/7)'],
  ] as const
  const moods = [
    ['Je me suis senti(e) bien et de bonne humeur (2 semaines)', 'I felt cheerful and in good spirits (2 weeks)'],
    ['Je me suis senti(e) calme et tranquille', 'I felt calm and relaxed'],
    ['Je me suis senti(e) plein(e) d’énergie', 'I felt active and vigorous'],
    ['Je me suis réveillé(e) frais / fraîche et reposé(e)', 'I woke up fresh and rested'],
    ['Ma vie quotidienne a été remplie de choses intéressantes', 'My daily life was filled with interesting things'],
  ] as const
  const hint = placeholders.find((p) => p.standard === 'WHO-5')?.hint
  return [
    ...food.map(([item, fr, en]): SurveyRow => ({
      type: 'integer',
      name: `fu_rcsi_${item}`,
      label: words(fr, en),
      relevant: seen,
      ...constraints['rcsi_meals'],
      sensitivity: 'restricted',
      tier: 2,
    })),
    ...moods.map(([fr, en], i): SurveyRow => ({
      type: 'select_one',
      list: 'WHO6',
      name: `fu_who5_${i + 1}`,
      label: words(fr, en),
      ...(hint ? { hint } : {}),
      relevant: seen,
      sensitivity: 'confidential',
      tier: 3,
    })),
  ]
}

/** The file of a form below resources/: the envelope's lies apart and is loaded by the envelope alone (H13, H15). */
export function formFile(pack: FormPack): string {
  return pack.id === 'envelope' ? 'envelope/envelope.json' : `forms/${pack.id}.json`
}

/** The text of a form's file. */
export function formText(pack: FormPack): string {
  return `${JSON.stringify(pack, undefined, 1)}\n`
}
