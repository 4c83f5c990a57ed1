import { sharesWithCentres, sharesWithProviders, withdrawnScopes } from '#shared/cases/withdrawal.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import type { Receiver, Receivers } from '#shared/rights/contract.ts'
import { shownReferralCode } from '#shared/referrals/referral-code.ts'
import { stampMilliseconds } from '#shared/sync/stamp.ts'
import { parseStream } from '#shared/sync/stream.ts'
import { dayAt } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { originName, textAnswer, type CaseRecord } from '../cases/index.ts'
import { consentItems, referralsOfCase } from '../referrals/index.ts'
import { copiesOf, ownMailboxes } from '../sync/index.ts'

type Asking = Pick<CallContext, 'store' | 'session' | 'ports'>

/** The register under which it is kept who was told: codes of a receiver's key and a day. */
export const toldRegister = 'withdrawal_told'

/** Key of a receiver -> day on which it was told, YYYY-MM-DD. */
function toldOf(answers: Answers): ReadonlyMap<string, string> {
  const told = answers[toldRegister]
  return new Map(Array.isArray(told) ? told.map((code) => [code.slice(0, -11), code.slice(-10)]) : [])
}

/** Who received what about a person (H5). The case is one that the caller has found. */
export function receiversOf(record: CaseRecord, context: Asking): Receivers {
  const { answers } = record
  const { store, ports } = context
  const found = receiversFound(record, context)
  const prints = printsOf(
    store,
    found.flatMap((r) => r.referralId ?? []),
  )
  const rows = found.map(({ referralId, ...r }) => ({
    ...r,
    printed: (prints.get(referralId ?? '') ?? []).map((at) => dayAt(at, ports.clock.offsetMinutes())),
  }))
  const scopes = [...withdrawnScopes(answers)]
  const on = textAnswer(answers, 'consent_withdrawn_date')
  return {
    withdrawn: scopes.length === 0 && on === '' ? null : { on: on === '' ? null : on, scopes },
    rows: rows.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0)),
  }
}

/** `referralId`: what its slips are found by. */
type Found = Omit<Receiver, 'printed'> & { readonly referralId: string | null }

/** The same without the slips that were printed: those alone need the whole register read. */
function receiversFound(record: CaseRecord, context: Asking): Found[] {
  const told = toldOf(record.answers)
  return [...providers(record, context), ...centres(record, context)].map((r) => ({ ...r, toldOn: told.get(r.key) ?? null }))
}

/** How many receivers must still be told that the person took consent back. */
export function waitingReceivers(record: CaseRecord, context: Asking): number {
  return receiversFound(record, context).filter((r) => r.mustBeTold && r.toldOn === null).length
}

/** True when this receiver is one that must be told. */
export function mustTell(record: CaseRecord, receiver: string, context: Asking): boolean {
  return receiversFound(record, context).some((r) => r.key === receiver && r.mustBeTold)
}

/** Those whose referral was issued: the slip, or the call that went before it. */
function providers(record: CaseRecord, { store }: Asking): Omit<Found, 'toldOn'>[] {
  const mustBeTold = !sharesWithProviders(record.answers)
  return referralsOfCase(store, record.id)
    .filter((r) => r.code !== null)
    .map((r) => ({
      key: `referral ${r.id}`,
      kind: 'provider',
      name: { fr: r.provider_name_fr ?? '', en: r.provider_name_en ?? '' },
      place: r.provider_place ?? '',
      phone: r.provider_phone ?? '',
      code: shownReferralCode(r.code ?? ''),
      items: [...consentItems(r)],
      first: r.issued_on ?? r.created_on,
      mustBeTold,
      referralId: r.id,
    }))
}

/** When the slips of referrals left this computer on paper or as files, milliseconds since 1970: the register keeps it. One reading of it for all. */
function printsOf(db: ReadableDb, referralIds: readonly string[]): ReadonlyMap<string, readonly number[]> {
  if (referralIds.length === 0) return new Map()
  const rows = db
    .read<{ id: string; at: number }>(
      `SELECT json_extract(line, '$.object') AS id, json_extract(line, '$.at') AS at FROM audit
       WHERE json_extract(line, '$.action') IN ('slip.print', 'slip.reprint')
         AND json_extract(line, '$.object') IN (SELECT value FROM json_each(?)) ORDER BY seq`,
    )
    .all(JSON.stringify(referralIds))
  return new Map([...Map.groupBy(rows, (r) => r.id)].map(([id, prints]) => [id, prints.map((r) => r.at)]))
}

/** The centres for which a copy was made; one that was closed since still stands in their files. */
function centres({ id, answers }: CaseRecord, { store, session, ports }: Asking): Omit<Found, 'toldOn'>[] {
  const mustBeTold = !sharesWithCentres(answers)
  return ownMailboxes(store, session.site.code).flatMap((stream): Omit<Found, 'toldOn'>[] => {
    const parsed = parseStream(stream)
    const stamps = copiesOf(store, 'case', stream, id).flatMap((copy) => firstStampOf(store, copy) ?? [])
    if (parsed?.kind !== 'mailbox' || stamps.length === 0) return []
    const name = originName(parsed.to) ?? parsed.to
    const first = dayAt(Math.min(...stamps.map(stampMilliseconds)), ports.clock.offsetMinutes())
    return [
      {
        key: `centre ${parsed.to}`,
        kind: 'centre',
        name: { fr: name, en: name },
        place: '',
        phone: '',
        code: '',
        items: [],
        first,
        mustBeTold,
        referralId: null,
      },
    ]
  })
}

/** The stamp of the change with which a case was opened. */
export function firstStampOf(db: ReadableDb, caseId: string): string | undefined {
  return (
    db.read<{ stamp: string | null }>(`SELECT json_extract(clk, '$."*"[2]') AS stamp FROM case_record WHERE id = ?`).get(caseId)
      ?.stamp ?? undefined
  )
}
