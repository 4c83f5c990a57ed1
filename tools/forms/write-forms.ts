// node tools/forms/write-forms.ts: writes resources/forms and resources/envelope anew from tools/forms/profile-form.json
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { formFile, formText, makeForms, type SourceSection } from './make-forms.ts'

const here = import.meta.dirname
const source = JSON.parse(readFileSync(path.join(here, 'profile-form.json'), 'utf8')) as SourceSection[]
for (const pack of makeForms(source)) {
  const file = path.join(here, '../../resources', formFile(pack))
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, formText(pack))
  console.log(`${formFile(pack)}: ${pack.survey.length} rows`)
}
