import { shippedCaseForms } from '#shared/case-forms/case-form.ts'
import type { OfferedForm } from '#shared/case-forms/contract.ts'
import type { ReferenceData } from '../../reference-data.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { addedForms, newestForm } from '../national/index.ts'
import { titleOf } from './case-form-shown.ts'

/** Those that ship, then those that were published beside them. */
const offeredIds = (db: ReadableDb, reference: ReferenceData): readonly string[] => [
  ...shippedCaseForms,
  ...addedForms(db, reference),
]

/** True for a form that may be begun for a case. */
export function isOffered(db: ReadableDb, reference: ReferenceData, form: string): boolean {
  return offeredIds(db, reference).includes(form)
}

/** The forms that may be begun for a case; see caseForms.offered. */
export function offeredForms(db: ReadableDb, reference: ReferenceData): OfferedForm[] {
  return offeredIds(db, reference).flatMap((form) => {
    const ready = newestForm(db, reference, form)
    return ready ? [{ form, title: titleOf(ready.form.pack) }] : []
  })
}
