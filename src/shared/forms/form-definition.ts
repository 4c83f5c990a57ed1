import { z } from 'zod'
import { Widget } from './form-pack.ts'

const Label = z.strictObject({ fr: z.string(), en: z.string() })
export type Label = z.infer<typeof Label>

/** How sensitive a field is: public, restricted, confidential. Class G (GBV) never appears in a general form. */
export const FieldClass = z.enum(['public', 'restricted', 'confidential'])

/**
 * One question, in XLSForm's terms: `relevant`, `constraint`, `required` are XLSForm expressions
 * (`${age} >= 12 and selected(${docs}, 'cni')`), evaluated by shared/forms/form-state.ts in page and centre alike.
 */
export const Question = z.strictObject({
  name: z.string(),
  type: z.enum([
    'text',
    'integer',
    'decimal',
    'date',
    'partial_date',
    'dateTime',
    'select_one',
    'select_multiple',
    'phone',
    'place',
    'calculate',
  ]),
  /** Our own field, where the type says too little. */
  widget: Widget.optional(),
  label: Label,
  hint: Label.optional(),
  list: z.string().optional(),
  required: z.union([z.boolean(), z.string()]),
  relevant: z.string().optional(),
  constraint: z.string().optional(),
  constraintMessage: Label.optional(),
  calculation: z.string().optional(),
  default: z.string().optional(),
  class: FieldClass,
})
export type Question = z.infer<typeof Question>

export const FormSection = z.strictObject({
  name: z.string(),
  label: Label,
  note: Label.optional(),
  relevant: z.string().optional(),
  questions: z.array(Question),
})
export type FormSection = z.infer<typeof FormSection>

/** A form version: immutable data, survey + choices + settings. */
export const FormDefinition = z.strictObject({
  id: z.string(),
  version: z.string(),
  title: Label,
  sections: z.array(FormSection),
  choices: z.record(z.string(), z.array(z.strictObject({ name: z.string(), label: Label }))),
})
export type FormDefinition = z.infer<typeof FormDefinition>

/**
 * One stored answer: the text as given, or chosen codes; numbers are kept as numbers.
 *
 * "unknown", "prefers not to answer" and empty are three things: the two former are the codes below, the latter is null.
 */
export const Answer = z.union([z.string().max(4000), z.number(), z.array(z.string().max(60)).max(60), z.null()])
export type Answer = z.infer<typeof Answer>
/** Where an answer is stored: `family_name`, `skills[k3].level`; `skills[k3]` for the instance itself (docs/formats/forms.md). */
export const AnswerPath = z
  .string()
  .max(600)
  .regex(/^(?!__)[A-Za-z_][\w-]{0,59}(?:\[[a-z0-9]{1,40}\]\.[A-Za-z_][\w-]{0,59}){0,20}(?:\[[a-z0-9]{1,40}\])?$/)
export const Answers = z.record(AnswerPath, Answer)
export type Answers = z.infer<typeof Answers>
export const answerUnknown = 'unknown'
export const answerRefused = 'refused'
