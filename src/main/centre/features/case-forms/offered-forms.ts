import { shippedCaseForms } from '#shared/case-forms/case-form.ts'
import type { OfferedForm } from '#shared/case-forms/contract.ts'
import type { ReferenceData } from '../../reference-data.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { newestForm } from '../national/index.ts'
import { titleOf } from './case-form-shown.ts'

const offeredIds = (): readonly string[] => shippedCaseForms

/** True for a form that may be begun for a case. */
export function isOffered(_db: ReadableDb, _reference: ReferenceData, form: string): boolean {
  return offeredIds().includes(form)
}

/** The forms that may be begun for a case; see caseForms.offered. */
export function offeredForms(db: ReadableDb, reference: ReferenceData): OfferedForm[] {
  return offeredIds().flatMap((form) => {
    const ready = newestForm(db, reference, form)
    return ready ? [{ form, title: titleOf(ready.form.pack) }] : []
  })
}
