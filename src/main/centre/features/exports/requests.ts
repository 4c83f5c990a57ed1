import { bytesToHex } from '@noble/hashes/utils.js'
import { exportDays, type ExportRequest, type ExportState } from '#shared/exports/contract.ts'
import { Refusal } from '#shared/result.ts'
import { dayMilliseconds, instantAt } from '../../desk-day.ts'
import type { CallContext, CallOutput, CallReceived } from '../../feature.ts'
import type { ReadableDb } from '../../storage/store.ts'

interface RequestRaw {
  readonly id: string
  readonly purpose: string
  readonly asked_by: string
  readonly asked_name: string | null
  readonly asked_at: number
  readonly state: Exclude<ExportState, 'expired'>
  readonly decided_name: string | null
  readonly decided_at: number | null
  readonly reason: string | null
}

const shownMax = 50
const select = `SELECT e.*, a.name AS asked_name, d.name AS decided_name FROM data_export e
  LEFT JOIN app_user a ON a.id = e.asked_by LEFT JOIN app_user d ON d.id = e.decided_by`

/** What was allowed ends after a week, by the PC's clock. */
const isOver = ({ decided_at }: RequestRaw, now: number): boolean => now > (decided_at ?? 0) + exportDays * dayMilliseconds

/** The requests of this desk, the newest first. */
export function listRequests({ store, session, ports }: CallContext): CallOutput<'exports.list'> {
  const now = ports.clock.now()
  return store
    .read<RequestRaw>(`${select} ORDER BY e.asked_at DESC, e.id LIMIT ${shownMax}`)
    .all()
    .map((raw): ExportRequest => ({
      id: raw.id,
      purpose: raw.purpose,
      askedBy: raw.asked_name ?? '',
      askedAt: instantAt(raw.asked_at),
      state: raw.state === 'allowed' && isOver(raw, now) ? 'expired' : raw.state,
      decidedBy: raw.decided_name,
      decidedAt: raw.decided_at === null ? null : instantAt(raw.decided_at),
      reason: raw.reason,
      own: raw.asked_by === session.userId,
    }))
}

const found = (db: ReadableDb, id: string): RequestRaw => {
  const raw = db.read<RequestRaw>(`${select} WHERE e.id = ?`).get(id)
  if (!raw) throw new Refusal('not-found')
  return raw
}

/** Asks; see exports.ask. */
export function askForExport({ purpose }: CallReceived<'exports.ask'>, context: CallContext): CallOutput<'exports.ask'> {
  if (purpose === '') throw new Refusal('bad-input', { field: 'purpose' })
  const { store, session, ports } = context
  const id = bytesToHex(ports.random.bytes(8))
  store.write((unit) => {
    unit.local(
      `INSERT INTO data_export (id, purpose, asked_by, asked_at, state) VALUES (?, ?, ?, ?, 'asked')`,
      id,
      purpose,
      session.userId,
      ports.clock.now(),
    )
    unit.audit({ action: 'exports.ask', object: id, details: { note: purpose } })
  })
  return { id }
}

/** Says yes or no; see exports.decide. */
export function decideExport({ id, allow, reason }: CallReceived<'exports.decide'>, context: CallContext): void {
  const { store, session, ports } = context
  const raw = found(store, id)
  if (raw.state !== 'asked') throw new Refusal('not-found')
  if (raw.asked_by === session.userId) throw new Refusal('second-person-needed')
  if (!allow && reason === '') throw new Refusal('bad-input', { field: 'reason' })
  store.write((unit) => {
    unit.local(
      'UPDATE data_export SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?',
      allow ? 'allowed' : 'refused',
      session.userId,
      ports.clock.now(),
      reason === '' ? null : reason,
      id,
    )
    const action = allow ? 'exports.allow' : 'exports.refuse'
    unit.audit({ action, object: id, ...(reason === '' ? {} : { details: { note: reason } }) })
  })
}

/** Throws not-found unless the request is this person's and was allowed within the week, written already or not. */
export function requireAllowed(id: string, { store, session, ports }: CallContext): void {
  const raw = found(store, id)
  const isAllowed = raw.state === 'allowed' || raw.state === 'written'
  if (!isAllowed || isOver(raw, ports.clock.now()) || raw.asked_by !== session.userId) throw new Refusal('not-found')
}
