import { Refusal } from '#shared/result.ts'
import { ListFile, rosterLimits, type SignedStatement } from '#shared/sync/roster.ts'
import { statementBody } from '../../crypto/roster-statement.ts'
import type { CallContext } from '../../feature.ts'
import type { ReadableDb, Store } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { knownRecovery } from './recovery-recipient.ts'
import { heldStatements, nationalPin, readRoster, rosterOf } from '../national/index.ts'
import { collect } from '../sync/index.ts'

/** The list as it is given to a new computer: each device's newest statement, its announced recipients, and the renewals of the key. */
export function listFileText(store: Store): string {
  const { key, devices } = rosterOf(store)
  if (key === null) throw new Refusal('national-none')
  const statements = heldStatements(store).filter((signed) => {
    const says = statementBody(signed.body)
    return says !== undefined && (says.of !== 'device' || devices.get(says.device)?.serial === says.serial)
  })
  const recovery = knownRecovery(store)
  const file: ListFile = { psrl: 'list', v: 1, national: key, ...(recovery ? { recovery } : {}), statements }
  return `${JSON.stringify(file)}\n`
}

/** Reads a list file. Throws Refusal list-not-a-list, file-unreadable. */
export async function readListFile(file: string, { ports }: CallContext): Promise<ListFile> {
  if (ports.files.chosenSize(file) > rosterLimits.listBytesMax) throw new Refusal('list-not-a-list')
  const bytes = await collect(ports.files.readChosen(file), rosterLimits.listBytesMax)
  try {
    return ListFile.parse(storedJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    throw new Refusal('list-not-a-list')
  }
}

/**
 * True when the file's key is the one believed here, or a successor that it leads to by signatures. Throws Refusal national-other-key for
 * any other: a national key is never replaced in silence.
 */
export function isBelieved(db: ReadableDb, { national, statements }: ListFile): boolean {
  const pin = nationalPin(db)
  if (!pin) return false
  const all: readonly SignedStatement[] = [...heldStatements(db), ...statements]
  const now = readRoster(all, pin.key).key
  // an older list is no harm: what the present key did not sign is passed over
  const then = rosterOf(db).key
  if (now !== national && then !== national && pin.key !== national) throw new Refusal('national-other-key')
  return true
}
