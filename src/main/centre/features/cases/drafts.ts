import { allowsIdentity } from '#shared/cases/consent.ts'
import type { Draft, DraftRow } from '#shared/cases/contract.ts'
import { answersIn, referralDraftFields, withoutEarlyNames, type DraftChanges } from '#shared/cases/draft.ts'
import { administrativeSections, findQuestion } from '#shared/forms/check-answers.ts'
import { isAdministrative, nodeOfPath } from '#shared/forms/filled-form.ts'
import { Refusal } from '#shared/result.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { newestProfile, profileOf } from '../national/index.ts'
import { reachableCase } from './case-access.ts'
import { personName } from './case-shown.ts'
import { findCase } from './cases-repository.ts'
import { caseOfReferral, findDraft, isImported, listDrafts, putDraft, type DraftKey } from './drafts-repository.ts'

export interface KeptDraft extends DraftKey {
  readonly texts: DraftChanges
  readonly focused?: string | undefined
}

/** Keeps what was typed and is not stored yet; see cases.keepDraft. */
export function keepDraft(input: KeptDraft, reference: ReferenceData, context: CallContext): Record<string, never> {
  const { store, session } = context
  checkDraft(input, reference, context)
  store.write((unit) => {
    const before = findDraft(unit, session.userId, input)
    const all = Object.entries({ ...before?.texts, ...input.texts }).filter((e): e is [string, string] => e[1] !== null)
    const texts = Object.fromEntries(all)
    putDraft(unit, session.userId, input, {
      texts: input.form === 'new-case' ? withoutEarlyNames(newestProfile(store, reference).quickCard, texts) : texts,
      focused: input.focused ?? before?.focused ?? '',
    })
    unit.audit({ action: 'cases.keepDraft', object: input.subject, details: { fields: Object.keys(input.texts).length } })
  })
  return {}
}

/** Throws unless the fields are the form's own and the text may be kept (H1). */
function checkDraft(input: KeptDraft, reference: ReferenceData, context: CallContext): void {
  const { store, session } = context
  const site = session.site.code
  const names = [...Object.keys(input.texts), ...(input.focused ? [input.focused] : [])]
  const version = input.form === 'quick-card' ? findCase(store, site, input.subject)?.form_version : undefined
  const { profile, quickCard } = version === undefined ? newestProfile(store, reference) : profileOf(store, reference, version)
  const ofProfile = (name: string) => nodeOfPath(profile, name)
  const ofForm = (name: string) => {
    if (input.form === 'quick-card') return ofProfile(name) !== undefined
    if (input.form === 'new-case') return administrativeSections.includes(findQuestion(quickCard, name)?.section.name ?? '')
    return referralDraftFields[input.form]?.includes(name) === true
  }
  const strange = names.find((name) => !ofForm(name))
  if (strange !== undefined) throw new Refusal('bad-input', { field: strange })
  if (input.form === 'new-case') return
  const ofReferral = input.form !== 'quick-card' && input.form !== 'new-referral'
  const caseId = ofReferral ? caseOfReferral(store, site, input.subject) : input.subject
  if (caseId === undefined) throw new Refusal('not-found')
  const record = reachableCase(input.form === 'quick-card' ? 'case.edit' : 'case.read', caseId, context)
  if (input.form !== 'quick-card') return
  if (record.origin_site !== null) throw new Refusal('read-only-copy')
  const identity = Object.entries(input.texts).some(([q, text]) => text !== null && !isAdministrative(ofProfile(q)))
  if (identity && !allowsIdentity(record.answers)) throw new Refusal('consent-missing')
}

/** What the user left in a form, or null. */
export function shownDraft(key: DraftKey, { store, session }: CallContext): Draft | null {
  const draft = findDraft(store, session.userId, key)
  const held = key.form === 'new-case' ? findDraft(store, session.userId, { ...key, form: 'quick-card' }) : undefined
  if (!draft) return null
  return { ...draft, at: instantAt(draft.at), imported: isImported(store, key), held: answersIn(held?.texts ?? {}) }
}

/** The forms that the user left unfinished. */
export function openDrafts({ store, session }: CallContext): DraftRow[] {
  return listDrafts(store, session.userId).map((d) => ({
    form: d.form,
    subject: d.subject,
    caseId: d.case_id,
    name: personName(d.answers),
    number: d.number ?? '',
    fields: Object.keys(d.texts).length,
    at: instantAt(d.at),
  }))
}
