import { z } from 'zod'
import { FileToken, Id, Instant, JobId, Nothing, procedure, shortText } from '../procedure.ts'
import { FormDefinition } from './form-definition.ts'
import { FormPack } from './form-pack.ts'

const Words = z.strictObject({ fr: z.string(), en: z.string() })

/** One form and its versions, the newest first. */
export const FormVersions = z.strictObject({
  form: z.string(),
  title: Words,
  versions: z
    .array(
      z.strictObject({
        id: Id,
        version: z.string(),
        /** Null for the version that came with the application. */
        publishedAt: Instant.nullable(),
        /** False for one that this version of the application cannot read. */
        isReadable: z.boolean(),
        isNewest: z.boolean(),
      }),
    )
    .min(1),
})
export type FormVersions = z.infer<typeof FormVersions>

/** One fault, where its author finds it in Excel; `row` 0 and `column` '' when it is about more than one. */
export const ShownFault = z.strictObject({
  weight: z.enum(['error', 'warning']),
  sheet: z.enum(['survey', 'choices', 'settings']),
  row: z.number().int(),
  column: z.string(),
  /** What is wrong and what to do. */
  words: Words,
})
export type ShownFault = z.infer<typeof ShownFault>

/** What a file would publish. */
export const FormPreview = z.strictObject({
  /** Null when nothing of the file could be read as a form. */
  previewId: JobId.nullable(),
  pack: FormPack.nullable(),
  /** The version that it is compared with; null when the form is none of the application's. */
  against: z.string().nullable(),
  /** Every fault, errors first, each in the order of the sheets; at most `faultsShown` are listed. */
  faults: z.array(ShownFault),
  errorCount: z.number().int(),
  warningCount: z.number().int(),
  /** What changes, one sentence each. */
  changes: z.strictObject({ fr: z.array(z.string()), en: z.array(z.string()) }),
})
export type FormPreview = z.infer<typeof FormPreview>
export const faultsShown = 2000

const UnitGroup = z.strictObject({ code: z.string(), label: z.strictObject({ fr: z.string(), en: z.string() }) })

export const formsContract = {
  /** Unit groups of ISCO-08 for a trade as it is said, best first; `word` is the one that was found, '' for the title. At most 20. */
  'forms.occupations': procedure({
    input: z.strictObject({ text: shortText(100) }),
    output: z.array(UnitGroup.extend({ word: z.string() })),
    permission: 'case.read',
  }),
  /** One unit group by its code. Throws not-found. */
  'forms.occupation': procedure({
    input: z.strictObject({ code: z.string().max(4) }),
    output: UnitGroup,
    permission: 'case.read',
  }),
  /** The whole profile as its pack, compiled by the page: the version that new records are filled with, or that of a record. */
  'forms.profile': procedure({
    input: z.strictObject({ version: FormPack.shape.version.optional() }),
    output: FormPack,
    permission: 'case.read',
  }),
  /** The questions at the end of a case. */
  'forms.closing': procedure({ input: Nothing, output: FormDefinition, permission: 'case.read' }),
  /** Every form with its versions; `passedOver` counts versions that were received without the national key's signature. */
  'forms.versions': procedure({
    input: Nothing,
    output: z.strictObject({ forms: z.array(FormVersions), passedOver: z.number().int() }),
    permission: 'form.read',
  }),
  /** One version as data. Throws not-found. */
  'forms.version': procedure({ input: z.strictObject({ id: Id }), output: FormPack, permission: 'form.read' }),
  /** Reads an .xlsx and changes nothing. Throws file-unreadable, too-large, cancelled. Emits progress under `job`. */
  'forms.check': procedure({
    input: z.strictObject({ file: FileToken, job: JobId }),
    output: FormPreview,
    permission: 'form.read',
  }),
  /**
   * Signs the checked form with the national key, which must be open, and puts it into the stream of every centre.
   *
   * Throws not-found for an old check, form-has-faults, national-not-open, training-no-exchange.
   */
  'forms.publish': procedure({
    input: z.strictObject({ previewId: JobId }),
    output: z.strictObject({ form: z.string(), version: z.string() }),
    permission: 'form.publish',
    audited: 'write',
  }),
  /** Writes a version as an .xlsx for Excel, Kobo and ODK. Throws not-found, disk-full. */
  'forms.save': procedure({
    input: z.strictObject({ id: Id, file: FileToken }),
    output: z.strictObject({}),
    permission: 'form.read',
  }),
  /** Writes the model of a form as an .xlsx. Throws disk-full. */
  'forms.saveModel': procedure({
    input: z.strictObject({ file: FileToken }),
    output: z.strictObject({}),
    permission: 'form.read',
  }),
} as const
