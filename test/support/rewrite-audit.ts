import { appendAudit } from '#main/centre/storage/audit-chain.ts'
import type { RawDatabase } from '#main/centre/storage/open-database.ts'

/** Writes an event of the past anew and recomputes the chain after it, as somebody who holds the database key could. */
export function rewriteAudit(db: RawDatabase, seq: number, change: (line: string) => string): void {
  const lines = db.prepare<[number], { line: string }>('SELECT line FROM audit WHERE seq >= ? ORDER BY seq').all(seq)
  db.transaction(() => {
    db.prepare('DELETE FROM audit WHERE seq >= ?').run(seq)
    for (const [i, { line }] of lines.entries()) appendAudit(db, i === 0 ? change(line) : line)
  })()
}
