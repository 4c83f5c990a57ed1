import type { ReadableDb } from './store.ts'

/** Who made a change, as far as this desk knows. */
export interface Author {
  /** Name of a user of this desk; '' for somebody of another centre. */
  readonly name: string
  readonly device: string
}

/** The author of a change by local writer number and sequence number, read from the journal. */
export function authorOf(db: ReadableDb, stream: string, writer: number, seq: number): Author {
  const found = db
    .read<{ actor: string; device: string; name: string | null }>(
      `SELECT j.actor, w.device, u.name FROM journal j JOIN chain c ON c.number = j.chain JOIN writer w ON w.number = c.writer
       LEFT JOIN app_user u ON u.id = j.actor WHERE c.stream = ? AND c.writer = ? AND j.seq = ?`,
    )
    .get(stream, writer, seq)
  return { name: found?.name ?? '', device: found?.device ?? '' }
}
