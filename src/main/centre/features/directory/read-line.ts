import type { CsvPreview } from '#shared/directory/contract.ts'
import { csvColumns, neededCsvColumns, type CsvColumn } from '#shared/directory/csv-columns.ts'
import { isPartialDate, readTypedDate } from '#shared/forms/partial-date.ts'
import { cleanText } from '#shared/procedure.ts'
import type { Gazetteer } from '#shared/reference/gazetteer.ts'
import { directoryKey } from './directory-row-id.ts'

const cellCharactersMax = 500

/** A row that can be taken. */
export interface DirectoryLine {
  /** What makes it the same service everywhere; see directoryKey. */
  readonly key: string
  /** The key that the line had before it had a uuid. */
  readonly keyByName: string
  /** The list's own identifier, kept as it came. */
  readonly externalId: string
  readonly nameFr: string
  readonly nameEn: string
  readonly providerType: string
  readonly sectors: readonly string[]
  readonly types: readonly string[]
  /** Null when the location is hidden: then it is kept nowhere. */
  readonly pcode: string | null
  readonly locality: string
  readonly phone: string
  readonly email: string
  readonly targetGroups: readonly string[]
  readonly languages: readonly string[]
  readonly hours: string
  readonly capacity: number | null
  readonly capacityUnit: string
  readonly cost: string
  readonly accessibility: readonly string[]
  readonly sensitive: boolean
  readonly hideLocation: boolean
  readonly verifiedOn: string | null
  /** Null when the file does not say. */
  readonly status: 'active' | 'inactive' | 'to-verify' | null
  readonly isSample: boolean
}
export type LineRefused = CsvPreview['refused'][number]

/** What a line is read against. */
export interface LineReference {
  readonly places: Gazetteer
  readonly codes: ReadonlySet<string>
  /** Types of service that only a focal point offers (H16). */
  readonly confidential: ReadonlySet<string>
  /** Today, YYYY-MM-DD: nothing was verified after it. */
  readonly day: string
}

/** Strips what a spreadsheet would run: a cell that begins like a formula is kept as text (phone numbers begin with + and stay). */
function withoutFormula(cell: string): string {
  return /^[=@]/.test(cell) || /^[-+](?![\d\s().]+$)/.test(cell) ? `'${cell}` : cell
}

/** A day as files write it: YYYY-MM-DD, or dd/mm/yyyy as a French spreadsheet saves it. Undefined if there is no such day. */
function dayOf(cell: string): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(cell)) return isPartialDate(cell) ? cell : undefined
  const typed = readTypedDate(cell, false)
  return typed.ok ? typed.date : undefined
}

const statuses = ['active', 'inactive', 'to-verify'] as const

/** Reads the cells of one line; `seen` holds what earlier lines of the file were. */
export function readLine(
  record: readonly string[],
  header: readonly string[],
  line: number,
  seen: Set<string>,
  { places, codes, confidential, day }: LineReference,
): DirectoryLine | LineRefused {
  const cells = new Map<string, string>()
  for (const [at, column] of header.entries())
    if (!cells.has(column)) cells.set(column, withoutFormula(cleanText(record[at] ?? '')))
  const cell = (column: CsvColumn): string => cells.get(column) ?? ''
  const many = (column: CsvColumn) => [
    ...new Set(
      cell(column)
        .split(/[;|]/)
        .map((s) => s.trim())
        .filter(Boolean),
    ),
  ]
  const refused = (column: CsvColumn, problem: LineRefused['problem']): LineRefused => ({ line, column, problem })
  for (const column of csvColumns) if (cell(column).length > cellCharactersMax) return refused(column, 'too-long')
  for (const column of neededCsvColumns) if (cell(column) === '') return refused(column, 'missing')
  const place = places.get(cell('arrondissement_pcode').toUpperCase())
  if (place?.level !== 'arrondissement') return refused('arrondissement_pcode', 'unknown-place')
  const sectors = many('sector_codes')
  const types = many('service_type_codes')
  if (!sectors.every((c) => codes.has(c) && !c.includes('.'))) return refused('sector_codes', 'unknown-sector')
  if (!types.every((c) => codes.has(c) && c.includes('.'))) return refused('service_type_codes', 'unknown-sector')
  const verified = cell('last_verified')
  const verifiedOn = verified === '' ? null : dayOf(verified)
  if (verifiedOn === undefined) return refused('last_verified', 'not-a-date')
  if (verifiedOn !== null && verifiedOn > day) return refused('last_verified', 'date-in-future')
  const capacity = cell('capacity')
  if (capacity !== '' && !/^\d{1,7}$/.test(capacity)) return refused('capacity', 'not-a-number')
  const written = cell('status').toLowerCase()
  const status = written === '' ? null : statuses.find((s) => s === written.replace('_', '-'))
  if (status === undefined) return refused('status', 'unknown-status')
  const uuid = cell('uuid')
  if (uuid !== '' && !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(uuid)) return refused('uuid', 'not-a-uuid')
  const id = cell('id')
  const nameFr = cell('name_fr')
  const hideLocation = isYes(cell('hide_location'))
  // a key made of the place would tell the place
  if (hideLocation && uuid === '') return refused('uuid', 'needs-uuid')
  const key = directoryKey({ uuid, nameFr, pcode: place.pcode })
  if (id !== '' && seen.has(`id/${id}`)) return refused('id', 'duplicate')
  if (seen.has(key)) return refused(uuid === '' ? 'name_fr' : 'uuid', 'duplicate')
  seen.add(key)
  if (id !== '') seen.add(`id/${id}`)
  return {
    key,
    keyByName: directoryKey({ uuid: '', nameFr, pcode: place.pcode }),
    externalId: uuid || id,
    nameFr,
    nameEn: cell('name_en') || nameFr,
    providerType: cell('provider_type'),
    sectors,
    types,
    pcode: hideLocation ? null : place.pcode,
    locality: hideLocation ? '' : cell('locality'),
    phone: cell('phone'),
    email: cell('email'),
    targetGroups: many('target_groups'),
    languages: many('languages'),
    hours: cell('opening_hours'),
    capacity: capacity === '' ? null : Number(capacity),
    capacityUnit: cell('capacity_unit'),
    cost: cell('cost'),
    accessibility: many('accessibility'),
    // a list may forget the mark; what its service type or public says counts as well (H16)
    sensitive:
      isYes(cell('sensitive_service')) || types.some((t) => confidential.has(t)) || many('target_groups').includes('survivors'),
    hideLocation,
    verifiedOn,
    status,
    isSample: isYes(cell('is_sample')),
  }
}

/** `1`, or the word as people write it. */
function isYes(cell: string): boolean {
  return /^(?:1|oui|yes|x|true|vrai)$/i.test(cell)
}
