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
  const told = toldOf(answers)
  const rows = [...providers(record, context), ...centres(record, context)].map((r) => ({
    ...r,
    toldOn: told.get(r.key) ?? null,
  }))
  const scopes = [...withdrawnScopes(answers)]
  const on = textAnswer(answers, 'consent_withdrawn_date')
  return {
    withdrawn: scopes.length === 0 && on === '' ? null : { on: on === '' ? null : on, scopes },
    rows: rows.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0)),
  }
}

type Found = Omit<Receiver, 'toldOn'>

/** Those whose referral was issued: the slip, or the call that went before it. */
function providers(record: CaseRecord, { store, ports }: Asking): Found[] {
  const mustBeTold = !sharesWithProviders(record.answers)
  const offset = ports.clock.offsetMinutes()
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
      printed: printsOf(store, r.id).map((at) => dayAt(at, offset)),
      mustBeTold,
    }))
}

/** When the slip of a referral left this computer on paper or as a file, milliseconds since 1970: the register keeps it. */
function printsOf(db: ReadableDb, referralId: string): number[] {
  return db
    .read<{ at: number }>(
      `SELECT json_extract(line, '$.at') AS at FROM audit
       WHERE json_extract(line, '$.object') = ? AND json_extract(line, '$.action') IN ('slip.print', 'slip.reprint') ORDER BY seq`,
    )
    .all(referralId)
    .map((r) => r.at)
}

/** The centres for which a copy was made; one that was closed since still stands in their files. */
function centres({ id, answers }: CaseRecord, { store, session, ports }: Asking): Found[] {
  const mustBeTold = !sharesWithCentres(answers)
  return ownMailboxes(store, session.site.code).flatMap((stream): Found[] => {
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
        printed: [],
        mustBeTold,
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
