import type { CardBody } from '#shared/sync/device-card-file.ts'
import type { Vector } from '#shared/sync/manifest.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'

/** A device that this desk believes: its card was compared aloud. */
export interface TrustedDevice {
  readonly device: string
  readonly site: string
  readonly siteName: string
  /** Ed25519 public key, hex. */
  readonly sign: string
  /** age recipient that files are sealed for. */
  readonly age: string
  readonly card: CardBody
  readonly trustedAt: number
  readonly receivedCounter: number
  readonly holds: Vector
  readonly clockOff: number
}
interface PeerRaw {
  readonly device: string
  readonly card: string
  readonly trusted_at: number
  readonly received_counter: number
  readonly holds: string
  readonly clock_off: number
}

const shown = (raw: PeerRaw): TrustedDevice => {
  const card = storedJson<CardBody>(raw.card)
  return {
    device: raw.device,
    site: card.site.code,
    siteName: card.site.name,
    sign: card.sign,
    age: card.age,
    card,
    trustedAt: raw.trusted_at,
    receivedCounter: raw.received_counter,
    holds: storedJson<Vector>(raw.holds),
    clockOff: raw.clock_off,
  }
}
const columns = 'device, card, trusted_at, received_counter, holds, clock_off'

/** Every trusted device, by site. */
export function trustedDevices(db: ReadableDb): TrustedDevice[] {
  return db.read<PeerRaw>(`SELECT ${columns} FROM peer ORDER BY site_code, device`).all().map(shown)
}

/** A trusted device by its id. */
export function findTrusted(db: ReadableDb, device: string): TrustedDevice | undefined {
  const raw = db.read<PeerRaw>(`SELECT ${columns} FROM peer WHERE device = ?`).get(device)
  return raw && shown(raw)
}

/** The trusted devices of a centre: a file for the centre is sealed for all of them. */
export function devicesOfSite(db: ReadableDb, site: string): TrustedDevice[] {
  return trustedDevices(db).filter((d) => d.site === site)
}
