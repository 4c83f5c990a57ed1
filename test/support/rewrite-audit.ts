import { appendAudit } from '#main/centre/storage/audit-chain.ts'
import type { RawDatabase } from '#main/centre/storage/open-database.ts'

/** Writes an event of the past anew and recomputes the chain after it, as somebody who holds the database key could; the anchor too. */
export function rewriteAudit(db: RawDatabase, seq: number, change: (line: string) => string): void {
  const lines = db.prepare<[number], { line: string }>('SELECT line FROM audit WHERE seq >= ? ORDER BY seq').all(seq)
  db.transaction(() => {
    db.prepare('DELETE FROM audit WHERE seq >= ?').run(seq)
    db.prepare(
      `UPDATE setting SET value = (SELECT seq || ' ' || audit_seal(seq, hash) FROM audit ORDER BY seq DESC LIMIT 1)
       WHERE key = 'audit.head'`,
    ).run()
    for (const [i, { line }] of lines.entries()) appendAudit(db, i === 0 ? change(line) : line)
  })()
}
