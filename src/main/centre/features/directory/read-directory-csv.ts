import { parse } from 'csv-parse'
import { isPartialDate } from '#shared/forms/partial-date.ts'
import { cleanText } from '#shared/procedure.ts'
import type { Gazetteer } from '#shared/reference/gazetteer.ts'
import type { CsvPreview } from '#shared/directory/contract.ts'
import { Refusal } from '#shared/result.ts'
import type { Job } from '../../feature.ts'

export const csvBytesMax = 200_000_000
export const csvRowsMax = 200_000
const cellCharactersMax = 500

export const csvColumns = [
  'id',
  'uuid',
  'name_fr',
  'name_en',
  'provider_type',
  'sector_codes',
  'service_type_codes',
  'arrondissement_pcode',
  'locality',
  'phone',
  'email',
  'target_groups',
  'languages',
  'opening_hours',
  'capacity',
  'capacity_unit',
  'cost',
  'accessibility',
  'sensitive_service',
  'hide_location',
  'last_verified',
  'is_sample',
] as const
type Column = (typeof csvColumns)[number]
const needed: readonly Column[] = ['name_fr', 'sector_codes', 'arrondissement_pcode']

/** A row that can be taken. */
export interface DirectoryLine {
  readonly externalId: string
  readonly nameFr: string
  readonly nameEn: string
  readonly providerType: string
  readonly sectors: readonly string[]
  readonly types: readonly string[]
  readonly pcode: string
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
  readonly isSample: boolean
}
export type LineRefused = CsvPreview['refused'][number]

export interface CsvSource {
  readonly pieces: AsyncIterable<Uint8Array>
  readonly bytes: number
}

/** Strips what a spreadsheet would run: a cell that begins like a formula is kept as text (phone numbers begin with + and stay). */
export function withoutFormula(cell: string): string {
  return /^[=@\t]/.test(cell) || /^[-+](?![\d\s().]+$)/.test(cell) ? `'${cell}` : cell
}

/** UTF-8 if every byte sequence is, else Windows-1252: decided on the whole file, so that no name is garbled. */
export async function encodingOf(pieces: AsyncIterable<Uint8Array>): Promise<'utf-8' | 'windows-1252'> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of pieces) decoder.decode(piece, { stream: true })
    decoder.decode()
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/**
 * Reads a directory file row by row, in bounded memory.
 *
 * `onLine` gets each row that can be taken, `onRefused` what is wrong with the others. Returns the number of rows.
 * Throws Refusal csv-empty, csv-wrong-columns {missing}, csv-wrong-encoding, csv-too-large, csv-broken, cancelled.
 */
export async function readDirectoryCsv(
  source: CsvSource,
  encoding: 'utf-8' | 'windows-1252',
  reference: { readonly places: Gazetteer; readonly codes: ReadonlySet<string> },
  job: Job,
  onLine: (line: DirectoryLine) => void,
  onRefused: (refused: LineRefused) => void,
): Promise<number> {
  if (source.bytes === 0) throw new Refusal('csv-empty')
  if (source.bytes > csvBytesMax) throw new Refusal('csv-too-large', { megabytes: Math.round(csvBytesMax / 1_000_000) })
  let header: readonly string[] | undefined
  let rows = 0
  let done = 0
  const seen = new Set<string>()
  async function* text(): AsyncGenerator<string> {
    const decoder = new TextDecoder(encoding)
    let first = true
    for await (const piece of source.pieces) {
      done += piece.length
      const part = decoder.decode(piece, { stream: true })
      if (first && part.includes('\u0000')) throw new Refusal('csv-wrong-encoding')
      first = false
      yield part
    }
    yield decoder.decode()
  }
  const parts = text()
  const first = await parts.next()
  const start = first.done === true ? '' : first.value
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(start),
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: 100_000,
  })
  void (async () => {
    try {
      parser.write(start)
      for await (const part of parts) if (!parser.write(part)) await new Promise((resume) => parser.once('drain', resume))
      parser.end()
    } catch (error) {
      parser.destroy(error instanceof Error ? error : new Error('read'))
    }
  })()
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (!header) {
        header = record.map((h) => h.trim().toLowerCase())
        const missing = needed.filter((c) => !header?.includes(c))
        if (missing.length > 0) throw new Refusal('csv-wrong-columns', { missing: missing.join(', ') })
        continue
      }
      rows += 1
      if (rows > csvRowsMax) throw new Refusal('csv-too-large', { rows: csvRowsMax })
      const line = readLine(record, header, info.lines, seen, reference)
      if ('problem' in line) onRefused(line)
      else onLine(line)
      job.progress(done, source.bytes)
      if (rows % 200 === 0) await job.breathe()
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('csv-broken', { line: rows + 2 })
  }
  if (!header || rows === 0) throw new Refusal('csv-empty')
  return rows
}

