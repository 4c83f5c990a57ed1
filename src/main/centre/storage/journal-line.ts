import { entryLine, erasedLine, headerText } from '#shared/sync/entry.ts'

/** An entry as it lies in the journal; without payload it has its commitment. */
export interface JournalLine {
  readonly seq: number
  readonly stamp: string
  readonly actor: string
  readonly kind: string
  readonly row: string
  readonly op: string
  readonly sv: number
  readonly payload: string | null
  readonly commitment: string | null
}

/** The columns of a `JournalLine`. */
export const journalLineColumns = 'seq, stamp, actor, kind, row, op, sv, payload, commitment'

/** The header of its line, as its writer hashed it. */
export function headerOf(l: JournalLine): string {
  return headerText({ q: l.seq, t: l.stamp, a: l.actor, k: l.kind, r: l.row, o: l.op, sv: l.sv })
}

/** Its line (docs/formats/sync-file.md, "Entry line"): with what it holds, or with the commitment of what was erased or withheld. */
export function lineText(l: JournalLine): string {
  return l.payload === null ? erasedLine(headerOf(l), l.commitment ?? '') : entryLine(headerOf(l), l.payload)
}
