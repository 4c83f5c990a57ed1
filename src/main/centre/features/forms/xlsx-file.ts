import { readXlsx, writeXlsx, type CellValue } from 'hucre/xlsx'
import { fault, type FormFault } from '#shared/forms/form-fault.ts'
import { choicesMax, surveyRowsMax, type FormPack } from '#shared/forms/form-pack.ts'
import type { Grid, Sheets } from '#shared/forms/read-sheets.ts'
import { writeSheets } from '#shared/forms/write-sheets.ts'
import { Refusal } from '#shared/result.ts'
import { zipIsWithin } from './zip-limits.ts'

export const xlsxBytesMax = 5 * 1024 * 1024
const limits = { entries: 200, entryBytes: 40 * 1024 * 1024, allBytes: 80 * 1024 * 1024 }
/** The last column that is read. */
const columns = 'CV'

/** Throws file-unreadable for what is no spreadsheet, and too-large before anything of that size is unpacked. */
async function openXlsx(bytes: Uint8Array, options: Parameters<typeof readXlsx>[1]): ReturnType<typeof readXlsx> {
  if (bytes.length > xlsxBytesMax) throw new Refusal('too-large')
  if (!zipIsWithin(bytes, limits)) throw new Refusal('file-unreadable')
  return readXlsx(bytes, options).catch(() => {
    throw new Refusal('file-unreadable')
  })
}

/**
 * The sheets of an .xlsx as text; no formula is worked out, each is a fault. Throws file-unreadable for what is no spreadsheet, and too-large
 * before anything of that size is unpacked.
 */
export async function readXlsxSheets(
  bytes: Uint8Array,
): Promise<{ readonly sheets: Sheets; readonly faults: readonly FormFault[] }> {
  const wanted = ['survey', 'choices', 'settings'] as const
  const rows = Math.max(surveyRowsMax, choicesMax) + 100
  const workbook = await openXlsx(bytes, {
    sheets: (info) => (wanted as readonly string[]).includes(info.name.trim().toLowerCase()),
    range: `A1:${columns}${rows}`,
    maxRows: rows,
  })
  const sheets: Partial<Record<(typeof wanted)[number], Grid>> = {}
  const faults: FormFault[] = []
  for (const sheet of workbook.sheets) {
    const name = wanted.find((w) => w === sheet.name.trim().toLowerCase())
    if (name === undefined) continue
    sheets[name] = sheet.rows.map((row) => row.map(cellText))
    for (const [at, cell] of sheet.cells ?? []) {
      const [row = 0, column = 0] = at.split(',').map(Number)
      if (cell.formula !== undefined) {
        faults.push(fault('cell-formula', { sheet: name, row: row + 1, column: cellText(sheet.rows[0]?.[column] ?? '') }))
      }
    }
  }
  return { sheets, faults }
}

/** Rows of one sheet, its headings among them, and columns that an export may have: a choice of several takes one each. */
const tableRowsMax = 20_001
export const tableColumnsMax = 3000
const tableSheetsMax = 40
/** The column after the last. */
const columnAfter = 'DKK'

/**
 * Every sheet of an .xlsx as text, for exports that other tools wrote. Throws file-unreadable for what is no spreadsheet, and too-large before
 * anything of that size is unpacked or when it has more sheets, rows or columns.
 */
export async function readXlsxTables(
  bytes: Uint8Array,
): Promise<readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[]> {
  const workbook = await openXlsx(bytes, {
    sheets: (_info, index) => index <= tableSheetsMax,
    range: `A1:${columnAfter}${tableRowsMax + 1}`,
    maxRows: tableRowsMax + 1,
  })
  const isTooLarge = workbook.sheets.some(({ rows }) => rows.length > tableRowsMax || (rows[0]?.length ?? 0) > tableColumnsMax)
  if (isTooLarge || workbook.sheets.length > tableSheetsMax) throw new Refusal('too-large')
  return workbook.sheets.map((sheet) => ({ name: sheet.name.trim(), rows: sheet.rows.map((row) => row.map(cellText)) }))
}

/** A pack as an .xlsx that Excel, Kobo and ODK open. Every cell is text: nothing in it can be worked out as a formula. */
export async function writeXlsxForm(pack: FormPack): Promise<Uint8Array> {
  const sheets = writeSheets(pack)
  return writeXlsx({
    sheets: (['survey', 'choices', 'settings'] as const).map((name) => ({
      name,
      rows: sheets[name].map((row) => row.map((cell) => (cell === '' ? null : cell))),
    })),
  })
}

function cellText(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object' && 'toISOString' in value) return value.toISOString().slice(0, 10)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return String(value).replaceAll('\r\n', '\n')
}
