import { bytesToHex } from '@noble/hashes/utils.js'
import { faultsShown, type formsContract, type FormVersions } from '#shared/forms/contract.ts'
import { faultText, type FormFault } from '#shared/forms/form-fault.ts'
import { changesInWords } from '#shared/forms/compare-forms.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { mayPublish } from '#shared/forms/lint-form.ts'
import { modelForm } from '#shared/forms/model-form.ts'
import type { Occupation } from '#shared/reference/occupation.ts'
import { Refusal } from '#shared/result.ts'
import type { NationalSecret } from '../../crypto/national-key.ts'
import { onePiece } from '../../crypto/one-piece.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext, CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import type { ReadableDb } from '../../storage/store.ts'
import {
  closingInUse,
  formsPassedOver,
  newestProfile,
  profileOf,
  publishedForms,
  publishedPack,
  publishForm,
} from '../national/index.ts'
import { collect, refuseInTraining } from '../sync/index.ts'
import { publishingFaults, readForm, useWarnings, type FormInUse } from './check-form.ts'
import { readXlsxSheets, writeXlsxForm, xlsxBytesMax } from './xlsx-file.ts'

export { readXlsxTables, tableColumnsMax } from './xlsx-file.ts'

const shippedId = (form: string) => `shipped-${form.replaceAll('_', '-')}`

const shownGroup = ({ code, label }: Occupation) => ({ code, label: { ...label } })

/** `national` gives the open national key, or throws Refusal national-not-open. */
export const formsHandlers = (
  reference: ReferenceData,
  national: (context: CallContext) => NationalSecret,
): Handlers<CentreCalls<typeof formsContract>> => {
  /** The form that was checked last; only that one can be published. */
  let checked: { readonly id: string; readonly pack: FormPack; readonly faults: readonly FormFault[] } | undefined

  /** The versions of a form, the newest first, the one that ships last. */
  function versionsOf(
    db: ReadableDb,
    form: string,
  ): { readonly id: string; readonly version: string; readonly at: number | null; readonly pack: FormPack | undefined }[] {
    const shipped = reference.forms.get(form)
    const published = publishedForms(db)
      .filter((v) => v.says.form === form)
      .map((v) => ({ ...v, pack: publishedPack(db, v) }))
    // somebody may put another text beside what was signed: it is not shown where the true one is held
    const shown = published.filter((v) => v.pack ?? !published.some((w) => w.pack && w.says.hash === v.says.hash))
    return [
      ...shown.map((v) => ({ id: v.id, version: v.says.version, at: v.says.since, pack: v.pack })),
      ...(shipped ? [{ id: shippedId(form), version: shipped.version, at: null, pack: shipped }] : []),
    ]
  }

  function inUse(db: ReadableDb, form: string): FormInUse | undefined {
    const versions = versionsOf(db, form)
    const newest = versions.find((v) => v.pack)?.pack
    return newest && { shipped: reference.forms.get(form), newest, versions: versions.map((v) => v.version) }
  }

  function packOf(db: ReadableDb, id: string): FormPack {
    const shipped = [...reference.forms.values()].find((pack) => shippedId(pack.id) === id)
    const published = publishedForms(db).find((v) => v.id === id)
    const pack = shipped ?? (published && publishedPack(db, published))
    if (!pack) throw new Refusal('not-found')
    return pack
  }

  return {
    'forms.profile': ({ version }, { store }) =>
      (version === undefined ? newestProfile(store, reference) : profileOf(store, reference, version)).profile.pack,
    'forms.occupations': ({ text }) =>
      reference.occupations.search(text, 20).map(({ occupation, word }) => ({ ...shownGroup(occupation), word })),
    'forms.occupation'({ code }) {
      const group = reference.occupations.get(code)
      if (!group) throw new Refusal('not-found')
      return shownGroup(group)
    },
    'forms.closing': (_nothing, { store }) => closingInUse(store, reference),
    'forms.versions'(_input, { store }) {
      const added = publishedForms(store).map((v) => v.says.form)
      const forms = [...new Set([...reference.forms.keys(), ...added])].map((form): FormVersions => {
        const versions = versionsOf(store, form)
        const newest = versions.find((v) => v.pack)
        return {
          form,
          title: newest?.pack ? titleOf(newest.pack) : { fr: form, en: form },
          versions: versions.map((v) => ({
            id: v.id,
            version: v.version,
            publishedAt: v.at === null ? null : instantAt(v.at),
            isReadable: v.pack !== undefined,
            isNewest: v === newest,
          })),
        }
      })
      return { forms, passedOver: formsPassedOver(store) }
    },
    'forms.version': ({ id }, { store }) => packOf(store, id),
    async 'forms.check'({ file, job }, context) {
      checked = undefined
      const { ports, store } = context
      const running = context.job(job)
      const step = async (done: number) => {
        running.progress(done, 4)
        await running.breathe()
      }
      if (ports.files.chosenSize(file) > xlsxBytesMax) throw new Refusal('too-large')
      await step(0)
      const { sheets, faults: inFile } = await readXlsxSheets(await collect(ports.files.readChosen(file), xlsxBytesMax))
      await step(1)
      const { pack, places, faults: own } = readForm(sheets, inFile)
      await step(2)
      const known = pack && inUse(store, pack.id)
      const others = pack ? publishingFaults({ pack, places, faults: own }, known) : []
      await step(3)
      const warnings = pack && known ? useWarnings(store, known.newest, pack) : []
      const all = [...own, ...others, ...warnings]
      const errors = all.filter((f) => f.weight === 'error')
      if (pack) checked = { id: bytesToHex(ports.random.bytes(12)), pack, faults: all }
      await step(4)
      return {
        previewId: checked?.id ?? null,
        pack: pack ?? null,
        against: known?.newest.version ?? null,
        faults: [...errors, ...all.filter((f) => f.weight === 'warning')].slice(0, faultsShown).map(shownFault),
        errorCount: errors.length,
        warningCount: all.length - errors.length,
        changes: pack && known ? changesInWords(known.newest, pack) : { fr: [], en: [] },
      }
    },
    'forms.publish'({ previewId }, context) {
      refuseInTraining(context)
      const { store } = context
      const chosen = checked
      if (!chosen || chosen.id !== previewId) throw new Refusal('not-found')
      const { pack } = chosen
      // another version may have come in since
      const isTaken = inUse(store, pack.id)?.versions.includes(pack.version) === true
      if (!mayPublish(chosen.faults) || isTaken) throw new Refusal('form-has-faults')
      const key = national(context)
      store.write((unit) => {
        const object = publishForm(unit, pack, key)
        unit.audit({ action: 'forms.publish', object, details: { form: pack.id, version: pack.version } })
      })
      checked = undefined
      return { form: pack.id, version: pack.version }
    },
    async 'forms.save'({ id, file }, { store, ports }) {
      await ports.files.writeChosen(file, onePiece(await writeXlsxForm(packOf(store, id))))
      return {}
    },
    async 'forms.saveModel'({ file }, { ports }) {
      await ports.files.writeChosen(file, onePiece(await writeXlsxForm(modelForm)))
      return {}
    },
  }
}

function titleOf(pack: FormPack): FormVersions['title'] {
  const own = pack.title[pack.defaultLanguage] ?? pack.id
  return { fr: pack.title['fr'] ?? own, en: pack.title['en'] ?? own }
}

function shownFault(f: FormFault) {
  const { weight, sheet, row, column } = f
  return { weight, sheet, row, column, words: { fr: faultText(f, 'fr'), en: faultText(f, 'en') } }
}
