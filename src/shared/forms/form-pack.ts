import { z } from 'zod'

/** Words in several languages, by language code (`fr`, `en`, `ff`, …). */
export const Texts = z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().max(2000))
export type Texts = z.infer<typeof Texts>

/** How sensitive a field is; `gbv_restricted` exists in the envelope's pack alone. */
export const Sensitivity = z.enum(['public', 'restricted', 'confidential', 'gbv_restricted'])
export type Sensitivity = z.infer<typeof Sensitivity>

/** The types of XLSForm that a survey row of this version may have. */
export const rowTypes = [
  'text',
  'integer',
  'decimal',
  'range',
  'date',
  'time',
  'dateTime',
  'select_one',
  'select_multiple',
  'rank',
  'note',
  'calculate',
  'hidden',
  'acknowledge',
  'image',
  'file',
  'begin_group',
  'end_group',
  'begin_repeat',
  'end_repeat',
] as const
export const RowType = z.enum(rowTypes)
export type RowType = z.infer<typeof RowType>

/**
 * Our own pickers: what stands in the field beside its XLSForm type.
 *
 * `partial_date`, `phone`, `place`, `occupation` write text that Kobo and ODK take as text; `case`, `user`, `service`, `need`, `workflow` and
 * `system` are filled by the application, never typed.
 */
export const widgets = [
  'partial_date',
  'phone',
  'place',
  'occupation',
  'photo',
  'scan',
  'case',
  'user',
  'service',
  'need',
  'workflow',
  'system',
] as const
export const Widget = z.enum(widgets)
export type Widget = z.infer<typeof Widget>

/** Names of questions, lists and columns; never one that every object of the language has already. */
export const namePattern =
  /^(?!__|(?:constructor|prototype|toString|toLocaleString|valueOf|hasOwnProperty|isPrototypeOf|propertyIsEnumerable)$)[A-Za-z_][A-Za-z0-9_-]{0,59}$/
const Name = z.string().regex(namePattern)
const Cell = z.string().min(1).max(8000)

/** One row of the survey sheet, in XLSForm's words; `index`, `sensitivity`, `tier`, `widget`, `slip` are ours. */
export const SurveyRow = z.strictObject({
  type: RowType,
  name: z.union([Name, z.literal('')]),
  list: Name.optional(),
  label: Texts.optional(),
  hint: Texts.optional(),
  required: Cell.optional(),
  requiredMessage: Texts.optional(),
  relevant: Cell.optional(),
  constraint: Cell.optional(),
  constraintMessage: Texts.optional(),
  calculation: Cell.optional(),
  default: Cell.optional(),
  readonly: Cell.optional(),
  choiceFilter: Cell.optional(),
  repeatCount: Cell.optional(),
  appearance: Cell.optional(),
  parameters: Cell.optional(),
  index: z.literal('yes').optional(),
  sensitivity: Sensitivity.optional(),
  tier: z.int().min(1).max(3).optional(),
  widget: Widget.optional(),
  slip: z.enum(['always', 'if_consented', 'never']).optional(),
})
export type SurveyRow = z.infer<typeof SurveyRow>

/** One choice of a list; `with` holds the further columns that choice_filter reads. */
export const Choice = z.strictObject({
  name: z.string().min(1).max(60),
  label: Texts,
  with: z.record(Name, z.string().max(200)).optional(),
})
export type Choice = z.infer<typeof Choice>

export const surveyRowsMax = 3000
export const choicesMax = 5000

/**
 * A version of a form: immutable data, the sheets `survey`, `choices` and `settings` of an XLSForm.
 *
 * A record keeps the version that it was filled with. docs/formats/forms.md describes the file to the byte.
 */
export const FormPack = z.strictObject({
  format: z.literal(1),
  id: Name,
  version: z.string().regex(/^[A-Za-z0-9_.-]{1,40}$/),
  title: Texts,
  languages: z
    .array(z.strictObject({ code: z.string().regex(/^[a-z]{2,3}$/), name: z.string().min(1).max(60) }))
    .min(1)
    .max(12),
  defaultLanguage: z.string().regex(/^[a-z]{2,3}$/),
  /** Where texts and codes come from, and what still is a placeholder for an official wording. */
  attribution: z.string().max(4000).optional(),
  survey: z.array(SurveyRow).max(surveyRowsMax),
  choices: z.record(Name, z.array(Choice).max(choicesMax)),
})
export type FormPack = z.infer<typeof FormPack>

/** True for a row that opens or closes a group or repeat. */
export function isBoundary(type: RowType): boolean {
  return type.startsWith('begin_') || type.startsWith('end_')
}

/** True for a row that a person may answer. */
export function isAsked(row: SurveyRow): boolean {
  return !isBoundary(row.type) && row.type !== 'note' && row.type !== 'calculate' && row.type !== 'hidden'
}
