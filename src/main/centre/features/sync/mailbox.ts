import { hash } from 'node:crypto'
import { isMinor, mayShareWithCentre } from '#shared/cases/consent.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { mailboxPrefix, mailboxStream, regionStream } from '#shared/sync/stream.ts'
import { journaledTables, type JournaledKind, type RegisterValue } from '../../storage/journaled-tables.ts'
import { storedJson } from '../../storage/stored-json.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { fieldsOfRow } from './row-fields.ts'
import { ageOf } from '../cases/index.ts'

/**
 * The answers that another centre needs to go on helping; everything else stays, new questions included (need-to-know, H8).
 *
 * Never: category, nationality, place of origin, current place, contact notes.
 */
const handedOver: readonly string[] = [
  'consent_status',
  'consent_giver',
  'child_assent',
  'consent_method',
  'consent_date',
  'consent_referral_general',
  'consent_other_centre',
  'consent_statistics',
  'consent_photo',
  'consent_home_visit',
  'safe_contact_methods',
  'interview_language',
  'interviewer_sex_pref',
  'family_name',
  'given_names',
  'usual_name',
  'sex',
  'birth_date',
  'birth_precision',
  'age_stated',
  'age_years',
  'is_minor',
  'main_language',
  'phone',
  'phone_owner',
  'phone_safe',
  'id_docs',
  'return_intention',
]

/** Who at this desk made the case, has it or asks for it: nobody of another centre (H41). */
const ofTheDesk: readonly string[] = ['created_by', 'assigned_to', 'assignment_asked_by']

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

/** Referrals of a case that were issued, withdrawn ones included so that their end is known; drafts and respected refusals stay. */
export function shareableReferrals(db: ReadableDb, caseId: string): readonly string[] {
  return db
    .read<{ id: string }>('SELECT id FROM referral WHERE case_id = ? AND code IS NOT NULL ORDER BY n')
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
  closeWithdrawn(unit, stream, ids)
  let referrals = 0
  for (const id of ids) {
    const caseCopy = copyRow(unit, 'case', id, stream, fromSite, (fields) =>
      Object.fromEntries(
        Object.entries(fields).filter(
          ([f]) => !ofTheDesk.includes(f) && (!f.startsWith('a_') || handedOver.includes(f.slice(2))),
        ),
      ),
    )
    for (const referralId of shareableReferrals(unit, id)) {
      referrals += 1
      const referralCopy = copyRow(
        unit,
        'referral',
        referralId,
        stream,
        fromSite,
        ({ created_by: _by, appointment: _appointment, ...fields }) => ({
          ...fields,
          case_id: caseCopy,
        }),
      )
      const steps = unit.read<{ id: string }>('SELECT id FROM referral_step WHERE referral_id = ? ORDER BY n').all(referralId)
      for (const step of steps) {
        copyRow(unit, 'referral_step', step.id, stream, fromSite, ({ by_name: _name, reason: _reason, ...fields }) => ({
          ...fields,
          referral_id: referralCopy,
        }))
      }
    }
  }
  return { people: ids.length, referrals }
}

/**
 * Copies of people who no longer agree: closed, and cut from their origin so that a later agreement makes a new copy (H5).
 *
 * What they held leaves the file (`withheldRows`); a centre that has the copy learns only that it is closed.
 */
function closeWithdrawn(unit: WriteUnit, stream: string, agreed: readonly string[]): void {
  const copies = unit
    .read<{ id: string; origin_id: string }>(
      // one whose original is not held here (another PC's, or lost with a restored copy) is not ours to close
      `SELECT c.id, c.origin_id FROM case_record c WHERE c.stream = ? AND c.origin_id IS NOT NULL
       AND EXISTS (SELECT 1 FROM case_record o WHERE o.id = c.origin_id)`,
    )
    .all(stream)
  for (const copy of copies) {
    if (agreed.includes(copy.origin_id)) continue
    unit.change('case', copy.id, { status: 'closed', origin_id: null })
    for (const referral of unit.read<{ id: string }>('SELECT id FROM referral WHERE case_id = ?').all(copy.id)) {
      unit.change('referral', referral.id, { status: 'withdrawn', origin_id: null })
      for (const step of unit.read<{ id: string }>('SELECT id FROM referral_step WHERE referral_id = ?').all(referral.id)) {
        unit.change('referral_step', step.id, { origin_id: null })
      }
    }
  }
}

