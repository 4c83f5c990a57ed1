import { rosterKind, type DeviceStatement, type RecipientStatement, type SignedStatement } from '#shared/sync/roster.ts'
import { nationalStream } from '#shared/sync/stream.ts'
import { isStatementOf, statementBody, statementRow } from '../../crypto/roster-statement.ts'
import { settingOf } from '../../storage/settings.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'

/** Statements of an enrolment list, beside those of the stream. */
const listSetting = 'roster.list'
const pinSetting = 'roster.national'

/** The national key that this desk believes, and since when and how it came to. */
export interface NationalPin {
  readonly key: string
  readonly since: number
  readonly how: 'ceremony' | 'words'
}

/** The list of computers, as far as its signatures hold. */
export interface Roster {
  /** The key believed now, hex; null when none was ever taken in. */
  readonly key: string | null
  /** When the national key was last renewed by the one before it, or null. */
  readonly renewedAt: number | null
  /** Of each device the statement with the highest number. */
  readonly devices: ReadonlyMap<string, DeviceStatement>
  /** Every recipient that devices announced; who signed it is checked against the device's key. */
  readonly announced: readonly { readonly says: RecipientStatement; readonly signed: SignedStatement }[]
  /** Above every number that was used: the next statement's. */
  readonly highest: number
}

/** Every statement that is held, in the stream or from an enrolment list. */
export function heldStatements(db: ReadableDb): SignedStatement[] {
  const rows = db.read<SignedStatement>('SELECT body, sig FROM roster_entry ORDER BY id').all()
  return [...rows, ...listedStatements(db)]
}

function listedStatements(db: ReadableDb): readonly SignedStatement[] {
  const kept = settingOf(db, listSetting)
  return kept === undefined ? [] : storedJson<SignedStatement[]>(kept)
}

/** Keeps a list's statements beside those of the stream: the desk knows the others before their first file comes. */
export function keepList(unit: WriteUnit, statements: readonly SignedStatement[]): void {
  const all = new Map([...listedStatements(unit), ...statements].map((s) => [`${s.sig}${s.body}`, s]))
  unit.keepSetting(listSetting, JSON.stringify([...all.values()]))
}

/** The national key that was taken in with its words, or at the ceremony; later keys follow from it by signature. */
export function nationalPin(db: ReadableDb): NationalPin | undefined {
  const kept = settingOf(db, pinSetting)
  return kept === undefined ? undefined : storedJson<NationalPin>(kept)
}

/** Believes a national key from now on. */
export function pinNational(unit: WriteUnit, key: string, how: NationalPin['how']): void {
  const pin: NationalPin = { key, since: unit.now, how }
  unit.keepSetting(pinSetting, JSON.stringify(pin))
}

/**
 * The list as this desk believes it: whatever order statements came in, and whatever their stamps, the highest number with a valid
 * signature counts. What is not signed by the present national key, or not by the device itself for its recipient, is passed over.
 */
export function rosterOf(db: ReadableDb): Roster {
  return readRoster(heldStatements(db), nationalPin(db)?.key)
}

/** As `rosterOf`, from statements and the key that was pinned. */
export function readRoster(statements: readonly SignedStatement[], pinned: string | undefined): Roster {
  const read = statements.flatMap((signed) => {
    const says = statementBody(signed.body)
    return says ? [{ says, signed }] : []
  })
  const { key, renewedAt, renewed } = presentKey(read, pinned)
  const devices = new Map<string, DeviceStatement>()
  const announced: { says: RecipientStatement; signed: SignedStatement }[] = []
  let highest = renewed
  for (const { says, signed } of read) {
    if (says.of === 'recipient') announced.push({ says, signed })
    if (says.of !== 'device' || key === null || !isStatementOf(key, signed)) continue
    highest = Math.max(highest, says.serial)
    const known = devices.get(says.device)
    if (!known || isNewer(says, known)) devices.set(says.device, says)
  }
  return { key, renewedAt, devices, announced, highest }
}

const severity = { active: 0, retired: 1, revoked: 2 } as const

/** Two statements of one number are a fault of the office; which counts must be the same everywhere, and the careful one. */
function isNewer(a: DeviceStatement, b: DeviceStatement): boolean {
  if (a.serial !== b.serial) return a.serial > b.serial
  if (a.status !== b.status) return severity[a.status] > severity[b.status]
  return JSON.stringify(a) > JSON.stringify(b)
}

/** From the pinned key along the renewals, each signed by the key before it. */
function presentKey(
  read: readonly { readonly says: NonNullable<ReturnType<typeof statementBody>>; readonly signed: SignedStatement }[],
  pinned: string | undefined,
): { readonly key: string | null; readonly renewedAt: number | null; readonly renewed: number } {
  if (pinned === undefined) return { key: null, renewedAt: null, renewed: 0 }
  const seen = new Set<string>()
  let key = pinned
  let renewedAt: number | null = null
  let renewed = 0
  for (;;) {
    seen.add(key)
    const next = read
      .flatMap(({ says, signed }) =>
        says.of === 'national' && says.former === key && !seen.has(says.key) && isStatementOf(key, signed) ? [says] : [],
      )
      .toSorted((a, b) => b.serial - a.serial || (a.key < b.key ? 1 : -1))[0]
    if (!next) return { key, renewedAt, renewed }
    key = next.key
    renewedAt = next.since
    renewed = Math.max(renewed, next.serial)
  }
}

/** Puts signed statements into the stream of every centre; those held there already are left. */
export function writeStatements(unit: WriteUnit, statements: readonly SignedStatement[]): void {
  for (const signed of statements) {
    const id = statementRow(signed)
    if (unit.read('SELECT 1 FROM roster_entry WHERE id = ?').get(id) === undefined)
      unit.insert(rosterKind, { id, stream: nationalStream, fields: { body: signed.body, sig: signed.sig } })
  }
}
