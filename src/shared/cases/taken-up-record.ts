import type { CompiledForm } from '../forms/compile-form.ts'
import { isFilledIn, nodeOfPath } from '../forms/filled-form.ts'
import { instanceHere } from '../forms/path-answers.ts'
import { questionOfRow } from '../forms/quick-card.ts'
import { takenUp, type DraftTexts, type TakenUp } from './draft.ts'

/** As `takenUp`, for the questions of a form that are filled in, and the lines of repeats that an imported interview begins. */
export function takenUpRecord(form: CompiledForm, texts: DraftTexts): TakenUp {
  const { answers, unread } = takenUp((path) => {
    const row = nodeOfPath(form, path)?.row
    return row && isFilledIn(row) ? questionOfRow(row) : undefined
  }, texts)
  const lines = Object.entries(texts).filter(
    ([path, text]) => text === instanceHere && path.endsWith(']') && nodeOfPath(form, path)?.kind === 'repeat',
  )
  return { answers: { ...Object.fromEntries(lines), ...answers }, unread }
}
