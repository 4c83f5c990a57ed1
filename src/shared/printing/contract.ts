import { z } from 'zod'
import { Month, MonthReport } from '../audit/month-report.ts'
import { Certificate, CertificateNumber } from '../erasure/contract.ts'
import { PaperForm } from '../forms/paper-form.ts'
import { tiers } from '../forms/form-outline.ts'
import { Day, FileToken, Id, Nothing, procedure } from '../procedure.ts'
import { PaperSheet } from '../roster/contract.ts'
import { SlipContent } from '../referrals/referral-slip.ts'
import { InfoLine } from '../rights/info-line.ts'
import { OwnRecord } from '../rights/own-record.ts'
import { Receiver } from '../rights/contract.ts'

export const SlipFormat = z.enum(['a5', 'a4-two'])
export type SlipFormat = z.infer<typeof SlipFormat>

/** Those who are to be told that a person no longer agrees: for the desk's own telephone, and without any word about the person. */
const CallSheet = z.strictObject({
  kind: z.literal('call-sheet'),
  language: z.enum(['fr', 'en']),
  lines: z.array(
    z.strictObject({
      kind: Receiver.shape.kind,
      name: z.string(),
      place: z.string(),
      phone: z.string(),
      /** Code of the slip; '' for a centre. */
      code: z.string(),
      first: Day,
      toldOn: Day.nullable(),
    }),
  ),
  exercise: z.boolean(),
})

/** What the print window shows: decided in the centre, drawn by the page. */
export const PrintJob = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slip'), format: SlipFormat, slip: SlipContent }),
  z.strictObject({
    kind: z.literal('recovery'),
    code: z.string(),
    siteName: z.string(),
    language: z.enum(['fr', 'en']),
    exercise: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('certificate'),
    certificate: Certificate,
    siteName: z.string(),
    language: z.enum(['fr', 'en']),
    exercise: z.boolean(),
  }),
  CallSheet,
  z.strictObject({
    kind: z.literal('month-report'),
    report: MonthReport,
    language: z.enum(['fr', 'en']),
    exercise: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('form'), language: z.enum(['fr', 'en']), paper: PaperForm }),
  z.strictObject({ kind: z.literal('own-record'), language: z.enum(['fr', 'en']), record: OwnRecord }),
  z.strictObject({ kind: z.literal('national-sheet'), sheet: PaperSheet, language: z.enum(['fr', 'en']) }),
])
export type PrintJob = z.infer<typeof PrintJob>

/** Where a print goes: the system's dialog, or a file that the user chose. */
const PrintTarget = z.union([z.literal('printer'), z.strictObject({ file: FileToken })])

/** Which paper form: its language, and how much it asks. */
const PaperChoice = z.strictObject({ language: z.enum(['fr', 'en']), tier: z.literal(tiers) })

