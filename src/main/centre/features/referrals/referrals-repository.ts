import type { ReferralState } from '#shared/referrals/referral.ts'
import { regionStream } from '#shared/sync/stream.ts'
import type { ReadableDb } from '../../storage/store.ts'

export interface ReferralRecord {
  readonly id: string
  readonly stream: string
  readonly case_id: string
  readonly service_point_id: string
  readonly code: string | null
  readonly need: string
  readonly priority: 'urgent' | 'high' | 'normal' | 'low'
  readonly status: ReferralState
  readonly created_on: string
  readonly issued_on: string | null
  readonly due_on: string | null
  readonly valid_until: string | null
  readonly consent_given: 'yes' | 'no' | null
  readonly consent_method: 'signature' | 'thumb' | 'verbal' | null
  readonly consent_on: string | null
  readonly consent_items: string
  readonly guardian_agrees: 'yes' | 'no' | null
  readonly child_assents: 'yes' | 'no' | null
  readonly slip_language: 'fr' | 'en' | 'bi' | null
  readonly appointment: string | null
  readonly provider_name_fr: string | null
  readonly provider_name_en: string | null
  readonly provider_place: string | null
  readonly provider_hours: string | null
  readonly provider_phone: string | null
  readonly served_told_by: 'provider' | 'person' | 'staff' | null
  readonly origin_site: string | null
  /** Milliseconds since 1970. */
  readonly created_at: number
  readonly updated_at: number
  readonly printed: number
}

const columns = `r.*, coalesce((SELECT times FROM print_log l WHERE l.referral_id = r.id), 0) AS printed`
const visible = "(r.stream = ? OR r.stream GLOB 'mbx:*:' || ?)"
const open = "r.status NOT IN ('declined', 'confirmed', 'partial', 'lost', 'cancelled', 'withdrawn', 'rerouted')"
const overdue = `${open} AND r.status NOT IN ('draft', 'ready', 'waitlisted') AND r.due_on < ?`

/** One referral by id, if it belongs to this desk. */
export function findReferral(db: ReadableDb, site: string, id: string): ReferralRecord | undefined {
  return db
    .read<ReferralRecord>(`SELECT ${columns} FROM referral r WHERE r.id = ? AND ${visible}`)
    .get(id, regionStream(site), site)
}

/** One referral by its code. */
export function findReferralByCode(db: ReadableDb, site: string, code: string): ReferralRecord | undefined {
  return db
    .read<ReferralRecord>(`SELECT ${columns} FROM referral r WHERE r.code = ? AND ${visible}`)
    .get(code, regionStream(site), site)
}

/** All referrals of a case, oldest first. */
export function referralsOfCase(db: ReadableDb, caseId: string): ReferralRecord[] {
  return db.read<ReferralRecord>(`SELECT ${columns} FROM referral r WHERE r.case_id = ? ORDER BY r.n`).all(caseId)
}

/** True if some referral held here has this code. */
export function codeIsTaken(db: ReadableDb, code: string): boolean {
  return db.read('SELECT 1 FROM referral WHERE code = ?').get(code) !== undefined
}

export interface ReferralSearch {
  readonly caseId: string | null
  readonly show: 'open' | 'overdue' | 'all'
  readonly after: string | null
  readonly limit: number
  /** YYYY-MM-DD. */
  readonly today: string
  /** A condition on the referral's case `c`. */
  readonly reach: { readonly sql: string; readonly bound: readonly string[] }
}

/** A page of referrals, last changed first; keyset `updated_at/id`. */
export function listReferrals(
  db: ReadableDb,
  site: string,
  s: ReferralSearch,
): { rows: ReferralRecord[]; next: string | null; open: number; overdue: number } {
  const own: (string | number)[] = [regionStream(site), site, ...s.reach.bound]
  // figures of an anonymised case are nobody's referrals
  const mine = `${visible} AND coalesce(c.number, '-') <> '' AND ${s.reach.sql}`
  const conditions = [mine]
  const bound = [...own]
  if (s.caseId !== null) {
    conditions.push('r.case_id = ?')
    bound.push(s.caseId)
  }
  if (s.show === 'open') conditions.push(open)
  if (s.show === 'overdue') {
    conditions.push(overdue)
    bound.push(s.today)
  }
  const [at, id] = s.after === null ? [] : s.after.split('/')
  if (at !== undefined) {
    conditions.push('(r.updated_at, r.id) < (?, ?)')
    bound.push(Number(at), id ?? '')
  }
  const found = db
    .read<ReferralRecord>(
      `SELECT ${columns} FROM referral r LEFT JOIN case_record c ON c.id = r.case_id WHERE ${conditions.join(' AND ')} ORDER BY r.updated_at DESC, r.id DESC LIMIT ?`,
    )
    .all(...bound, s.limit + 1)
  const rows = found.slice(0, s.limit)
  const last = rows.at(-1)
  const count = (condition: string, ...more: string[]) =>
    db
      .read<{ n: number }>(
        `SELECT count(*) AS n FROM referral r LEFT JOIN case_record c ON c.id = r.case_id WHERE ${mine} AND ${condition}`,
      )
      .get(...own, ...more)?.n ?? 0
  return {
    rows,
    next: found.length > s.limit && last ? `${last.updated_at}/${last.id}` : null,
    open: count(open),
    overdue: count(overdue, s.today),
  }
}

export interface StepRecord {
  readonly from_state: ReferralState
  readonly to_state: ReferralState
  readonly happened_on: string
  readonly recorded_at: number
  readonly by_name: string | null
  readonly reason: string | null
}

/** The history of a referral, oldest first. */
export function stepsOf(db: ReadableDb, referralId: string): StepRecord[] {
  return db
    .read<StepRecord>(
      'SELECT from_state, to_state, happened_on, recorded_at, by_name, reason FROM referral_step WHERE referral_id = ? ORDER BY recorded_at, n',
    )
    .all(referralId)
}
