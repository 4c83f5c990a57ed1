import type { FormDefinition, FormSection, Label, Question } from './form-definition.ts'
import { isFilledIn } from './filled-form.ts'
import type { FormPack, SurveyRow, Texts } from './form-pack.ts'

const label = (texts: Texts | undefined): Label => ({ fr: texts?.['fr'] ?? '', en: texts?.['en'] ?? '' })
function questionType(row: SurveyRow): Question['type'] | undefined {
  if (row.widget === 'partial_date' || row.widget === 'phone' || row.widget === 'place') return row.widget
  switch (row.type) {
    case 'text':
    case 'integer':
    case 'decimal':
    case 'date':
    case 'dateTime':
    case 'select_one':
    case 'select_multiple':
    case 'calculate':
      return row.type
    default:
      return undefined
  }
}

/** A row as a field shows it, or undefined when it holds no answer. */
export function questionOfRow(row: SurveyRow): Question | undefined {
  const type = questionType(row)
  if (type === undefined) return undefined
  const { sensitivity } = row
  return {
    name: row.name,
    type,
    label: label(row.label),
    ...(row.hint ? { hint: label(row.hint) } : {}),
    ...(row.list === undefined ? {} : { list: row.list }),
    ...(row.widget === undefined ? {} : { widget: row.widget }),
    required: row.required === 'yes',
    ...(row.relevant === undefined ? {} : { relevant: row.relevant }),
    ...(row.constraint === undefined ? {} : { constraint: row.constraint }),
    ...(row.constraintMessage ? { constraintMessage: label(row.constraintMessage) } : {}),
    ...(row.calculation === undefined ? {} : { calculation: row.calculation }),
    class: sensitivity === 'public' || sensitivity === 'restricted' ? sensitivity : 'confidential',
  }
}

/** The quick card: the first tier of the profile. */
export function quickCard(profile: FormPack): FormDefinition {
  return sectionsOf(profile, 'quick-card', { fr: 'Fiche rapide', en: 'Quick card' }, isOfCard)
}

const isOfCard = (row: SurveyRow): boolean => row.tier === 1 && (isFilledIn(row) || row.calculation !== undefined)

/** Every question of a form, those of repeats once: its words, for lists and histories that hold answers of any of them. */
export function wholeForm(pack: FormPack): FormDefinition {
  return sectionsOf(pack, pack.id, label(pack.title), () => true, true)
}

/** The end of a case, as its counsellor fills it in; the supervisor's word comes after it. */
export function closingForm(closure: FormPack): FormDefinition {
  const form = sectionsOf(closure, 'closing', label(closure.title), isOfCard)
  const asked = form.sections.map((s) => ({ ...s, questions: s.questions.filter((q) => q.name !== 'close_supervisor') }))
  return { ...form, sections: asked }
}

/** The questions of a form section by section; a repeat at the top is a section, one within a section is part of it. */
function sectionsOf(
  pack: FormPack,
  id: string,
  title: Label,
  isWanted: (row: SurveyRow) => boolean,
  repeatsToo = false,
): FormDefinition {
  const sections: FormSection[] = []
  let open: { name: string; label: Label; note?: Label; questions: Question[] } | undefined
  let depth = 0
  let repeats = 0
  for (const row of pack.survey) {
    if (row.type === 'begin_group' || row.type === 'begin_repeat') {
      if (row.type === 'begin_repeat') repeats += 1
      if (depth === 0) open = { name: row.name, label: label(row.label), questions: [] }
      depth += 1
    } else if (row.type === 'end_group' || row.type === 'end_repeat') {
      if (row.type === 'end_repeat') repeats -= 1
      depth -= 1
      if (depth === 0 && open && open.questions.length > 0) sections.push(open)
    } else if (repeats > 0 && !repeatsToo) continue
    else if (row.type === 'note' && open) open.note = label(row.label)
    else if (isWanted(row)) {
      const asked = questionOfRow(row)
      if (asked) open?.questions.push(asked)
    }
  }
  const used = new Set(sections.flatMap((s) => s.questions.map((q) => q.list)))
  return {
    id,
    version: pack.version,
    title,
    sections,
    choices: Object.fromEntries(
      Object.entries(pack.choices)
        .filter(([list]) => used.has(list))
        .map(([list, choices]) => [list, choices.map((c) => ({ name: c.name, label: label(c.label) }))]),
    ),
  }
}
