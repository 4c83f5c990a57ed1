import { z } from 'zod'
import { TextWarning } from '../cases/contract.ts'
import { FocusedField } from '../cases/draft.ts'
import { Answers } from '../forms/form-definition.ts'
import { FormPack } from '../forms/form-pack.ts'
import { Day, Id, Instant, Nothing, procedure } from '../procedure.ts'
import { caseFormStates } from './case-form.ts'

const Words = z.strictObject({ fr: z.string(), en: z.string() })

/** A form that may be begun for a case. */
export const OfferedForm = z.strictObject({ form: FormPack.shape.id, title: Words })
export type OfferedForm = z.infer<typeof OfferedForm>

/** A form of a case as its list shows it. */
export const CaseFormRow = z.strictObject({
  id: Id,
  form: FormPack.shape.id,
  /** Of the version it was filled with; the form's id while that form is not held here. */
  title: Words,
  formVersion: z.string(),
  /** The day of the session or visit, else when it was begun. */
  on: Day,
  /** Who began it, by name; '' for somebody who has no account here. */
  author: z.string(),
  state: z.enum(caseFormStates),
  /** False while its form is not held here: it opens once the form has come in. */
  isReadable: z.boolean(),
})
export type CaseFormRow = z.infer<typeof CaseFormRow>

export const CaseFormFile = z.strictObject({
  row: CaseFormRow,
  caseId: Id,
  caseNumber: z.string(),
  /** As a list shows the person. */
  name: z.string(),
  answers: Answers,
  /** What the form reads of the case: the age on that day, whether the person agrees to be visited. Never stored with the form. */
  facts: Answers,
  /** True for whoever may fill it now. */
  editable: z.boolean(),
  /** True for whoever may say a supervisor's word on it. */
  approvable: z.boolean(),
  /** The person is not shown yet: a reason opens it. */
  masked: z.boolean(),
  /** The confidential answers are among `answers`. */
  confidential: z.boolean(),
  updatedAt: Instant,
})
export type CaseFormFile = z.infer<typeof CaseFormFile>

export const caseFormsContract = {
  /** The forms that may be begun for a case, in their newest version: those that ship, then those that were published beside them. */
  'caseForms.offered': procedure({
    input: Nothing,
    output: z.strictObject({ forms: z.array(OfferedForm) }),
    permission: 'caseForm.read',
  }),
  /** A version of a form of a case as its pack, compiled by the page. Throws not-found. */
  'caseForms.pack': procedure({
    input: z.strictObject({ form: FormPack.shape.id, version: FormPack.shape.version }),
    output: FormPack,
    permission: 'caseForm.read',
  }),
  /** The forms of a case, the latest day first. Throws not-found. */
  'caseForms.list': procedure({
    input: z.strictObject({ caseId: Id }),
    output: z.strictObject({ rows: z.array(CaseFormRow) }),
    permission: 'caseForm.read',
    audited: 'read',
  }),
  /** Throws not-found, case-form-not-here. */
  'caseForms.get': procedure({
    input: z.strictObject({ caseFormId: Id }),
    output: CaseFormFile,
    permission: 'caseForm.read',
    audited: 'read',
  }),
  /** Begins a form of a case in the version in use. Throws not-found, consent-missing (H1), read-only-copy, case-closed. */
  'caseForms.create': procedure({
    input: z.strictObject({ caseId: Id, form: FormPack.shape.id }),
    output: CaseFormFile,
    permission: 'caseForm.fill',
    audited: 'write',
  }),
  /**
   * Autosave, as cases.saveAnswers.
   *
   * Throws not-found, answer-invalid {question, problem}, consent-missing (H1), read-only-copy, case-closed, case-form-closed for one that is not being filled.
   */
  'caseForms.save': procedure({
    input: z.strictObject({ caseFormId: Id, answers: Answers, focused: FocusedField.optional() }),
    output: z.strictObject({ file: CaseFormFile, warnings: z.array(TextWarning) }),
    permission: 'caseForm.fill',
    audited: 'write',
  }),
  /**
   * Finishes a form, takes it up again, or marks it as begun by mistake.
   *
   * Throws not-found, answer-invalid {question, problem} for one that is not complete, read-only-copy, case-closed, case-form-closed for a step that is none.
   */
  'caseForms.setState': procedure({
    input: z.strictObject({ caseFormId: Id, state: z.enum(caseFormStates) }),
    output: CaseFormFile,
    permission: 'caseForm.fill',
    audited: 'write',
  }),
  /** A supervisor's word on a finished plan. Throws not-found for a form that waits for none, read-only-copy, case-closed. */
  'caseForms.approve': procedure({
    input: z.strictObject({ caseFormId: Id, approve: z.boolean() }),
    output: CaseFormFile,
    permission: 'caseForm.approve',
    audited: 'write',
  }),
} as const
