import { removedQuestionsInUse, retiredChoicesInUse } from '#shared/forms/compare-forms.ts'
import { deskFaults } from '#shared/forms/desk-questions.ts'
import { fault, type FormFault } from '#shared/forms/form-fault.ts'
import { reservedForms } from '#shared/case-forms/case-form.ts'
import { isAsked, type FormPack } from '#shared/forms/form-pack.ts'
import { formLimits } from '#shared/sync/form-version.ts'
import { lintForm } from '#shared/forms/lint-form.ts'
import { readSheets, type Sheets, type SheetPlaces } from '#shared/forms/read-sheets.ts'
import { canonicalForm } from '#shared/forms/write-sheets.ts'
import { packedForm } from '../../crypto/form-statement.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { countUses } from './count-uses.ts'

/** The form in use that a file is held against. */
export interface FormInUse {
  /** As it came with the application; undefined for a form that was published beside those. */
  readonly shipped: FormPack | undefined
  readonly newest: FormPack
  /** Names of all its versions. */
  readonly versions: readonly string[]
}

/** Every fault of a form's sheets that can be seen without the desk; `faults` are those already found in the file. */
export function readForm(
  sheets: Sheets,
  faults: readonly FormFault[],
): { readonly pack: FormPack | undefined; readonly places: SheetPlaces; readonly faults: readonly FormFault[] } {
  const read = readSheets(sheets)
  const pack = read.partial?.survey.length ? read.partial : undefined
  const linted = pack ? lintForm(pack, { places: read.places }).faults : []
  // a row that could not be read is no missing name: its own fault is told
  const unread = new Set(read.faults.map((f) => f.question))
  const others = linted.filter((f) => f.code !== 'reference-missing' || !unread.has(f.about))
  return { pack, places: read.places, faults: [...faults, ...read.faults, ...others] }
}

/** What stops this form from being published beside its own faults: it cannot be filled, its version is taken, it is too large. */
export function publishingFaults(
  { pack, places, faults }: { readonly pack: FormPack; readonly places: SheetPlaces; readonly faults: readonly FormFault[] },
  known: FormInUse | undefined,
): readonly FormFault[] {
  const inSettings = (code: FormFault['code'], column: string, about: string) =>
    fault(code, { sheet: 'settings', row: 2, column, about })
  if (!known && reservedForms.includes(pack.id)) return [inSettings('form-unknown', 'form_id', pack.id)]
  const text = canonicalForm(pack)
  const isTooLarge = Buffer.byteLength(text) > formLimits.textBytesMax || packedForm(text).length > formLimits.packedMax
  return [
    ...(known?.versions.includes(pack.version) ? [inSettings('version-taken', 'version', pack.version)] : []),
    ...(isTooLarge ? [fault('form-too-large', {})] : []),
    ...outsideGroups(pack, places),
    ...(known?.shipped ? deskFaults(known.shipped, pack, places) : []).filter(
      (f) => !faults.some((own) => own.weight === 'error' && own.question === f.question),
    ),
  ]
}

/** Questions that stand in no group: the page shows the parts of a form one at a time, and they would be in none. */
function outsideGroups(pack: FormPack, places: SheetPlaces): readonly FormFault[] {
  let depth = 0
  return pack.survey.flatMap((row, at) => {
    if (row.type.startsWith('begin_')) depth += 1
    if (row.type.startsWith('end_')) depth -= 1
    if (depth > 0 || !isAsked(row)) return []
    return [fault('question-outside', { row: places.survey[at] ?? 0, column: 'name', about: row.name, question: row.name })]
  })
}

/** What is taken out although records hold it; counts alone. */
export function useWarnings(db: ReadableDb, from: FormPack, to: FormPack): readonly FormFault[] {
  const uses = countUses(db, from.id, new Set(from.survey.filter((r) => r.name !== '').map((r) => r.name)))
  return [
    ...removedQuestionsInUse(from, to, (question) => uses.ofQuestion(question)),
    ...retiredChoicesInUse(from, to, (question, code) => uses.ofChoice(question, code)),
  ]
}
