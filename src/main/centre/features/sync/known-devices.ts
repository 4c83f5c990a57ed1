import type { CardBody } from '#shared/sync/device-card-file.ts'
import type { Manifest, Vector } from '#shared/sync/manifest.ts'
import type { DeviceStatement, DeviceStatus } from '#shared/sync/roster.ts'
import { isStatementOf } from '../../crypto/roster-statement.ts'
import { settingOf } from '../../storage/settings.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { rosterOf, type Roster } from '../national/index.ts'

/** A device that this desk knows: the national list names it, or its card was compared aloud. */
export interface KnownDevice {
  readonly device: string
  readonly site: string
  readonly siteName: string
  /** Ed25519 public key, hex. */
  readonly sign: string
  /** age recipient that files are sealed for. */
  readonly age: string
  /** It was put back to before it had that key, or its file was late: files are sealed for this one too. */
  readonly readsStill: string | undefined
  readonly card: CardBody
  /** Why it is known; where both would do, the list counts. */
  readonly why: 'list' | 'card'
  readonly status: DeviceStatus
  /** Since when this status, milliseconds. */
  readonly since: number
  readonly revoked: DeviceStatement['revoked']
  readonly receivedCounter: number
  readonly holds: Vector
  readonly clockOff: number
}
interface PeerRaw {
  readonly device: string
  /** '' for a device that only the list names. */
  readonly card: string
  readonly trusted_at: number
  readonly received_counter: number
  readonly holds: string
  readonly reads_still: string | null
  readonly clock_off: number
}

function shown(
  raw: PeerRaw | undefined,
  named: DeviceStatement | undefined,
  announced: Roster['announced'],
): KnownDevice | undefined {
  const card = raw && raw.card !== '' ? storedJson<CardBody>(raw.card) : undefined
  const base = named ?? card
  if (!base) return undefined
  const offered = [
    { serial: base.renewed ?? 0, age: base.age },
    // a card under another key is somebody else's
    ...(card?.sign === base.sign ? [{ serial: card.renewed ?? 0, age: card.age }] : []),
    ...announced.filter((a) => a.says.device === base.device && isStatementOf(base.sign, a.signed)).map((a) => a.says),
  ]
  const newest = offered.toSorted((a, b) => b.serial - a.serial || (a.age < b.age ? 1 : -1))[0]!
  const { device, site, sign } = base
  return {
    device,
    site: site.code,
    siteName: site.name,
    sign,
    age: newest.age,
    readsStill: raw?.reads_still ?? undefined,
    card: { v: 1, device, site, sign, age: newest.age, ...(newest.serial > 0 ? { renewed: newest.serial } : {}) },
    why: named ? 'list' : 'card',
    status: named?.status ?? 'active',
    since: named?.since ?? raw?.trusted_at ?? 0,
    revoked: named?.revoked,
    receivedCounter: raw?.received_counter ?? 0,
    holds: raw ? storedJson<Vector>(raw.holds) : {},
    clockOff: raw?.clock_off ?? 0,
  }
}

/** Every known device but this one, revoked and retired ones included, by site. */
export function knownDevices(db: ReadableDb): KnownDevice[] {
  const roster = rosterOf(db)
  const peers = new Map(
    db
      .read<PeerRaw>('SELECT device, card, trusted_at, received_counter, holds, reads_still, clock_off FROM peer')
      .all()
      .map((raw) => [raw.device, raw]),
  )
  const own = ownDevice(db)
  return [...new Set([...peers.keys(), ...roster.devices.keys()])]
    .filter((device) => device !== own)
    .flatMap((device) => shown(peers.get(device), roster.devices.get(device), roster.announced) ?? [])
    .toSorted((a, b) => order(a.site, b.site) || order(a.device, b.device))
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** This device's id. */
export function ownDevice(db: ReadableDb): string {
  return settingOf(db, 'device.id') ?? ''
}

/** A known device by its id, whatever its status; never this one. */
export function findKnown(db: ReadableDb, device: string): KnownDevice | undefined {
  return knownDevices(db).find((d) => d.device === device)
}

/** The devices of a centre that are in use: a file for the centre is sealed for all of them, and for no other. */
export function devicesOfSite(db: ReadableDb, site: string): KnownDevice[] {
  return knownDevices(db).filter((d) => d.site === site && d.status === 'active')
}

/** The recipients that a file for this device is sealed for. */
export function openedWith({ age, readsStill }: KnownDevice): string[] {
  return readsStill === undefined ? [age] : [age, readsStill]
}

/** Name of the counter that numbers the files to a centre. */
export const sentCounter = (site: string): string => `sent-${site}`

/**
 * Remembers what a file that was proved to be a device's own says of both ends: with which recipient the device opens files, and how far it
 * heard of `own`, this computer.
 *
 * The next file to its centre has a higher number than that: otherwise the device would go on believing a file of the time before this
 * computer was put back, whatever it is told.
 */
export function noteTold(
  unit: WriteUnit,
  { device, site }: KnownDevice,
  { reads, heard }: Pick<Manifest, 'reads' | 'heard'>,
  own: string,
): void {
  // a device that only the national list names has no row until its first file
  unit.local(
    "INSERT INTO peer (device, card, site_code, trusted_at) VALUES (?, '', ?, ?) ON CONFLICT (device) DO NOTHING",
    device,
    site,
    unit.now,
  )
  const newest = findKnown(unit, device)?.age
  if (reads !== undefined) unit.local('UPDATE peer SET reads_still = ? WHERE device = ?', reads === newest ? null : reads, device)
  const heardOfUs = heard[own]
  if (heardOfUs === undefined) return
  unit.local(
    'INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)',
    sentCounter(site),
    heardOfUs,
  )
}
