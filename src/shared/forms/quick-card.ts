import type { FormDefinition, FormSection, Label, Question } from './form-definition.ts'
import type { FormPack, SurveyRow, Texts } from './form-pack.ts'

const label = (texts: Texts | undefined): Label => ({ fr: texts?.['fr'] ?? '', en: texts?.['en'] ?? '' })
/** Fields that the pages of the card cannot fill yet: another person or record is chosen there. */
const notYet: readonly unknown[] = ['user', 'service', 'need', 'case', 'workflow', 'photo', 'scan', 'system']

function questionType(row: SurveyRow): Question['type'] | undefined {
  if (row.widget === 'partial_date' || row.widget === 'phone' || row.widget === 'place') return row.widget
  switch (row.type) {
    case 'text':
    case 'integer':
    case 'date':
    case 'select_one':
    case 'select_multiple':
    case 'calculate':
      return row.type
    default:
      return undefined
  }
}

function question(row: SurveyRow): Question | undefined {
  const type = questionType(row)
  if (type === undefined || row.tier !== 1 || notYet.includes(row.widget)) return undefined
  const { sensitivity } = row
  return {
    name: row.name,
    type,
    label: label(row.label),
    ...(row.hint ? { hint: label(row.hint) } : {}),
    ...(row.list === undefined ? {} : { list: row.list }),
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
  return firstTier(profile, 'quick-card', { fr: 'Fiche rapide', en: 'Quick card' })
}

/** The end of a case, as its counsellor fills it in; the supervisor's word comes after it. */
export function closingForm(closure: FormPack): FormDefinition {
  const form = firstTier(closure, 'closing', label(closure.title))
  const asked = form.sections.map((s) => ({ ...s, questions: s.questions.filter((q) => q.name !== 'close_supervisor') }))
  return { ...form, sections: asked }
}

/** The first tier of a form, section by section; what repeats waits for the form's own pages. */
function firstTier(pack: FormPack, id: string, title: Label): FormDefinition {
  const sections: FormSection[] = []
  let open: { name: string; label: Label; note?: Label; questions: Question[] } | undefined
  let repeats = 0
  for (const row of pack.survey) {
    if (row.type === 'begin_repeat') repeats += 1
    else if (row.type === 'end_repeat') repeats -= 1
    else if (repeats > 0) continue
    else if (row.type === 'begin_group') open = { name: row.name, label: label(row.label), questions: [] }
    else if (row.type === 'end_group') {
      if (open && open.questions.length > 0) sections.push(open)
      open = undefined
    } else if (row.type === 'note' && open) open.note = label(row.label)
    else {
      const asked = question(row)
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
