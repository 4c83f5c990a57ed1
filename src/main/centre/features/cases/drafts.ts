import { allowsIdentity } from '#shared/cases/consent.ts'
import type { Draft, DraftRow } from '#shared/cases/contract.ts'
import { answersIn, referralDraftFields, withoutEarlyNames, type DraftChanges } from '#shared/cases/draft.ts'
import { administrativeSections, findQuestion } from '#shared/forms/check-answers.ts'
import { isAdministrative, nodeOfPath } from '#shared/forms/filled-form.ts'
import type { PermissionId } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { formOfVersion, newestProfile, profileOf } from '../national/index.ts'
import { reachableCase } from './case-access.ts'
import { personName } from './case-shown.ts'
import { findCase } from './cases-repository.ts'
import {
  caseFormOfDraft,
  caseOfReferral,
  findDraft,
  isImported,
  listDrafts,
  putDraft,
  type DraftKey,
} from './drafts-repository.ts'

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
  const filled = input.form === 'case-form' ? caseFormOfDraft(store, site, input.subject) : undefined
  if (input.form === 'case-form' && !filled) throw new Refusal('not-found')
  const record = input.form === 'quick-card' ? findCase(store, site, input.subject) : undefined
  const profile = record ? profileOf(store, reference, record.form_version) : newestProfile(store, reference)
  const form = filled ? formOfVersion(store, reference, filled.form, filled.form_version)?.form : profile.profile
  const nodeOf = (name: string) => form && nodeOfPath(form, name)
  const ofForm = (name: string) => {
    if (input.form === 'quick-card' || input.form === 'case-form') return nodeOf(name) !== undefined
    if (input.form === 'new-case')
      return administrativeSections.includes(findQuestion(profile.quickCard, name)?.section.name ?? '')
    return referralDraftFields[input.form]?.includes(name) === true
  }
  const strange = names.find((name) => !ofForm(name))
  if (strange !== undefined) throw new Refusal('bad-input', { field: strange })
  const { caseId, permission } = draftedCase(input, filled?.case_id, store, site)
  if (permission === null) return
  if (caseId === undefined) throw new Refusal('not-found')
  const of = reachableCase(permission, caseId, context)
  if (permission === 'case.read') return
  if (of.origin_site !== null) throw new Refusal('read-only-copy')
  // all of a form of a case is about the person
  const isPersonal = (q: string) => input.form === 'case-form' || !isAdministrative(nodeOf(q))
  const identity = Object.entries(input.texts).some(([q, text]) => text !== null && isPersonal(q))
  if (identity && !allowsIdentity(of.answers)) throw new Refusal('consent-missing')
}

/** The case that a draft is of, and what its user must hold there; null while nobody was received yet. */
function draftedCase(
  { form, subject }: DraftKey,
  ofCaseForm: string | undefined,
  store: ReadableDb,
  site: string,
): { readonly caseId?: string | undefined; readonly permission: PermissionId | null } {
  switch (form) {
    case 'new-case':
      return { permission: null }
    case 'quick-card':
      return { caseId: subject, permission: 'case.edit' }
    case 'case-form':
      return { caseId: ofCaseForm, permission: 'caseForm.fill' }
    case 'new-referral':
      return { caseId: subject, permission: 'case.read' }
    default:
      return { caseId: caseOfReferral(store, site, subject), permission: 'case.read' }
  }
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
