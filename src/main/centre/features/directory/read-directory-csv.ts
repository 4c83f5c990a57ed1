import { parse } from 'csv-parse'
import { csvColumns, neededCsvColumns, spareCsvColumns } from '#shared/directory/csv-columns.ts'
import { Refusal } from '#shared/result.ts'
import type { Job } from '../../feature.ts'
import type { CsvEncoding } from './csv-encoding.ts'
import { readLine, type DirectoryLine, type LineReference, type LineRefused } from './read-line.ts'

const csvMegabytesMax = 200
const csvRowsMax = 200_000
const unknownColumnsMax = 30

export interface CsvSource {
  readonly pieces: AsyncIterable<Uint8Array>
  readonly bytes: number
  readonly encoding: CsvEncoding
}

export interface CsvReader {
  /** Each row that can be taken. */
  readonly onLine: (line: DirectoryLine) => void
  /** What is wrong with each of the others. */
  readonly onRefused: (refused: LineRefused) => void
  /** Told before a row is handed on: rows read so far and bytes read so far. */
  readonly onRead?: (rows: number, bytes: number) => void
}

export interface CsvRead {
  readonly rows: number
  /** Headings that we do not know: their columns were passed over. */
  readonly unknownColumns: readonly string[]
}

/**
 * Reads a directory file row by row, in bounded memory, letting other calls in between.
 *
 * Throws Refusal csv-empty, csv-wrong-columns {missing}, csv-too-large {rows, megabytes}, csv-broken {line}, cancelled.
 */
export async function readDirectoryCsv(source: CsvSource, reference: LineReference, job: Job, to: CsvReader): Promise<CsvRead> {
  const tooLarge = () => new Refusal('csv-too-large', { rows: csvRowsMax, megabytes: csvMegabytesMax })
  if (source.bytes === 0) throw new Refusal('csv-empty')
  if (source.bytes > csvMegabytesMax * 1_000_000) throw tooLarge()
  let header: readonly string[] | undefined
  let rows = 0
  let done = 0
  let lineAfter = 1
  const seen = new Set<string>()
  const parts = textOf(source, (bytes) => {
    done += bytes
  })
  const first = await parts.next()
  const start = first.done === true ? '' : first.value
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(start),
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: 100_000,
  })
  const feed = async () => {
    try {
      parser.write(start)
      for await (const part of parts) if (!parser.write(part)) await new Promise((resume) => parser.once('drain', resume))
      parser.end()
    } catch (error) {
      parser.destroy(error instanceof Error ? error : new Error('read'))
    }
  }
  void feed()
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      // the parser tells where a row ends; people look where it begins
      const line = info.lines - record.reduce((n, c) => n + c.split('\n').length - 1, 0)
      lineAfter = info.lines + 1
      if (!header) {
        header = record.map((h) => h.trim().toLowerCase())
        const missing = neededCsvColumns.filter((c) => !header?.includes(c))
        if (missing.length > 0) throw new Refusal('csv-wrong-columns', { missing: missing.join(', ') })
        continue
      }
      if (record.every((c) => c.trim() === '')) continue
      rows += 1
      if (rows > csvRowsMax) throw tooLarge()
      to.onRead?.(rows, done)
      const read = readLine(record, header, line, seen, reference)
      if ('problem' in read) to.onRefused(read)
      else to.onLine(read)
      if (rows % 50 === 0) await job.breathe()
    }
  } catch (error) {
    parser.destroy()
    if (error instanceof Refusal) throw error
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))
      throw new Refusal('csv-broken', { line: lineAfter })
    throw error
  }
  if (!header || rows === 0) throw new Refusal('csv-empty')
  const known: readonly string[] = [...csvColumns, ...spareCsvColumns, '']
  const unknownColumns = header.filter((h) => !known.includes(h)).slice(0, unknownColumnsMax)
  return { rows, unknownColumns: unknownColumns.map((h) => h.slice(0, 60)) }
}

/** The text of a file, piece by piece, each line ended by one newline. */
async function* textOf({ pieces, encoding }: CsvSource, onBytes: (count: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let held = ''
  for await (const piece of pieces) {
    onBytes(piece.length)
    const text = held + decoder.decode(piece, { stream: true })
    // the second half of a line end may come with the next piece
    held = text.endsWith('\r') ? '\r' : ''
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n')
  }
  yield (held + decoder.decode()).replace(/\r\n?/g, '\n')
}

/** The separator that splits the first line into the most columns we know. */
export function delimiterOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').toLowerCase()
  const known = (delimiter: string) =>
    header.split(delimiter).filter((h) => (csvColumns as readonly string[]).includes(h.replace(/["\ufeff\s]/g, ''))).length
  return [',', ';', '\t'].toSorted((a, b) => known(b) - known(a))[0] ?? ','
}
