import { z } from 'zod'
import { auditActions } from '#shared/audit/actions.ts'
import type { KeptCopy } from '#shared/backups/contract.ts'
import { errorCodes, FailureDetails, type Refusal } from '#shared/result.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext, CallOutput } from '../../feature.ts'
import type { Files } from '../../ports.ts'
import { copyFiles, keptCopies } from '../../storage/kept-copies.ts'
import { settingOf } from '../../storage/settings.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'

/** The newest daily copy here, and the newest that left the computer. */
const hereSetting = 'copy.here'
const outsideSetting = 'copy.outside'
/** Why the last try failed; '' once one was made. */
const failedSetting = 'copy.failed'

/** How it went in the remembered folder, since that was chosen. */
const folderSetting = 'copy.folder'

/** `audit`: the newest event that lies in the copy. */
const Told = z.strictObject({ at: z.number(), audit: z.int(), id: z.string() })
type Told = z.infer<typeof Told>
const Failed = z.strictObject({ at: z.number(), code: z.enum(errorCodes), details: FailureDetails })
/** `id`: the copy of here that was tried last. */
const InFolder = z.strictObject({ id: z.string(), failed: Failed.nullable() })

/** Events after which a copy is due although the clock says that it is the same day: one that starts in 1980 never gets on. */
const eventsDue = 1000

/** The number of the newest event. */
export function newestEvent(db: ReadableDb): number {
  return db.read<{ seq: number }>('SELECT max(seq) AS seq FROM audit').get()?.seq ?? 0
}

function toldIn<T>(db: ReadableDb, key: string, schema: z.ZodType<T>): T | undefined {
  const kept = settingOf(db, key)
  return kept === undefined || kept === '' ? undefined : schema.parse(storedJson(kept))
}

/** Keeps that a copy was made of everything up to the event `audit`. */
export function keepMade(unit: WriteUnit, id: string, audit: number): void {
  unit.keepSetting(hereSetting, JSON.stringify({ at: unit.now, audit, id } satisfies Told))
  unit.keepSetting(failedSetting, '')
}

/** Keeps that the copy `id` was also written outside this computer. */
export function keepLeft(unit: WriteUnit, id: string, audit: number): void {
  unit.keepSetting(outsideSetting, JSON.stringify({ at: unit.now, audit, id } satisfies Told))
}

const failedNow = (unit: WriteUnit, { code, details = {} }: Refusal): z.infer<typeof Failed> => ({ at: unit.now, code, details })

/** Keeps why a copy could not be made, until one is. */
export function keepFailed(unit: WriteUnit, refusal: Refusal): void {
  unit.keepSetting(failedSetting, JSON.stringify(failedNow(unit, refusal)))
}

/** Keeps that the copy `id` lies in the remembered folder. */
export function keepInFolder(unit: WriteUnit, id: string): void {
  unit.keepSetting(folderSetting, JSON.stringify({ id, failed: null } satisfies z.infer<typeof InFolder>))
}

/** Keeps why the copy `id` could not be written into the remembered folder, until one can. */
export function keepFolderFailed(unit: WriteUnit, id: string, refusal: Refusal): void {
  unit.keepSetting(folderSetting, JSON.stringify({ id, failed: failedNow(unit, refusal) } satisfies z.infer<typeof InFolder>))
}

/** Another folder was chosen, or none is any more. */
export function forgetFolderTold(unit: WriteUnit): void {
  unit.keepSetting(folderSetting, '')
}

/**
 * The newest copy of here, if the remembered folder is there and was not yet tried with it: a stick may come hours after the copy, and one that is
 * full is tried again with the next.
 */
export function owedToFolder({ store, ports }: Pick<CallContext, 'store' | 'ports'>): Told | undefined {
  if (!ports.files.outsideFolder()?.isThere) return undefined
  const here = toldIn(store, hereSetting, Told)
  const isHere = here !== undefined && keptCopies(ports.files).some((c) => c.id === here.id)
  return isHere && toldIn(store, folderSetting, InFolder)?.id !== here.id ? here : undefined
}

/**
 * Whether the copy of the day is still to be made: the newest daily one, by number, is of another day by the PC's clock, right or wrong; or
 * much was done since.
 */
export function dailyIsDue({ store, ports }: Pick<CallContext, 'store' | 'ports'>, day: string): boolean {
  const newest = keptCopies(ports.files).find((c) => c.reason === 'daily')
  const told = toldIn(store, hereSetting, Told)
  return newest?.day !== day || told?.id !== newest.id || newestEvent(store) - told.audit > eventsDue
}

const changing = Object.entries(auditActions).flatMap(([action, kind]) => (kind === 'change' ? [action] : []))

function changesSince(db: ReadableDb, event: number): number {
  return (
    db
      .read<{ n: number }>(
        `SELECT count(*) AS n FROM audit WHERE seq > ? AND json_extract(line, '$.action') IN (SELECT value FROM json_each(?))`,
      )
      .get(event, JSON.stringify(changing))?.n ?? 0
  )
}

/** What the page says of the copies; see backups.state. */
export function copiesTold({ store, ports }: CallContext): CallOutput<'backups.state'> {
  const kept = keptCopies(ports.files)
  const told = (key: string) => toldIn(store, key, Told)
  const shown = (made: Told | undefined) =>
    made === undefined ? null : { at: instantAt(made.at), changesSince: changesSince(store, made.audit) }
  const here = told(hereSetting)
  const failed = toldIn(store, failedSetting, Failed)
  const folder = ports.files.outsideFolder()
  const failedShown = (why: z.infer<typeof Failed> | null | undefined) => (why ? { ...why, at: instantAt(why.at) } : null)
  return {
    here: shown(kept.some((c) => c.id === here?.id) ? here : undefined),
    outside: shown(told(outsideSetting)),
    failed: failedShown(failed),
    copies: keptTold(ports.files),
    folder: folder === undefined ? null : { ...folder, failed: failedShown(toldIn(store, folderSetting, InFolder)?.failed) },
  }
}

/** The copies on this computer, as a page shows them. */
export function keptTold(files: Files): KeptCopy[] {
  return keptCopies(files).map(({ id, day, reason }) => ({
    id,
    day: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`,
    reason,
    bytes: files.size(copyFiles(id).database),
  }))
}