/** The separator that splits the first line into the most columns we know. */
export function delimiterOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').toLowerCase()
  const known = (delimiter: string) =>
    header.split(delimiter).filter((h) => (csvColumns as readonly string[]).includes(h.replace(/["\ufeff\s]/g, ''))).length
  return [',', ';', '\t'].toSorted((a, b) => known(b) - known(a))[0] ?? ','
}

function readLine(
  record: readonly string[],
  header: readonly string[],
  line: number,
  seen: Set<string>,
  reference: { readonly places: Gazetteer; readonly codes: ReadonlySet<string> },
): DirectoryLine | LineRefused {
  const cell = (column: Column): string => {
    const at = header.indexOf(column)
    return at < 0 ? '' : withoutFormula(cleanText(record[at] ?? ''))
  }
  const many = (column: Column) =>
    cell(column)
      .split(/[;|]/)
      .map((s) => s.trim())
      .filter(Boolean)
  for (const column of csvColumns) if (cell(column).length > cellCharactersMax) return { line, column, problem: 'too-long' }
  for (const column of needed) if (cell(column) === '') return { line, column, problem: 'missing' }
  const place = reference.places.get(cell('arrondissement_pcode'))
  if (place?.level !== 'arrondissement') return { line, column: 'arrondissement_pcode', problem: 'unknown-place' }
  const sectors = many('sector_codes')
  const types = many('service_type_codes')
  if (![...sectors, ...types].every((c) => reference.codes.has(c)))
    return { line, column: 'sector_codes', problem: 'unknown-sector' }
  const verified = cell('last_verified')
  if (verified !== '' && !(verified.length === 10 && isPartialDate(verified)))
    return { line, column: 'last_verified', problem: 'not-a-date' }
  const capacity = cell('capacity')
  if (capacity !== '' && !/^\d{1,7}$/.test(capacity)) return { line, column: 'capacity', problem: 'not-a-number' }
  const externalId = cell('uuid') || cell('id') || `${cell('name_fr')}/${place.pcode}`
  if (seen.has(externalId)) return { line, column: 'id', problem: 'duplicate-id' }
  seen.add(externalId)
  return {
    externalId,
    nameFr: cell('name_fr'),
    nameEn: cell('name_en') || cell('name_fr'),
    providerType: cell('provider_type'),
    sectors,
    types,
    pcode: place.pcode,
    locality: cell('locality'),
    phone: cell('phone'),
    email: cell('email'),
    targetGroups: many('target_groups'),
    languages: many('languages'),
    hours: cell('opening_hours'),
    capacity: capacity === '' ? null : Number(capacity),
    capacityUnit: cell('capacity_unit'),
    cost: cell('cost'),
    accessibility: many('accessibility'),
    sensitive: cell('sensitive_service') === '1',
    hideLocation: cell('hide_location') === '1',
    verifiedOn: verified === '' ? null : verified,
    isSample: cell('is_sample') === '1',
  }
}
