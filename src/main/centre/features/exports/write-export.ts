import { writeXlsx } from 'hucre/xlsx'
import { csvLine, formulaSafe, shownCount } from '#shared/exports/export-columns.ts'
import { sheetRowsMax } from '#shared/exports/contract.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { Refusal } from '#shared/result.ts'
import type { CallContext, CallOutput, CallReceived } from '../../feature.ts'
import { onePiece } from '../../crypto/one-piece.ts'
import { refuseInTraining } from '../sync/index.ts'
import { dataLines, dictionaryLines, gatherRows, shuffled, type Line } from './export-rows.ts'
import { requireAllowed } from './requests.ts'

/** A table as a spreadsheet in an office of any language reads it: UTF-8 with its mark. */
async function* csvPieces(lines: Iterable<Line>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = '\ufeff'
  for (const line of lines) {
    text += csvLine(line)
    if (text.length < 65_536) continue
    yield encoder.encode(text)
    text = ''
  }
  yield encoder.encode(text)
}

/** Texts stay texts: nothing in the sheet can be worked out as a formula. */
const sheet = (name: string, lines: Iterable<Line>) => ({
  name,
  rows: Array.from(lines, (line) => line.map((cell) => (typeof cell === 'string' ? formulaSafe(cell) || null : cell))),
})

/** Writes what was allowed; see exports.write. */
export async function writeExport(
  { id, file, kind, job: jobId }: CallReceived<'exports.write'>,
  pack: FormPack,
  context: CallContext,
): Promise<CallOutput<'exports.write'>> {
  refuseInTraining(context)
  requireAllowed(id, context)
  const { ports, store } = context
  const job = context.job(jobId)
  let rows = 0
  if (kind === 'dictionary') await ports.files.writeChosen(file, csvPieces(dictionaryLines(pack)))
  else {
    const gathered = await gatherRows(pack, context, job)
    rows = gathered.rows.length
    if (kind === 'xlsx' && rows > sheetRowsMax) throw new Refusal('too-large', { max: sheetRowsMax })
    const data = dataLines(gathered.columns, shuffled(gathered.rows, context))
    await ports.files.writeChosen(
      file,
      kind === 'csv'
        ? csvPieces(data)
        : onePiece(await writeXlsx({ sheets: [sheet('data', data), sheet('dictionary', dictionaryLines(pack))] })),
    )
  }
  store.write((unit) => {
    unit.local(`UPDATE data_export SET state = 'written' WHERE id = ?`, id)
    unit.audit({ action: 'exports.write', object: id, details: { kind, rows } })
  })
  return { fileName: ports.files.chosenName(file), rows: shownCount(rows) }
}
