import type { CentreStatus, FileEntry } from '#shared/sync/contract.ts'
import { namedSites } from '#shared/security/site.ts'
import { stampMilliseconds } from '#shared/sync/stamp.ts'
import { mailboxStream } from '#shared/sync/stream.ts'
import { dayMilliseconds, instantAt } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { writersApart } from './histories.ts'
import { newestRegisterFault } from './register-heads.ts'
import { deviceIdentity, shownCard } from './device.ts'
import { detailsOf, heldByAll, lastFile, sharedChains, stampAt, type FileRecord } from './sync-repository.ts'
import { knownDevices, type KnownDevice } from './known-devices.ts'

const refusedShown = 5

/** Names of the centres by device id; '' for a device that is not known here. */
export function siteNames(context: Pick<CallContext, 'store' | 'session'>): (device: string) => string {
  const names = new Map(knownDevices(context.store).map((d) => [d.device, d.siteName]))
  names.set(deviceIdentity(context).device, context.session.site.name)
  return (device) => names.get(device) ?? ''
}

/** Tells of a device whether its clock was off by more than a day in its newest file. */
export function wrongClocks({ store }: Pick<CallContext, 'store'>): (device: string) => boolean {
  const wrong = new Set(
    knownDevices(store)
      .filter((d) => Math.abs(d.clockOff) > dayMilliseconds)
      .map((d) => d.device),
  )
  return (device) => wrong.has(device)
}

/** The exchange with every centre that this desk trusts a PC of; see sync.centres. */
export function centreStatuses({ store, session, ports }: CallContext): CentreStatus[] {
  const bySite = new Map<string, KnownDevice[]>()
  for (const d of knownDevices(store).filter((k) => k.status === 'active')) bySite.set(d.site, [...(bySite.get(d.site) ?? []), d])
  const now = ports.clock.now()
  return [...bySite].map(([site, devices]) => centreStatus(store, session.site.code, site, devices, now))
}

function centreStatus(db: ReadableDb, own: string, site: string, devices: readonly KnownDevice[], now: number): CentreStatus {
  const received = lastFile(db, site, 'received')
  const sent = lastFile(db, site, 'sent')
  const told = (file: FileRecord | undefined) =>
    file ? { at: instantAt(file.at), counter: file.counter, changes: file.changes } : null
  const holds = devices.map((d) => d.holds)
  const ours = sharedChains(db, own, site).filter((c) => c.own > 0)
  const acknowledged = ours
    .filter((c) => c.stream === mailboxStream(own, site))
    .map((c) => stampAt(db, c.number, heldByAll(holds, c.stream, c.writer_id)))
    .filter((s) => s !== undefined)
  const refused = db
    .read<FileRecord>(
      "SELECT * FROM file_log WHERE site = ? AND direction = 'received' AND outcome NOT IN ('done', 'undone') AND id > ? ORDER BY id DESC LIMIT ?",
    )
    .all(site, received?.id ?? 0, refusedShown)
  return {
    siteCode: site,
    siteName: devices[0]!.siteName,
    devices: devices.map((d) => ({
      card: shownCard(d.card),
      trustedAt: instantAt(d.since),
      clockOffMinutes: Math.abs(d.clockOff) > dayMilliseconds ? Math.round(d.clockOff / 60_000) : null,
    })),
    lastSent: told(sent),
    lastReceived: told(received),
    theyHaveOursUntil: acknowledged.length === 0 ? null : instantAt(Math.max(...acknowledged.map(stampMilliseconds))),
    unacknowledged: ours.reduce((n, c) => n + Math.max(0, c.seq - heldByAll(holds, c.stream, c.writer_id)), 0),
    partsMissing: received ? (detailsOf<{ more?: boolean }>(received).more ?? false) : false,
    twoHistories: writersApart(
      db,
      devices.map((d) => d.device),
    ),
    registerFault: newestRegisterFault(
      db,
      devices.map((d) => d.device),
      now,
    ),
    refused: refused.map((r) => ({ at: instantAt(r.at), code: r.outcome })),
  }
}

/** Why and since when this PC writes under a new name, or null. */
export function renewed({ store }: CallContext) {
  const kept = store.setting('writer.renewed')
  if (kept === undefined) return null
  const { reason, at } = storedJson<{ reason: 'restore' | 'clone' | 'ack-ahead' | 'fork'; at: number }>(kept)
  return { reason, at: instantAt(at) }
}

/** Files sent and received, newest first. */
export function fileEntries({ store, session }: CallContext, limit: number): FileEntry[] {
  return store
    .read<FileRecord & { direction: 'sent' | 'received'; undoable: number }>(
      `SELECT f.*, EXISTS (SELECT 1 FROM import_range r WHERE r.file = f.id) AS undoable FROM file_log f ORDER BY f.id DESC LIMIT ?`,
    )
    .all(limit)
    .map((f) => ({
      id: f.id,
      direction: f.direction,
      siteName: f.site === session.site.code ? session.site.name : (namedSites.find((s) => s.code === f.site)?.name ?? f.site),
      at: instantAt(f.at),
      counter: f.counter,
      changes: f.changes,
      outcome: f.outcome,
      undoable: f.outcome === 'done' && f.undoable === 1,
    }))
}
