import { compileForm, type CompiledForm } from './compile-form.ts'
import { fault, type FormFault } from './form-fault.ts'
import { isAsked, isBoundary, type FormPack } from './form-pack.ts'
import { surveyHeadings, type SheetPlaces } from './read-sheets.ts'

const required = ['fr', 'en'] as const
/** Words of a question on violence suffered: no general form asks it (H15). */
export const violenceWords =
  /\b(?:viol(?:s|[eé]\w*|ences?|ent\w*)?|vbg|gbv|agress\w*|abus\w*|harc[eè]l\w*|harass\w*|surviv\w*|rape\w*|assault\w*)\b/i
/** Questions on a past, a group or a screening: no calculation makes use of them (H47). */
const ofThePast = /^(?:programme_category$|group_code$|association_|exit_|screening_)/

export interface LintOptions {
  /** Where the rows stand in Excel; without it, they follow the headings one by one. */
  readonly places?: SheetPlaces
  /** The envelope's own pack, whose rules differ (H15, H19). */
  readonly envelope?: boolean
}

/** Everything that is wrong with a form, errors and warnings, in the order of its rows. The compiled form comes with it. */
export function lintForm(
  pack: FormPack,
  options: LintOptions = {},
): { readonly form: CompiledForm; readonly faults: readonly FormFault[] } {
  const form = compileForm(pack)
  const rowOf = (rowAt: number) => options.places?.survey[rowAt] ?? rowAt + 2
  const faults: FormFault[] = []
  for (const f of form.faults) {
    const column = 'column' in f ? (surveyHeadings[f.column]?.[0] ?? f.column) : 'name'
    const question = pack.survey[f.rowAt]?.name ?? ''
    faults.push(fault(f.fault, { row: rowOf(f.rowAt), column, about: f.about, question }))
  }
  for (const [rowAt, row] of pack.survey.entries()) {
    const at = { row: rowOf(rowAt), question: row.name }
    const shown = isAsked(row) || row.type === 'note' || row.type === 'begin_group' || row.type === 'begin_repeat'
    for (const language of required) {
      if (shown && !row.label?.[language])
        faults.push(fault('words-missing', { ...at, column: `label::${language}`, about: language }))
      for (const [field, column] of [
        ['hint', 'hint'],
        ['constraintMessage', 'constraint_message'],
        ['requiredMessage', 'required_message'],
      ] as const) {
        if (row[field] && !row[field][language])
          faults.push(fault('words-missing', { ...at, column: `${column}::${language}`, about: language }))
      }
    }
    if (row.list !== undefined && !Object.hasOwn(pack.choices, row.list))
      faults.push(fault('list-missing', { ...at, column: 'type', about: row.list }))
    if (row.calculation !== undefined && (row.type === 'begin_group' || row.type === 'begin_repeat'))
      faults.push(fault('calculation-of-group', { ...at, column: 'calculation' }))
    const read = form.unitsOf[form.tree.byName.get(row.name)?.id ?? 0]?.value?.expression.reads ?? []
    for (const about of [...read].map((id) => form.tree.nodes[id]?.name ?? '').filter((name) => ofThePast.test(name)))
      faults.push(fault('calculation-of-past', { ...at, column: 'calculation', about }))
    if (row.constraint !== undefined && !row.constraintMessage)
      faults.push(fault('message-missing', { ...at, column: 'constraint' }))
    if (isAsked(row) && row.sensitivity === undefined) faults.push(fault('sensitivity-missing', { ...at, column: 'sensitivity' }))
    if (
      !isBoundary(row.type) &&
      row.sensitivity !== undefined &&
      (row.sensitivity === 'gbv_restricted') !== (options.envelope === true)
    ) {
      faults.push(fault('sensitivity-wrong', { ...at, column: 'sensitivity', about: row.sensitivity }))
    }
    if (!options.envelope) {
      for (const text of [row.label, row.hint].flatMap((t) => Object.values(t ?? {}))) {
        const found = violenceWords.exec(text)
        if (found) faults.push(fault('asks-violence', { ...at, column: 'label', about: found[0] }))
      }
    } else if (
      row.type === 'text' &&
      row.widget === undefined &&
      !/^string-length\(\.\) <= (?:[1-5]?\d|60)$/.test(row.constraint ?? '')
    ) {
      faults.push(fault('text-too-long', { ...at, column: 'constraint' }))
    }
  }
  faults.push(...choiceFaults(pack, options))
  return { form, faults }
}

function choiceFaults(pack: FormPack, options: LintOptions): FormFault[] {
  const faults: FormFault[] = []
  let follows = 2
  for (const [list, choices] of Object.entries(pack.choices)) {
    const seen = new Set<string>()
    if (!pack.survey.some((r) => r.list === list)) {
      faults.push(
        fault('list-unused', {
          sheet: 'choices',
          row: options.places?.choices[list]?.[0] ?? follows,
          column: 'list_name',
          about: list,
        }),
      )
    }
    for (const [i, choice] of choices.entries()) {
      const at = {
        sheet: 'choices',
        row: options.places?.choices[list]?.[i] ?? follows,
        column: 'name',
        about: choice.name,
      } as const
      follows += 1
      if (/\s/.test(choice.name)) faults.push(fault('choice-code', at))
      if (seen.has(choice.name)) faults.push(fault('choice-twice', at))
      seen.add(choice.name)
      for (const language of required) {
        if (!choice.label[language]) faults.push(fault('words-missing', { ...at, column: `label::${language}`, about: language }))
      }
      if (!options.envelope) {
        const found = Object.values(choice.label)
          .map((t) => violenceWords.exec(t))
          .find(Boolean)
        if (found) faults.push(fault('asks-violence', { ...at, column: 'label', about: found[0] }))
      }
    }
  }
  return faults
}

/** True when nothing stops the form from being published. */
export function mayPublish(faults: readonly FormFault[]): boolean {
  return faults.every((f) => f.weight !== 'error')
}
