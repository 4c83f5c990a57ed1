import { parse } from 'csv-parse/sync'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { Refusal } from '#shared/result.ts'
import { submissionsMax } from '#shared/submissions/contract.ts'
import { readHeading } from '#shared/submissions/heading.ts'
import { tableColumnsMax } from '../forms/index.ts'

const separators = [',', ';', '\t']

/** The rows of a CSV text, its headings first. Throws csv-broken {line}, too-large, submissions-too-many {count}. */
export function readCsv(form: CompiledForm, text: string): readonly (readonly string[])[] {
  const options = { bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 1_000_000 }
  const read = (delimiter: string, to?: number) => {
    try {
      return parse(text, { ...options, delimiter, ...(to === undefined ? {} : { to }) })
    } catch (error) {
      const lines = error instanceof Error && 'lines' in error ? Number(error.lines) : 1
      throw new Refusal('csv-broken', { line: lines })
    }
  }
  const known = (delimiter: string) =>
    (read(delimiter, 1)[0] ?? []).filter((heading) => readHeading(form, heading).kind === 'question').length
  const delimiter = separators.toSorted((a, b) => known(b) - known(a))[0] ?? ','
  const rows = read(delimiter, submissionsMax + 2)
  if (rows.length > submissionsMax + 1) throw new Refusal('submissions-too-many', { count: submissionsMax })
  if ((rows[0]?.length ?? 0) > tableColumnsMax) throw new Refusal('too-large')
  return rows
}