export const printingContract = {
  /**
   * The slip as it will be printed, for the preview. Throws referral-step-not-allowed before issue and once nobody waits for the person,
   * read-only-copy, and what `blockReason` names (referral-allowed.ts), asked anew.
   */
  'printing.previewSlip': procedure({
    input: z.strictObject({ referralId: Id, format: SlipFormat }),
    output: PrintJob,
    permission: 'referral.create',
    audited: 'read',
  }),
  /**
   * Keeps the job for the print window; recorded, but not yet counted as printed.
   *
   * Called by the shell only, before it opens the window; the page calls `printing.printSlip`. Throws what `previewSlip` throws.
   */
  'printing.prepareSlip': procedure({
    input: z.strictObject({ referralId: Id, format: SlipFormat }),
    output: z.strictObject({ job: Id }),
    permission: 'referral.create',
    audited: 'write',
  }),
  /**
   * The slip of this job left the printer or lies in its file: later ones are duplicates. Shell only, once for each job; a print that
   * failed or was cancelled is never told. Throws not-found.
   */
  'printing.slipPrinted': procedure({
    input: z.strictObject({ job: Id }),
    output: z.strictObject({}),
    permission: 'referral.create',
    audited: 'write',
  }),
  /** Keeps a job for the recovery code while first run waits for it to be typed back. Shell only. Throws not-found. */
  'printing.prepareRecovery': procedure({
    input: Nothing,
    output: z.strictObject({ job: Id }),
    permission: null,
    whileLocked: true,
  }),
  /** Keeps a certificate of erasure for the print window, as far as it has come today. Shell only. Throws not-found. */
  'printing.prepareCertificate': procedure({
    input: z.strictObject({ certificate: CertificateNumber, language: z.enum(['fr', 'en']) }),
    output: z.strictObject({ job: Id }),
    permission: 'erasure.read',
    audited: 'write',
  }),
  /** Keeps the list of those who are to be told for the print window. Shell only. Throws not-found, nothing-to-send when nobody is. */
  'printing.prepareCallSheet': procedure({
    input: z.strictObject({ caseId: Id, language: z.enum(['fr', 'en']) }),
    output: z.strictObject({ job: Id }),
    permission: 'consent.withdraw',
    audited: 'write',
  }),
  /** As printSlip, for the list of those who are to be told. */
  'printing.printCallSheet': procedure({
    input: z.strictObject({ caseId: Id, language: z.enum(['fr', 'en']), to: PrintTarget }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: 'consent.withdraw',
    shell: true,
  }),
  /** Keeps the register's report of a month for the print window. Shell only. */
  'printing.prepareMonthReport': procedure({
    input: z.strictObject({ month: Month, language: z.enum(['fr', 'en']) }),
    output: z.strictObject({ job: Id }),
    permission: 'audit.carry',
    audited: 'write',
  }),
  /** As printSlip, for the register's report of a month. */
  'printing.printMonthReport': procedure({
    input: z.strictObject({ month: Month, language: z.enum(['fr', 'en']), to: PrintTarget }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: 'audit.carry',
    shell: true,
  }),
  /** What the person would get on paper of their own record, and what is read aloud instead. Throws not-found for who does not see all of the case. */
  'printing.previewOwnRecord': procedure({
    input: z.strictObject({ caseId: Id, language: z.enum(['fr', 'en']) }),
    output: z.strictObject({ job: PrintJob, aloud: z.array(InfoLine) }),
    permission: 'case.confidential',
    audited: 'read',
  }),
  /**
   * Keeps the person's own record for the print window; a request for access is written down when none is open (H44). Shell only.
   *
   * Throws what `previewOwnRecord` throws, read-only-copy.
   */
  'printing.prepareOwnRecord': procedure({
    input: z.strictObject({ caseId: Id, language: z.enum(['fr', 'en']) }),
    output: z.strictObject({ job: Id }),
    permission: 'case.confidential',
    audited: 'write',
  }),
  /** The record of this job left the printer or lies in its file: the request for access is answered. Shell only, once. Throws not-found. */
  'printing.ownRecordPrinted': procedure({
    input: z.strictObject({ job: Id }),
    output: z.strictObject({}),
    permission: 'case.confidential',
    audited: 'write',
  }),
  /** As printSlip, for a person's own record. */
  'printing.printOwnRecord': procedure({
    input: z.strictObject({ caseId: Id, language: z.enum(['fr', 'en']), to: PrintTarget }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: 'case.confidential',
    shell: true,
  }),
  /** Keeps the blank profile for the print window: it is of nobody. Shell only. */
  'printing.prepareBlankForm': procedure({
    input: PaperChoice,
    output: z.strictObject({ job: Id }),
    permission: 'case.create',
    audited: 'write',
  }),
  /**
   * Keeps a person's profile, as far as the signed-in user sees it and paper may hold it, for the print window (H5, H7, H8). Shell only.
   *
   * Throws not-found for who does not see who it is, read-only-copy, consent-missing once the person took all of it back.
   */
  'printing.prepareFilledForm': procedure({
    input: PaperChoice.extend({ caseId: Id }),
    output: z.strictObject({ job: Id }),
    permission: 'case.edit',
    audited: 'write',
  }),
  /**
   * Keeps a form of a case for the print window, but for what is confidential in it: that was told in confidence and is at the screen only
   * (H7, H8, ADR 44). Shell only.
   *
   * Throws not-found for who does not fill it or does not see who it is, case-form-not-here, read-only-copy, consent-missing.
   */
  'printing.prepareCaseForm': procedure({
    input: z.strictObject({ caseFormId: Id, language: z.enum(['fr', 'en']) }),
    output: z.strictObject({ job: Id }),
    permission: 'caseForm.fill',
    audited: 'write',
  }),
  /** As printSlip, for the blank profile. */
  'printing.printBlankForm': procedure({
    input: PaperChoice.extend({ to: PrintTarget }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: 'case.create',
    shell: true,
  }),
  /** As printSlip, for a person's profile. */
  'printing.printFilledForm': procedure({
    input: PaperChoice.extend({ caseId: Id, to: PrintTarget }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: 'case.edit',
    shell: true,
  }),
  /** As printSlip, for a form of a case. */
  'printing.printCaseForm': procedure({
    input: z.strictObject({ caseFormId: Id, language: z.enum(['fr', 'en']), to: PrintTarget }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: 'caseForm.fill',
    shell: true,
  }),
  /** What a print window must draw; each job is given out once. */
  'printing.job': procedure({ input: z.strictObject({ job: Id }), output: PrintJob, permission: null, whileLocked: true }),
  /**
   * Prints through the system dialog, or writes a PDF where the user said. `printed` is false when the user cancelled or the desk locked
   * meanwhile. Throws print-failed, and what writing a file throws.
   */
  'printing.printSlip': procedure({
    input: z.strictObject({
      referralId: Id,
      format: SlipFormat,
      to: PrintTarget,
    }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: 'referral.create',
    shell: true,
  }),
  /** As printSlip, for a certificate of erasure. */
  'printing.printCertificate': procedure({
    input: z.strictObject({
      certificate: CertificateNumber,
      language: z.enum(['fr', 'en']),
      to: PrintTarget,
    }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: 'erasure.read',
    shell: true,
  }),
  /** Keeps a job for one sheet of the ceremony that is going on. Shell only. Throws not-found. */
  'printing.prepareSheet': procedure({
    input: z.strictObject({ number: z.number().int().min(1).max(3), language: z.enum(['fr', 'en']) }),
    output: z.strictObject({ job: Id }),
    permission: 'roster.sign',
    audited: 'write',
  }),
  /** Prints one sheet of the national key, on paper alone: it is never a file. */
  'printing.printSheet': procedure({
    input: z.strictObject({ number: z.number().int().min(1).max(3), language: z.enum(['fr', 'en']) }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: 'roster.sign',
    shell: true,
  }),
  'printing.printRecovery': procedure({
    input: z.strictObject({ to: PrintTarget }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: null,
    whileLocked: true,
    shell: true,
  }),
} as const
