import { bytesToHex } from '@noble/hashes/utils.js'
import type { printingContract, PrintJob, SlipFormat } from '#shared/printing/contract.ts'
import { shownDate } from '#shared/forms/partial-date.ts'
import { publicNeedOf } from '#shared/reference/taxonomy.ts'
import { shownReferralCode } from '#shared/referrals/referral-code.ts'
import { slipOf } from '#shared/referrals/referral-slip.ts'
import { requestsOf } from '#shared/rights/person-request.ts'
import type { PaperSheet } from '#shared/roster/contract.ts'
import { maySlip } from '#shared/referrals/referral.ts'
import { Refusal } from '#shared/result.ts'
import type { Language } from '#shared/security/contract.ts'
import { today } from '../../desk-day.ts'
import type { CallContext, CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { monthReport } from '../audit/index.ts'
import { ageIsEstimated, ageOf, findCase, textAnswer } from '../cases/index.ts'
import { findCertificate } from '../erasure/index.ts'
import { findPoint } from '../directory/index.ts'
import { endRequest, insertRequest } from '../rights/index.ts'
import { profileOf } from '../national/index.ts'
import type { FormDefinition } from '#shared/forms/form-definition.ts'
import { callSheet } from './call-sheet.ts'
import { foreignPapers, ownRecord } from './own-record.ts'
import { blankForm, filledCaseForm, filledForm } from './paper-form.ts'
import { assertReferralAllowed, consentItems, findReferral, reachableReferral } from '../referrals/index.ts'

const jobsKeptMax = 8

/** The print calls, `keep`, which hands a job to the print window, and `forget`, which drops every waiting job: called on lock, so that no slip outlives the session (S45). */
export const printingFeature = (
  reference: ReferenceData,
  ceremonySheets: () => readonly PaperSheet[],
  pendingRecovery: () => { readonly code: string; readonly siteName: string; readonly language: Language },
): {
  readonly handlers: Handlers<CentreCalls<typeof printingContract>>
  readonly keep: (job: PrintJob, context: Pick<CallContext, 'ports'>) => { job: string }
  readonly forget: () => void
} => {
  /** Waiting for their print window; each is given out once. */
  const jobs = new Map<string, PrintJob>()
  /** Slips prepared and not yet told as printed: job -> referral. */
  const uncounted = new Map<string, string>()
  /** Records prepared and not yet told as printed: job -> case. */
  const ownRecords = new Map<string, string>()
  const keep = (job: PrintJob, { ports }: Pick<CallContext, 'ports'>): { job: string } => {
    const id = bytesToHex(ports.random.bytes(16))
    for (const old of [...jobs.keys()].slice(0, Math.max(0, jobs.size - jobsKeptMax + 1))) jobs.delete(old)
    jobs.set(id, job)
    return { job: id }
  }
  const handlers: Handlers<CentreCalls<typeof printingContract>> = {
    'printing.previewSlip': ({ referralId, format }, context) => slipJob(referralId, format, reference, context),
    'printing.prepareSlip'({ referralId, format }, context) {
      const job = slipJob(referralId, format, reference, context)
      // written down before anything can reach paper, so that no slip leaves without a trace
      context.store.write((unit) => unit.audit({ action: 'slip.prepare', object: referralId }))
      const kept = keep(job, context)
      for (const old of [...uncounted.keys()].slice(0, Math.max(0, uncounted.size - jobsKeptMax + 1))) uncounted.delete(old)
      uncounted.set(kept.job, referralId)
      return kept
    },
    'printing.slipPrinted'({ job }, { store, session }) {
      const referralId = uncounted.get(job)
      const record = referralId === undefined ? undefined : findReferral(store, session.site.code, referralId)
      uncounted.delete(job)
      if (!record) throw new Refusal('not-found')
      store.write((unit) => {
        unit.local(
          'INSERT INTO print_log (referral_id, times) VALUES (?, 1) ON CONFLICT (referral_id) DO UPDATE SET times = times + 1',
          record.id,
        )
        unit.audit({ action: record.printed > 0 ? 'slip.reprint' : 'slip.print', object: record.id })
      })
      return {}
    },
    'printing.prepareRecovery'(_input, context) {
      const pending = pendingRecovery()
      return keep(
        { kind: 'recovery', code: pending.code, siteName: pending.siteName, language: pending.language, exercise: false },
        context,
      )
    },
    'printing.prepareCertificate'({ certificate, language }, context) {
      const { store, session } = context
      const found = findCertificate(context, certificate)
      store.write((unit) => unit.audit({ action: 'certificate.prepare', details: { certificate } }))
      const exercise = session.mode === 'training'
      return keep({ kind: 'certificate', certificate: found, siteName: session.site.name, language, exercise }, context)
    },
    'printing.prepareCallSheet': (input, context) => {
      const sheet = callSheet(input, context)
      context.store.write((unit) => unit.audit({ action: 'receivers.prepare', object: input.caseId }))
      return keep(sheet, context)
    },
    'printing.prepareMonthReport': ({ month, language }, context) =>
      keep(
        { kind: 'month-report', report: monthReport(month, context), language, exercise: context.session.mode === 'training' },
        context,
      ),
    'printing.previewOwnRecord'({ caseId, language }, context) {
      const { record, aloud } = ownRecord({ caseId, language }, reference, context)
      return { job: { kind: 'own-record', language, record }, aloud }
    },
    'printing.prepareOwnRecord'({ caseId, language }, context) {
      const { caseOf, record } = ownRecord({ caseId, language }, reference, context)
      if (caseOf.origin_site !== null) throw new Refusal('read-only-copy')
      const waits = requestsOf(caseOf.answers).some((r) => r.kind === 'access' && r.doneOn === null)
      context.store.write((unit) => {
        if (!waits) insertRequest(unit, caseOf, { kind: 'access', on: today(context.ports.clock), about: '' }, context)
        unit.audit({ action: 'own-record.prepare', object: caseId })
      })
      const kept = keep({ kind: 'own-record', language, record }, context)
      ownRecords.set(kept.job, caseId)
      return kept
    },
    'printing.ownRecordPrinted'({ job }, context) {
      const { store, session, ports } = context
      const caseId = ownRecords.get(job)
      ownRecords.delete(job)
      const caseOf = caseId === undefined ? undefined : findCase(store, session.site.code, caseId)
      if (!caseOf) throw new Refusal('not-found')
      const open = requestsOf(caseOf.answers).find((r) => r.kind === 'access' && r.doneOn === null)
      store.write((unit) => {
        if (open) endRequest(unit, caseOf, open.id, today(ports.clock))
        unit.audit({ action: 'own-record.print', object: caseOf.id })
      })
      return {}
    },
    'printing.prepareBlankForm'(choice, context) {
      const job = blankForm(choice, reference, context)
      context.store.write((unit) => unit.audit({ action: 'blank-form.print', details: { tier: choice.tier } }))
      return keep(job, context)
    },
    'printing.prepareFilledForm'(choice, context) {
      // read and written down in one transaction (H33)
      const job = context.store.write((unit) => {
        const made = filledForm(choice, reference, context)
        unit.audit({ action: 'filled-form.print', object: choice.caseId, details: { tier: choice.tier } })
        return made
      })
      return keep(job, context)
    },
    'printing.prepareCaseForm'(choice, context) {
      const job = context.store.write((unit) => {
        const made = filledCaseForm(choice, reference, context)
        unit.audit({ action: 'case-form.print', object: choice.caseFormId, details: { form: made.paper.form } })
        return made
      })
      return keep(job, context)
    },
    'printing.prepareSheet'({ number, language }, context) {
      const sheet = ceremonySheets().find((s) => s.number === number)
      if (!sheet) throw new Refusal('not-found')
      context.store.write((unit) => unit.audit({ action: 'sheet.prepare', details: { number } }))
      return keep({ kind: 'national-sheet', sheet, language }, context)
    },
    'printing.job'({ job: id }) {
      const job = jobs.get(id)
      jobs.delete(id)
      if (!job) throw new Refusal('not-found')
      return job
    },
  }
  const forget = () => {
    jobs.clear()
    uncounted.clear()
    ownRecords.clear()
  }
  return { handlers, keep, forget }
}

function labels(card: FormDefinition, list: string, codes: readonly string[]): { fr: string; en: string } {
  const found = codes.map((c) => card.choices[list]?.find((x) => x.name === c)?.label).filter((l) => l !== undefined)
  return { fr: found.map((l) => l.fr).join(', '), en: found.map((l) => l.en).join(', ') }
}

/**
 * The slip of an issued referral. Throws Refusal referral-step-not-allowed before issue or once nobody waits for the person any more,
 * and what `blockReason` names.
 */
function slipJob(referralId: string, format: SlipFormat, reference: ReferenceData, context: CallContext): PrintJob {
  const { store, session, ports } = context
  const record = reachableReferral('referral.create', referralId, context)
  const owner = findCase(store, session.site.code, record.case_id)
  if (!owner) throw new Refusal('not-found')
  if (record.origin_site !== null) throw new Refusal('read-only-copy')
  if (!record.code || !maySlip(record.status))
    throw new Refusal('referral-step-not-allowed', { from: record.status, to: 'issued' })
  const day = today(ports.clock)
  // who withdrew, or may not go there any more, gets no slip, whatever was agreed before (H5)
  assertReferralAllowed(record, { db: store, siteCode: session.site.code, day, stage: 'print' })
  const { answers } = owner
  const card = profileOf(store, reference, owner.form_version).quickCard
  const docs = answers['id_docs']
  const slip = slipOf({
    code: shownReferralCode(record.code),
    issuedOn: shownDate(record.issued_on ?? ''),
    validUntil: shownDate(record.valid_until ?? ''),
    language: record.slip_language ?? 'bi',
    appointment: record.appointment ?? '',
    provider: {
      nameFr: record.provider_name_fr ?? '',
      nameEn: record.provider_name_en ?? '',
      place: record.provider_place ?? '',
      hours: record.provider_hours ?? '',
      phone: record.provider_phone ?? '',
      cost: findPoint(store, record.service_point_id)?.cost ?? '',
    },
    need: publicNeedOf(record.need),
    items: consentItems(record),
    person: {
      familyName: textAnswer(answers, 'family_name'),
      givenNames: textAnswer(answers, 'given_names'),
      ageYears: ageOf(answers, day),
      ageEstimated: ageIsEstimated(answers),
      sex: textAnswer(answers, 'sex'),
      phone: textAnswer(answers, 'phone'),
      docs: labels(card, 'id_docs', Array.isArray(docs) ? docs.filter((d) => !foreignPapers.includes(d)) : []),
      access: labels(
        card,
        'LANG',
        [textAnswer(answers, 'main_language')].filter((l) => l !== 'other'),
      ),
    },
    deskPhone: store.setting('desk.phone') ?? '',
    duplicate: record.printed > 0,
    exercise: session.mode === 'training',
  })
  return { kind: 'slip', format, slip }
}
