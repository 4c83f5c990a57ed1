import { FormPack } from '../forms/form-pack.ts'
import { z } from 'zod'
import { Answers } from '../forms/form-definition.ts'
import { textFindings } from '../forms/text-findings.ts'
import { Day, Id, Instant, Nothing, procedure, shortText } from '../procedure.ts'
import { keepReasons } from './keep-longer.ts'
import { DraftChanges, DraftForm, DraftTexts, FocusedField } from './draft.ts'

export const CaseRow = z.strictObject({
  id: z.string(),
  number: z.string(),
  /** As shown in a list: family and given names; empty until given. Never category, group or threat (H9). */
  name: z.string(),
  sex: z.string(),
  ageYears: z.number().int().nullable(),
  status: z.enum(['draft', 'active', 'closed']),
  registeredOn: Day,
  /** Tier-1 questions answered and to answer. */
  answered: z.number().int(),
  toAnswer: z.number().int(),
  referralsOpen: z.number().int(),
  /** Name of the centre it was received from, if it is a copy. */
  receivedFrom: z.string().nullable(),
  /** The signed-in user may open it; else code and initials are all there is. */
  opens: z.boolean(),
  /** Whose case it is, by name; '' when it is nobody's of this desk. */
  counsellor: z.string(),
  /** Who asked to have it, by name; '' when nobody waits. */
  askedBy: z.string(),
})
export type CaseRow = z.infer<typeof CaseRow>

export const CaseFile = z.strictObject({
  row: CaseRow,
  answers: Answers,
  /** The version of the profile that it is filled with. */
  formVersion: z.string(),
  /** Another version is in use since, and the record may follow it; null where not. */
  newerForm: z.string().nullable(),
  /** The end of the case: proposed to the supervisor, sent back, or decided; null while none was proposed. */
  closing: z
    .strictObject({
      on: Day,
      state: z.enum(['pending', 'back', 'ok']),
      keepUntil: Day.nullable(),
      /** Why that day was put off; null where it was not. */
      keepReason: z.enum(keepReasons).nullable(),
    })
    .nullable(),
  /** Received copies and closed cases are read-only. */
  editable: z.boolean(),
  /** The person is not shown yet: a reason opens it (safe screen, or a role that reads with a reason). */
  masked: z.boolean(),
  isMinor: z.boolean(),
  /** The confidential answers are among `answers`. */
  confidential: z.boolean(),
  updatedAt: Instant,
})
export type CaseFile = z.infer<typeof CaseFile>

const Sentences = z.strictObject({ fr: z.array(z.string()), en: z.array(z.string()) })

/** What a record's move to another version of the profile does: sentences of what changes, answers that stay aside, questions that are new. */
export const FormMove = z.strictObject({
  from: z.string(),
  to: z.string(),
  changes: Sentences,
  aside: z.number().int(),
  added: z.number().int(),
})
export type FormMove = z.infer<typeof FormMove>

/** A free text that holds what should not stand there: it is warned of, and stays (H48). */
export const TextWarning = z.strictObject({ question: z.string(), findings: z.array(z.enum(textFindings)) })
export type TextWarning = z.infer<typeof TextWarning>

/** A case after its answers were saved, with what the saved texts hold. */
export const SavedAnswers = z.strictObject({ file: CaseFile, warnings: z.array(TextWarning) })
export type SavedAnswers = z.infer<typeof SavedAnswers>

/** What a user typed and what is not stored yet, as it was left. */
export const Draft = z.strictObject({
  texts: DraftTexts,
  focused: z.string(),
  at: Instant,
  /** An interview from the field that was taken from a file, not typed here. */
  imported: z.boolean(),
  /** Its answers that go into the card when the case is opened. */
  held: z.number().int(),
})
export type Draft = z.infer<typeof Draft>

/** A form that waits to be taken up again. */
export const DraftRow = z.strictObject({
  form: DraftForm,
  subject: z.string(),
  /** The case it is about; null for a person not yet received. */
  caseId: z.string().nullable(),
  /** As a list shows the person; empty when there is none yet. */
  name: z.string(),
  number: z.string(),
  /** Fields with text that is not stored yet. */
  fields: z.number().int(),
  at: Instant,
})
export type DraftRow = z.infer<typeof DraftRow>

const draftKey = { form: DraftForm, subject: Id }

