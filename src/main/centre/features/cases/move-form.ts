import type { FormMove } from '#shared/cases/contract.ts'
import { changesInWords, moveToVersion } from '#shared/forms/compare-forms.ts'
import { worldOn } from '#shared/forms/filled-form.ts'
import { FormState } from '#shared/forms/form-state.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { newestProfile, profileOf } from '../national/index.ts'
import { openCase } from './case-access.ts'
import { answerRegisters } from './create-case.ts'
import { keptCalculations } from './save-answers.ts'

/** What a record's move to the form in use would do; see cases.formMove. Changes nothing. */
export function formMove(caseId: string, reference: ReferenceData, context: CallContext): FormMove | null {
  const { store } = context
  const record = openCase('case.edit', caseId, context)
  const to = newestProfile(store, reference)
  if (to.version === record.form_version) return null
  const from = profileOf(store, reference, record.form_version)
  const { aside, added } = moveToVersion(record.answers, from.profile.pack, to.profile.pack)
  return {
    from: record.form_version,
    to: to.version,
    changes: changesInWords(from.profile.pack, to.profile.pack),
    aside: aside.length,
    added: added.length,
  }
}

/**
 * Moves a record to the form in use; see cases.moveForm. Every answer stays; what the form works out is worked out anew.
 *
 * `to` is what was shown: another version that came in since is shown first.
 */
export function moveForm(
  { caseId, to }: { readonly caseId: string; readonly to: string },
  reference: ReferenceData,
  context: CallContext,
): void {
  const { store, ports } = context
  const record = openCase('case.edit', caseId, context)
  const { profile, version } = newestProfile(store, reference)
  if (version !== to || version === record.form_version) throw new Refusal('not-found')
  const state = new FormState(profile, record.answers, worldOn(today(ports.clock)))
  store.write((unit) => {
    unit.change('case', caseId, { form_version: version, ...answerRegisters(keptCalculations(state)) })
    unit.audit({ action: 'cases.moveForm', object: caseId, details: { from: record.form_version, to: version } })
  })
}
