import type { CompiledForm } from '../forms/compile-form.ts'
import type { FormNode } from '../forms/form-tree.ts'
import { readHeading, type Heading } from './heading.ts'
import { RawSubmission } from './raw-submission.ts'

/** One sheet of an export, its headings first; a CSV file is one without a name. */
export interface Table {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
}

/** Columns that are not taken, by why; each once, in the order of the file. */
export interface ColumnsLeft {
  /** No question of the form has this name. */
  readonly unknown: readonly string[]
  /** The desk works it out or fills it by itself. */
  readonly desk: readonly string[]
  /** Kobo and ODK wrote it for themselves. */
  readonly tool: readonly string[]
}

/** A row of a repeat that belongs to no interview of its file. */
export interface LostRow {
  readonly sheet: string
  readonly row: number
}

export interface TablesRead {
  readonly submissions: readonly RawSubmission[]
  readonly lost: readonly LostRow[]
}

/** Gathers the columns that are not taken. */
export class LeftColumns {
  readonly #found = { unknown: new Set<string>(), desk: new Set<string>(), tool: new Set<string>() }
  note(kind: 'unknown' | 'desk' | 'tool', column: string): void {
    this.#found[kind].add(column)
  }
  all(): ColumnsLeft {
    const { unknown, desk, tool } = this.#found
    return { unknown: [...unknown], desk: [...desk], tool: [...tool] }
  }
}

interface Column {
  readonly at: number
  readonly name: string
  readonly heading: Heading
}
interface Sheet {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
  /** Innermost repeats of its questions, none for the interviews themselves. */
  readonly repeat: FormNode | undefined
  readonly isOfRepeat: boolean
}
interface Place {
  readonly submission: RawSubmission
  readonly keys: readonly string[]
}

const cell = (row: readonly string[], column: Column | undefined): string => (column ? (row[column.at] ?? '').trim() : '')
const toolColumn = (sheet: Sheet, name: string) =>
  sheet.columns.find(({ heading }) => heading.kind === 'tool' && heading.name === name)

/**
 * Reads an export of Kobo or ODK: one sheet of interviews, and one for each repeat, joined by `_index` and `_parent_index`.
 *
 * What the file holds is taken as it stands; what it means is draft-of-submission.ts. Never throws.
 */
export function readTables(form: CompiledForm, file: string, tables: readonly Table[], left: LeftColumns): TablesRead {
  const sheets = tables.filter((t) => t.rows.length > 0).map((table) => sheetOf(form, table))
  const main = sheets.find((s) => !s.isOfRepeat && s.columns.some((c) => c.heading.kind === 'question'))
  const places = new Map<string, Place>()
  const submissions: RawSubmission[] = []
  const lost: LostRow[] = []
  for (const sheet of sheets) {
    for (const { name, heading } of sheet.columns) {
      const isTaken = heading.kind === 'question' && (sheet === main || (sheet.isOfRepeat && isOf(heading.node, sheet.repeat)))
      if (!isTaken)
        left.note(heading.kind === 'question' ? 'unknown' : heading.kind, sheet === main ? name : `${sheet.name}: ${name}`)
    }
  }
  if (!main) return { submissions, lost }

  for (const [at, row] of main.rows.entries()) {
    if (row.every((text) => text.trim() === '')) continue
    const submission = new RawSubmission(form, { file, row: at + 2 })
    submissions.push(submission)
    places.set(placeKey(main.name, cell(row, toolColumn(main, '_index')) || String(at + 1)), { submission, keys: [] })
    for (const column of main.columns) {
      const { heading, name } = column
      const text = cell(row, column)
      if (heading.kind === 'tool' && text !== '') submission.noted.set(heading.name, text)
      if (heading.kind !== 'question') continue
      const keys = heading.lines.map((line, i) => submission.keyOf(heading.node.repeats[i] ?? heading.node, line))
      submission.give(heading.node, keys, name, text, heading.code)
    }
  }
  // the sheet of a repeat comes after that of what is around it
  const ordered = sheets.filter((s) => s.isOfRepeat).toSorted((a, b) => depthOf(a) - depthOf(b))
  for (const sheet of ordered) {
    for (const [at, row] of sheet.rows.entries()) {
      if (row.every((text) => text.trim() === '')) continue
      const above = cell(row, toolColumn(sheet, '_parent_table_name'))
      const index = cell(row, toolColumn(sheet, '_parent_index'))
      const parent = places.get(placeKey(above, index)) ?? places.get(placeKey(main.name, index))
      const { repeat } = sheet
      if (!repeat || parent?.keys.length !== repeat.repeats.length - 1) {
        lost.push({ sheet: sheet.name, row: at + 2 })
        continue
      }
      const keys = parent.submission.nextLine(repeat, parent.keys)
      places.set(placeKey(sheet.name, cell(row, toolColumn(sheet, '_index')) || String(at + 1)), { ...parent, keys })
      for (const column of sheet.columns) {
        const { heading, name } = column
        if (heading.kind === 'question' && isOf(heading.node, repeat)) {
          parent.submission.give(heading.node, keys, `${sheet.name}: ${name}`, cell(row, column), heading.code)
        }
      }
    }
  }
  return { submissions, lost }
}

const placeKey = (sheet: string, index: string): string => `${sheet}\n${index.replace(/\.0$/, '')}`
const depthOf = (sheet: Sheet): number => sheet.repeat?.repeats.length ?? 0
const isOf = (node: FormNode, repeat: FormNode | undefined): boolean => repeat !== undefined && node.repeats.at(-1) === repeat

function sheetOf(form: CompiledForm, { name, rows }: Table): Sheet {
  const columns = (rows[0] ?? []).flatMap((text, at): Column[] =>
    text.trim() === '' ? [] : [{ at, name: text.trim(), heading: readHeading(form, text) }],
  )
  const isOfRepeat = columns.some(({ heading }) => heading.kind === 'tool' && heading.name === '_parent_index')
  const nodes = columns.flatMap(({ heading }) => (heading.kind === 'question' ? [heading.node] : []))
  return { name, columns, rows: rows.slice(1), isOfRepeat, repeat: nodes[0]?.repeats.at(-1) }
}
