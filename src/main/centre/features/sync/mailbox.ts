import { isMinor, mayShareWithCentre } from '#shared/cases/consent.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { mailboxStream, regionStream } from '#shared/sync/stream.ts'
import { journaledTables, type JournaledKind, type RegisterValue } from '../../storage/journaled-tables.ts'
import { storedJson } from '../../storage/stored-json.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { ageOf } from '../cases/index.ts'

/** Answers that stay at the desk even when the person agrees to share the file: need-to-know (do-no-harm 8, 9). */
const keptBack = [
  'programme_category',
  'safe_contact_notes',
  'origin_place',
  'intake_channel',
  'guardian_consent_name',
  'consent_witness',
]

interface CaseRaw {
  readonly id: string
  readonly answers: string
}

/** The cases whose persons agreed to another centre, and how many did not. `day` is YYYY-MM-DD. */
export function shareableCases(
  db: ReadableDb,
  siteCode: string,
  day: string,
): { readonly ids: readonly string[]; readonly withheld: number } {
  const all = db.read<CaseRaw>('SELECT id, answers FROM case_record WHERE stream = ? ORDER BY n').all(regionStream(siteCode))
  const agreed = all.filter((c) => {
    const answers = storedJson<Answers>(c.answers)
    return mayShareWithCentre(answers, isMinor(ageOf(answers, day)))
  })
  return { ids: agreed.map((c) => c.id), withheld: all.length - agreed.length }
}

/** Referrals of a case that were issued: drafts and respected refusals stay at the desk. */
export function shareableReferrals(db: ReadableDb, caseId: string): readonly string[] {
  return db
    .read<{ id: string }>("SELECT id FROM referral WHERE case_id = ? AND code IS NOT NULL AND status <> 'withdrawn' ORDER BY n")
    .all(caseId)
    .map((r) => r.id)
}

/**
 * Brings the mailbox to another centre up to date: a copy of each agreed case, its referrals and their steps (sync.md 3.7).
 *
 * A row never changes stream: copies are new rows that name their origin. Inside the caller's transaction.
 */
export function refreshMailbox(
  unit: WriteUnit,
  fromSite: string,
  toSite: string,
  day: string,
): { readonly people: number; readonly referrals: number } {
  const stream = mailboxStream(fromSite, toSite)
  const { ids } = shareableCases(unit, fromSite, day)
  let referrals = 0
  for (const id of ids) {
    const caseCopy = copyRow(unit, 'case', id, stream, fromSite, (fields) =>
      Object.fromEntries(Object.entries(fields).filter(([f]) => !keptBack.includes(f.replace(/^a_/, '')) && f !== 'created_by')),
    )
    for (const referralId of shareableReferrals(unit, id)) {
      referrals += 1
      const referralCopy = copyRow(unit, 'referral', referralId, stream, fromSite, ({ created_by: _by, ...fields }) => ({
        ...fields,
        case_id: caseCopy,
      }))
      const steps = unit.read<{ id: string }>('SELECT id FROM referral_step WHERE referral_id = ? ORDER BY n').all(referralId)
      for (const step of steps) {
        copyRow(unit, 'referral_step', step.id, stream, fromSite, ({ by_name: _name, ...fields }) => ({
          ...fields,
          referral_id: referralCopy,
        }))
      }
    }
  }
  return { people: ids.length, referrals }
}

function copyRow(
  unit: WriteUnit,
  kind: JournaledKind,
  id: string,
  stream: string,
  fromSite: string,
  redact: (fields: Record<string, RegisterValue>) => Record<string, RegisterValue>,
): string {
  const t = journaledTables[kind]
  const raw = unit.read<Record<string, unknown>>(`SELECT * FROM ${t.table} WHERE id = ?`).get(id) ?? {}
  const fields: Record<string, RegisterValue> = {}
  for (const c of t.columns) fields[c] = (raw[c] ?? null) as RegisterValue
  for (const c of t.lists) fields[c] = storedJson<readonly string[]>(String(raw[c]))
  if (t.answers) for (const [q, v] of Object.entries(storedJson<Answers>(String(raw['answers'])))) fields[`a_${q}`] = v
  const shared = { ...redact(fields), origin_site: fromSite, origin_id: id }
  const copy = unit.read<{ id: string }>(`SELECT id FROM ${t.table} WHERE stream = ? AND origin_id = ?`).get(stream, id)
  if (copy) {
    unit.change(kind, copy.id, shared)
    return copy.id
  }
  return unit.insert(kind, { stream, fields: shared })
}
