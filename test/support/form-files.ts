import { writeXlsx } from 'hucre/xlsx'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { FormPack } from '#shared/forms/form-pack.ts'
import { writeSheets } from '#shared/forms/write-sheets.ts'
import type { CallOutput } from '#shared/contract.ts'
import type { TestCentre } from './open-test-centre.ts'

/** A form that ships. */
export function shippedForm(id: string): FormPack {
  const file = path.resolve(import.meta.dirname, `../../resources/forms/${id}.json`)
  return FormPack.parse(JSON.parse(readFileSync(file, 'utf8')))
}

type Cells = Record<'survey' | 'choices' | 'settings', string[][]>

/** A form as an .xlsx that somebody wrote in Excel: its sheets, changed by `edit` cell by cell. Returns the path. */
export async function formFile(folder: string, pack: FormPack, edit: (sheets: Cells) => void = () => undefined): Promise<string> {
  const written = writeSheets(pack)
  const copy = (grid: readonly (readonly string[])[]) => grid.map((row) => [...row])
  const sheets: Cells = { survey: copy(written.survey), choices: copy(written.choices), settings: copy(written.settings) }
  edit(sheets)
  const names = ['survey', 'choices', 'settings'] as const
  const file = path.join(folder, `form-${randomUUID()}.xlsx`)
  writeFileSync(file, await writeXlsx({ sheets: names.map((name) => ({ name, rows: sheets[name] })) }))
  return file
}

/** The next version of a form, changed row by row. */
export function nextForm(
  pack: FormPack,
  version: string,
  change: (survey: FormPack['survey']) => FormPack['survey'] = (s) => s,
): FormPack {
  return { ...pack, version, survey: change(pack.survey) }
}

/** Lets a desk check a file; see forms.check. */
export function checkForm(desk: TestCentre, file: string): Promise<CallOutput<'forms.check'>> {
  return desk.get('forms.check', { file: desk.token(file), job: 'check' })
}

/** The office, its key open, publishes a form. */
export async function publishForm(office: TestCentre, pack: FormPack): Promise<void> {
  const { previewId, faults } = await checkForm(office, await formFile(office.folder, pack))
  const errors = faults.filter((f) => f.weight === 'error')
  if (previewId === null || errors.length > 0) throw new Error(JSON.stringify(errors))
  await office.get('forms.publish', { previewId })
}
