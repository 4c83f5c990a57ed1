import type { Files } from '../ports.ts'

/** Of the data folder. */
const folder = 'backups'
const keyringEnd = '.keyring.json'
/** Of the copy of `vault.db` that belongs to a copy. */
const vaultEnd = '.vault'
/** What a process that died had written and not yet merged; only beside a desk that was set aside. */
const logEnd = '.db-wal'
const ends = [keyringEnd, vaultEnd, logEnd] as const
const copyName = /^((\d{6})-(\d{8})-(import|migration|renewal|daily|aside))\.db$/

/**
 * Why a copy was made: before an import, before a migration, because every other one is too old to be kept, because a day has passed or
 * somebody asked; `aside` is the desk that a restored copy took the place of.
 */
export type CopyReason = 'import' | 'migration' | 'renewal' | 'daily' | 'aside'

/** A copy of the database in the data folder, with its keyring beside it. */
export interface KeptCopy {
  /** Its name without folder and end. */
  readonly id: string
  readonly number: number
  /** YYYYMMDD in UTC by the PC's clock, which may have been wrong. */
  readonly day: string
  readonly reason: CopyReason
}

/** Kept of each reason, and of the daily ones whatever their days: an update that went wrong is often noticed only after many imports. */
const keptAlways = 3
const daysKept = 7
const weeksKept = 4
/** The last instant of the year 9999. */
const yearsMax = 253_402_300_799_999

const dayFormat = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'UTC' })

/** The day of an instant in UTC as it stands in names: YYYYMMDD, whatever the clock says. */
export const copyDay = (milliseconds: number): string =>
  dayFormat.format(Math.min(Math.max(milliseconds, 0), yearsMax)).replace(/\D/g, '')

/** The files of a copy, by their names in the data folder. */
export function copyFiles(id: string): {
  readonly database: string
  readonly keyring: string
  readonly vault: string
  readonly log: string
} {
  const name = `${folder}/${id}`
  return { database: `${name}.db`, keyring: name + keyringEnd, vault: name + vaultEnd, log: name + logEnd }
}

/** The next id: by number, so that a PC whose clock starts in 1980 does not take its newest copy for its oldest. */
export function nextCopyId(files: Files, reason: CopyReason, now: number): string {
  const number = Math.max(0, ...files.list(folder).map((f) => Number(/^(\d{6})-/.exec(f)?.[1] ?? 0))) + 1
  return `${String(number).padStart(6, '0')}-${copyDay(now)}-${reason}`
}

/** The copies that are there, the newest first. */
export function keptCopies(files: Files): readonly KeptCopy[] {
  return files
    .list(folder)
    .flatMap((f) => {
      const [, id, number, day, reason] = copyName.exec(f) ?? []
      return id === undefined ? [] : [{ id, number: Number(number), day: day!, reason: reason as CopyReason }]
    })
    .toSorted((a, b) => b.number - a.number)
}

/** About a week: a month has four. */
const weekOf = (day: string): string => `${day.slice(0, 6)}/${Math.floor((Number(day.slice(6)) - 1) / 8)}`

/** The daily copies that stay: the newest three, then one of each of seven days and of four weeks before. `daily`: newest first. */
function dailyKept(daily: readonly KeptCopy[]): ReadonlySet<KeptCopy> {
  const kept = new Set(daily.slice(0, keptAlways))
  const days = new Set<string>()
  const weeks = new Set<string>()
  for (const copy of daily) {
    if (days.has(copy.day)) continue
    if (days.size < daysKept) {
      days.add(copy.day)
      kept.add(copy)
    } else if (!weeks.has(weekOf(copy.day)) && weeks.size < weeksKept) {
      weeks.add(weekOf(copy.day))
      kept.add(copy)
    }
  }
  return kept
}

/**
 * Which copies of a reason are too many: all but the newest three, of daily ones all but those of seven days and four weeks.
 *
 * `all` newest first. With `few`, where the disk has little room, three daily ones stay like the others.
 */
export function surplusCopies(all: readonly KeptCopy[], reason: CopyReason, few: boolean): readonly KeptCopy[] {
  const of = all.filter((c) => c.reason === reason)
  if (reason !== 'daily' || few) return of.slice(keptAlways)
  const kept = dailyKept(of)
  return of.filter((c) => !kept.has(c))
}

/** The keyrings beside the copies, with their folder. */
export function copyKeyrings(files: Files): string[] {
  return files
    .list(folder)
    .filter((f) => f.endsWith(keyringEnd))
    .map((f) => `${folder}/${f}`)
}

/** Takes a copy away, its database first. Never throws: what stays takes some space. */
export function removeCopy(files: Files, id: string): void {
  const { database, keyring, vault, log } = copyFiles(id)
  for (const name of [database, keyring, vault, log]) tidily(() => files.remove(name))
}

/** Removes what lies beside copies that a killed process never finished or was taking away. Only while no other process has the folder. */
export function removeHalfCopies(files: Files): void {
  const names = files.list(folder)
  for (const f of names)
    for (const end of ends)
      if (f.endsWith(end) && !names.includes(`${f.slice(0, -end.length)}.db`)) tidily(() => files.remove(`${folder}/${f}`))
}

/** Tidying up must not fail what was done. */
export function tidily(work: () => void): void {
  try {
    work()
  } catch {
    // it stays, and takes some space
  }
}
