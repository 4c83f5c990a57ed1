import { openDatabaseCopy } from './database-dump.ts'
import type { TestCentre } from './open-test-centre.ts'

export interface AuditEventRead {
  readonly action: string
  readonly object?: string
  readonly user: string
  readonly details?: Readonly<Record<string, string | number>>
}

/** Every audit event of a desk, oldest first; call it between two calls. */
export async function auditEvents(desk: Pick<TestCentre, 'folder'>): Promise<AuditEventRead[]> {
  const db = await openDatabaseCopy(desk)
  try {
    return db
      .prepare<[], { line: string }>('SELECT line FROM audit ORDER BY seq')
      .all()
      .map((row) => JSON.parse(row.line) as AuditEventRead)
  } finally {
    db.close()
  }
}