export const casesContract = {
  /**
   * Opens a case from the consent section alone (H1): `consent` holds the answers of s01 and s02.
   *
   * `draft` names the unfinished form that this ends. Throws consent-missing when consent_status is refused or deferred, information-incomplete when a point was not explained,
   * answer-invalid {field}, guardian-consent-missing.
   */
  'cases.create': procedure({
    input: z.strictObject({ consent: Answers, draft: Id.optional() }),
    output: z.strictObject({ id: Id, number: z.string() }),
    permission: 'case.create',
    audited: 'write',
  }),
  /** The person refused or put off: an information session is recorded with no identity, and the unfinished form `draft` goes (H6). */
  'cases.recordInformationSession': procedure({
    input: z.strictObject({
      consentStatus: z.enum(['refused', 'deferred']),
      on: Day,
      language: z.string().max(20),
      draft: Id.optional(),
    }),
    output: z.strictObject({}),
    permission: 'case.create',
    audited: 'write',
  }),
  /**
   * Autosave: the given answers replace the stored ones and end their drafts, others stay; `focused` is the field where the user is.
   *
   * Throws answer-invalid {field}, consent-missing, read-only-copy.
   */
  'cases.saveAnswers': procedure({
    input: z.strictObject({ caseId: Id, answers: Answers, focused: FocusedField.optional() }),
    output: SavedAnswers,
    permission: 'case.edit',
    audited: 'write',
  }),
  /** What it would do to let this record follow the form in use; null where it does already. Throws read-only-copy, case-closed. */
  'cases.formMove': procedure({ input: z.strictObject({ caseId: Id }), output: FormMove.nullable(), permission: 'case.edit' }),
  /** Lets the record follow the form in use, as it was shown: no answer is lost. Throws not-found for another version, read-only-copy, case-closed. */
  'cases.moveForm': procedure({
    input: z.strictObject({ caseId: Id, to: FormPack.shape.version }),
    output: CaseFile,
    permission: 'case.edit',
    audited: 'write',
  }),
  /** What a free text holds that should not stand there, before it is saved elsewhere than in the card (H48); nothing is kept. */
  'cases.lookAtText': procedure({
    input: z.strictObject({ caseId: Id, written: z.string().max(4000) }),
    output: z.strictObject({ findings: z.array(z.enum(textFindings)) }),
    permission: 'case.search',
    audited: 'read',
  }),
  'cases.get': procedure({ input: z.strictObject({ caseId: Id }), output: CaseFile, permission: 'case.read', audited: 'read' }),
  /** Newest first, or by the words of `text` (folded: Oumarou finds OUMAROU; number with or without dashes). Keyset pages. */
  'cases.list': procedure({
    input: z.strictObject({
      text: shortText(100),
      after: z.string().max(100).nullable(),
      limit: z.number().int().min(1).max(100),
      /** `incomplete`: only own cards that are not yet complete. */
      show: z.enum(['all', 'incomplete']).default('all'),
    }),
    output: z.strictObject({
      /** `byParent`: what was typed is not all the person's own; a parent's name was found. */
      rows: z.array(CaseRow.extend({ byParent: z.boolean() })),
      next: z.string().nullable(),
      total: z.number().int(),
    }),
    permission: 'case.search',
    audited: 'read',
  }),
  /**
   * The end of a case, with the answers of `forms.closing`; a supervisor decides (roles-and-audit.md E.1).
   *
   * Throws not-found, read-only-copy, case-closed, case-has-open-referrals, answer-invalid {question, problem}.
   */
  'cases.proposeClosing': procedure({
    input: z.strictObject({ caseId: Id, answers: Answers }),
    output: CaseFile,
    permission: 'case.proposeClosing',
    audited: 'write',
  }),
  /** Closes the case as proposed, or sends it back. Throws not-found where nothing is proposed, case-has-open-referrals. */
  'cases.decideClosing': procedure({
    input: z.strictObject({ caseId: Id, approve: z.boolean() }),
    output: CaseFile,
    permission: 'case.close',
    audited: 'write',
  }),
  /** The person came back: the case goes on, and is kept as long as it does. Throws not-found where it is not closed, read-only-copy. */
  'cases.reopen': procedure({
    input: z.strictObject({ caseId: Id }),
    output: CaseFile,
    permission: 'case.proposeClosing',
    audited: 'write',
  }),
  /** The people of this desk to whom a case may be given. */
  'cases.counsellors': procedure({
    input: Nothing,
    output: z.array(z.strictObject({ id: Id, name: z.string() })),
    permission: 'case.assign',
  }),
  /** Gives a case to a counsellor. Throws not-found, read-only-copy, bad-input for somebody who follows no cases. */
  'cases.assign': procedure({
    input: z.strictObject({ caseId: Id, userId: Id }),
    output: z.strictObject({}),
    permission: 'case.assign',
    audited: 'write',
  }),
  /** Asks for somebody else's case; a supervisor decides. Throws not-found, read-only-copy. */
  'cases.askFor': procedure({
    input: z.strictObject({ caseId: Id }),
    output: z.strictObject({}),
    permission: 'case.askFor',
    audited: 'write',
  }),
  /**
   * Keeps what a user typed and what is not stored yet, and the field that has the focus: in the encrypted database of this desk,
   * never in the journal or a file, for this user alone.
   *
   * Throws bad-input for a field that the form does not have, not-found, consent-missing (H1), read-only-copy.
   */
  'cases.keepDraft': procedure({
    input: z.strictObject({ ...draftKey, texts: DraftChanges, focused: FocusedField.optional() }),
    output: z.strictObject({}),
    permission: 'case.create',
    audited: 'write',
  }),
  /** What this user left in a form; null for nothing. */
  'cases.draft': procedure({
    input: z.strictObject(draftKey),
    output: Draft.nullable(),
    permission: 'case.create',
    audited: 'read',
  }),
  /** The forms that this user left unfinished, newest first; at most 50. Imported interviews are counted: submissions.waiting lists them. */
  'cases.drafts': procedure({
    input: Nothing,
    output: z.strictObject({ rows: z.array(DraftRow), imported: z.number().int() }),
    permission: 'case.create',
    audited: 'read',
  }),
  /** Throws a draft away, at the user's wish or because its form was stored. */
  'cases.dropDraft': procedure({
    input: z.strictObject(draftKey),
    output: z.strictObject({}),
    permission: 'case.create',
    audited: 'write',
  }),
} as const