/** Rows of a mailbox whose content must not leave any more: their payloads are replaced by commitments in the file. */
export function withheldRows(db: ReadableDb, stream: string): ReadonlySet<string> {
  const of = (table: string) =>
    db
      .read<{ id: string }>(`SELECT id FROM ${table} WHERE stream = ? AND origin_id IS NULL AND origin_site IS NOT NULL`)
      .all(stream)
  return new Set(['case_record', 'referral', 'referral_step'].flatMap(of).map((r) => r.id))
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
  const fields = fieldsOfRow(unit, kind, id)
  const shared = { ...redact(fields), origin_site: fromSite, origin_id: id }
  const copy = unit.read<{ id: string }>(`SELECT id FROM ${t.table} WHERE stream = ? AND origin_id = ?`).get(stream, id)
  if (copy) {
    unit.change(kind, copy.id, shared)
    return copy.id
  }
  return unit.insert(kind, { id: copyId(unit, kind, stream, id), stream, fields: shared })
}

/**
 * The id of a copy: the same at every PC of a centre, so that two of them that copy the same row make one copy.
 *
 * After a withdrawal the next copy has another id: the first stays closed. The same after an erasure.
 */
function copyId(db: ReadableDb, kind: JournaledKind, stream: string, origin: string): string {
  return nthCopyId(stream, origin, takenCopies(db, kind, stream, origin).length)
}

function nthCopyId(stream: string, origin: string, n: number): string {
  return `c${hash('sha256', `psrl1/copy\n${stream}\n${origin}\n${n}`).slice(0, 20)}`
}

function takenCopies(db: ReadableDb, kind: JournaledKind, stream: string, origin: string): string[] {
  const { table } = journaledTables[kind]
  const ids: string[] = []
  for (;;) {
    const id = nthCopyId(stream, origin, ids.length)
    const isTaken =
      db.read(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) ??
      db.read('SELECT 1 FROM erased WHERE row = ? AND kind = ? AND stream = ?').get(id, kind, stream)
    if (isTaken === undefined) return ids
    ids.push(id)
  }
}

/** Every copy of a row that this centre put into the mailbox and that still has content: closed ones, cut from their origin, too. */
export function copiesOf(db: ReadableDb, kind: JournaledKind, stream: string, origin: string): string[] {
  const { table } = journaledTables[kind]
  return takenCopies(db, kind, stream, origin).filter(
    (id) => db.read(`SELECT 1 FROM ${table} WHERE id = ? AND stream = ?`).get(id, stream) !== undefined,
  )
}

/**
 * Copies of erased rows that another PC of this centre handed over before it heard of the erasure: erased under the same certificate, whose
 * progress now counts from here. Inside the caller's transaction.
 */
export function eraseOverlooked(unit: WriteUnit, site: string, writer: string): void {
  const rows = unit
    .read<{ row: string; kind: JournaledKind; certificate: string; ground: string }>(
      "SELECT row, kind, certificate, ground FROM erased WHERE stream = ? AND kind IN ('case', 'referral', 'referral_step')",
    )
    .all(regionStream(site))
  if (rows.length === 0) return
  for (const stream of ownMailboxes(unit, site)) {
    for (const { row, kind, certificate, ground } of rows) {
      for (const id of copiesOf(unit, kind, stream, row)) {
        const seq = unit.erase(kind, id, stream, { certificate, ground })
        unit.local(
          'UPDATE erasure SET reached = json_set(reached, ?, json_array(?, ?)) WHERE certificate = ?',
          `$."${stream}"`,
          writer,
          seq,
          certificate,
        )
      }
    }
  }
}

/**
 * What was decided here about a copy that its giver erased, erased under the same certificate: of a row of another stream no replica does so by
 * itself. Inside the caller's transaction.
 */
export function eraseLinksOfCopies(unit: WriteUnit, site: string): void {
  const region = regionStream(site)
  const rows = unit
    .read<{ id: string; certificate: string; ground: string }>(
      `WITH gone AS (SELECT row, certificate, ground FROM erased WHERE kind = 'case' AND stream <> ?)
       SELECT id, min(certificate) AS certificate, ground FROM (
         SELECT l.id, l.stream, g.certificate, g.ground FROM gone g JOIN case_link l ON l.case_a = g.row
         UNION SELECT l.id, l.stream, g.certificate, g.ground FROM gone g JOIN case_link l ON l.case_b = g.row)
       WHERE stream = ? GROUP BY id`,
    )
    .all(region, region)
  for (const { id, certificate, ground } of rows) unit.erase('case_link', id, region, { certificate, ground })
}

/** The mailboxes that this centre writes. */
export function ownMailboxes(db: ReadableDb, site: string): string[] {
  return db
    .read<{ stream: string }>('SELECT DISTINCT stream FROM chain WHERE stream GLOB ? ORDER BY stream')
    .all(`${mailboxPrefix(site)}*`)
    .map((r) => r.stream)
}
