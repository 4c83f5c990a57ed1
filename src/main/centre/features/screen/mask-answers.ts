import type { CaseFile, CaseRow } from '#shared/cases/contract.ts'
import type { CallName, CallOutput, CallReceived } from '#shared/contract.ts'
import type { ReferralFile, ReferralRow } from '#shared/referrals/contract.ts'
import { maskedText } from '#shared/screen/contract.ts'
import type { CallContext } from '../../feature.ts'
import { findReferral } from '../referrals/index.ts'
import { screenOf } from './screen-state.ts'

interface Asked<K extends CallName> {
  readonly input: CallReceived<K>
  readonly isHidden: (caseId: string) => boolean
  /** The case of a referral, or undefined. */
  readonly caseOf: (referralId: string) => string | undefined
}
type Masks = { readonly [K in CallName]?: (value: CallOutput<K>, asked: Asked<K>) => CallOutput<K> }

const nameOr = (name: string) => (name === '' ? '' : maskedText)

const caseRow = (row: CaseRow, isHidden: (id: string) => boolean): CaseRow =>
  isHidden(row.id) ? { ...row, name: nameOr(row.name) } : row

const caseFile = (file: CaseFile, { isHidden }: { readonly isHidden: (id: string) => boolean }): CaseFile =>
  isHidden(file.row.id) ? { ...file, row: caseRow(file.row, isHidden), answers: {}, editable: false, masked: true } : file

const referralRow = (row: ReferralRow, isHidden: (id: string) => boolean): ReferralRow =>
  isHidden(row.caseId) ? { ...row, personName: nameOr(row.personName) } : row

const referralFile = (file: ReferralFile, { isHidden }: { readonly isHidden: (id: string) => boolean }): ReferralFile =>
  isHidden(file.row.caseId)
    ? {
        ...file,
        row: referralRow(file.row, isHidden),
        history: file.history.map((step) => ({ ...step, reason: nameOr(step.reason) })),
      }
    : file

/** What each call leaves out of its answer about a person who was not revealed. The contract test holds every call against it. */
const masks: Masks = {
  'cases.list': (page, { isHidden }) => ({ ...page, rows: page.rows.map((row) => caseRow(row, isHidden)) }),
  'cases.get': caseFile,
  'cases.saveAnswers': caseFile,
  'cases.draft': (draft, { input, isHidden }) => (input.form === 'quick-card' && isHidden(input.subject) ? null : draft),
  'cases.drafts': ({ rows }, { isHidden }) => ({
    rows: rows.map((row) => (row.caseId !== null && isHidden(row.caseId) ? { ...row, name: nameOr(row.name) } : row)),
  }),
  'referrals.create': referralFile,
  'referrals.recordConsent': referralFile,
  'referrals.issue': referralFile,
  'referrals.step': referralFile,
  'referrals.get': referralFile,
  'referrals.byCode': referralFile,
  'referrals.list': (page, { isHidden }) => ({ ...page, rows: page.rows.map((row) => referralRow(row, isHidden)) }),
  'history.ofCase': (history, { input, isHidden }) => (isHidden(input.caseId) ? { entries: [], total: 0 } : history),
  'printing.previewSlip'(job, { input, isHidden, caseOf }) {
    const owner = caseOf(input.referralId)
    if (job.kind !== 'slip' || owner === undefined || !isHidden(owner)) return job
    return { ...job, slip: { ...job.slip, person: job.slip.person.map((line) => ({ ...line, value: maskedText })) } }
  },
  'review.list': (conflicts, { isHidden }) =>
    conflicts.map((c) =>
      c.caseId !== null && isHidden(c.caseId)
        ? {
            ...c,
            title: maskedText,
            candidates: c.candidates.map((one) => ({
              ...one,
              values: Object.fromEntries(Object.keys(one.values).map((field) => [field, maskedText])),
            })),
          }
        : c,
    ),
}

/** A call's answer as this session may see it: in safe-screen mode nobody stands in it who was not revealed. */
export function shownAnswer(name: CallName, input: unknown, value: unknown, { store, session }: CallContext): unknown {
  const screen = screenOf(session, store)
  if (!screen.safe) return value
  if (name === 'cases.create') screen.revealed.add((value as CallOutput<'cases.create'>).id)
  const mask = masks[name] as ((v: unknown, asked: unknown) => unknown) | undefined
  if (!mask) return value
  return mask(value, {
    input,
    isHidden: (caseId: string) => !screen.revealed.has(caseId),
    caseOf: (referralId: string) => findReferral(store, session.site.code, referralId)?.case_id,
  })
}
