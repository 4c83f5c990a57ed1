import { reservedForms } from '#shared/case-forms/case-form.ts'
import { compileForm, type CompiledForm } from '#shared/forms/compile-form.ts'
import type { FormDefinition } from '#shared/forms/form-definition.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { deskFaults } from '#shared/forms/desk-questions.ts'
import { closingForm, quickCard, wholeForm } from '#shared/forms/quick-card.ts'
import type { SheetPlaces } from '#shared/forms/read-sheets.ts'
import type { ReferenceData } from '../../reference-data.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { publishedForms, publishedPack } from './form-versions.ts'

/** One version of a form, made ready to be filled in and shown. */
export interface ReadyForm {
  readonly version: string
  readonly form: CompiledForm
  /** The words of all of its questions. */
  readonly words: FormDefinition
}
/** One version of the profile. */
export interface ProfileVersion {
  readonly version: string
  readonly profile: CompiledForm
  readonly profileWords: FormDefinition
  /** Its first tier. */
  readonly quickCard: FormDefinition
}
/** The version of a record, and the one in use where that is another. */
export interface RecordForm extends ProfileVersion {
  readonly newer: string | null
}

const profileId = 'profile'
const closureId = 'closure'
/** What is worked out of a pack is worked out once; a pack is never changed. */
const forms = new WeakMap<FormPack, ReadyForm>()
const profiles = new WeakMap<FormPack, ProfileVersion>()
const closings = new WeakMap<FormPack, FormDefinition>()
/** Published packs by the id of their row, which is made from their text; null for one that is not used. */
const packs = new Map<string, FormPack | null>()
const noPlaces: SheetPlaces = { survey: [], choices: {} }

/**
 * The version of the profile that new records are filled with: the newest that the national key signed and that can be read here, else the
 * one that came with the application (ADR 42).
 */
export function newestProfile(db: ReadableDb, reference: ReferenceData): ProfileVersion {
  return ready(newestPack(db, reference, profileId))
}

/** The version that a record was filled with; where it is not held here, the newest: no answer is lost by that, what it does not ask is set aside. */
export function profileOf(db: ReadableDb, reference: ReferenceData, version: string): RecordForm {
  const shipped = shippedPack(reference, profileId)
  const published = usablePacks(db, profileId, shipped)
  const pack = published.find((p) => p.version === version) ?? (shipped.version === version ? shipped : published[0])
  const inUse = published[0] ?? shipped
  return { ...ready(pack ?? shipped), newer: inUse.version === version ? null : inUse.version }
}

/** The version of a form with which a new one is filled, as `newestProfile`; undefined for a form that is not held here. */
export function newestForm(db: ReadableDb, reference: ReferenceData, id: string): ReadyForm | undefined {
  const pack = versionsHeld(db, reference, id)[0]
  return pack && readyForm(pack)
}

/** The version that a form was filled with, as `profileOf`. */
export function formOfVersion(db: ReadableDb, reference: ReferenceData, id: string, version: string): ReadyForm | undefined {
  const held = versionsHeld(db, reference, id)
  const pack = held.find((p) => p.version === version) ?? held[0]
  return pack && readyForm(pack)
}

/** The quick card of a version. */
export type CardOf = (version: string) => FormDefinition

/** The quick card of each version, looked up once for a list of records. */
export function cardsOf(db: ReadableDb, reference: ReferenceData): CardOf {
  const cards = new Map<string, FormDefinition>()
  return (version) => {
    const card = cards.get(version) ?? profileOf(db, reference, version).quickCard
    cards.set(version, card)
    return card
  }
}

/** The questions at the end of a case. */
export function closingInUse(db: ReadableDb, reference: ReferenceData): FormDefinition {
  const pack = newestPack(db, reference, closureId)
  const form = closings.get(pack) ?? closingForm(pack)
  closings.set(pack, form)
  return form
}

/** The newest first, the one that ships last. */
function versionsHeld(db: ReadableDb, reference: ReferenceData, id: string): readonly FormPack[] {
  const shipped = reference.forms.get(id)
  return shipped ? [...usablePacks(db, id, shipped), shipped] : usablePacks(db, id, undefined)
}

/** The forms that were published beside those that ship, the oldest first. */
export function addedForms(db: ReadableDb, reference: ReferenceData): readonly string[] {
  const ids = publishedForms(db).map((v) => v.says.form)
  return [...new Set(ids.toReversed())].filter((id) => !reference.forms.has(id) && !reservedForms.includes(id))
}

function newestPack(db: ReadableDb, reference: ReferenceData, form: string): FormPack {
  const shipped = shippedPack(reference, form)
  return usablePacks(db, form, shipped)[0] ?? shipped
}

function shippedPack(reference: ReferenceData, form: string): FormPack {
  const pack = reference.forms.get(form)
  if (!pack) throw new TypeError(`forms/${form}`)
  return pack
}

/** The newest first; one that lacks what this version of the application reads itself of a form is not used. */
function usablePacks(db: ReadableDb, form: string, shipped: FormPack | undefined): readonly FormPack[] {
  return publishedForms(db)
    .filter((v) => v.says.form === form)
    .flatMap((v) => {
      const known = packs.get(v.id)
      if (known !== undefined) return known ?? []
      const pack = publishedPack(db, v)
      if (!pack) return []
      const used = !shipped || deskFaults(shipped, pack, noPlaces).length === 0 ? pack : null
      packs.set(v.id, used)
      return used ?? []
    })
}

function readyForm(pack: FormPack): ReadyForm {
  const known = forms.get(pack)
  if (known) return known
  const made = { version: pack.version, form: compileForm(pack), words: wholeForm(pack) }
  forms.set(pack, made)
  return made
}

function ready(pack: FormPack): ProfileVersion {
  const known = profiles.get(pack)
  if (known) return known
  const { version, form, words } = readyForm(pack)
  const made = { version, profile: form, profileWords: words, quickCard: quickCard(pack) }
  profiles.set(pack, made)
  return made
}
