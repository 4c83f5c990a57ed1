import { describe, expect, it } from 'vitest'
import { auditStatement, type AuditSearch } from '#main/centre/features/audit/audit-repository.ts'
import { caseListStatement, taskStatement } from '#main/centre/features/cases/cases-repository.ts'
import { migrationHash, shippedMigrations } from '#main/centre/storage/migrate.ts'
import { repositoryShipped } from '#test/support/fake-ports.ts'
import { tempStore } from '#test/support/temp-store.ts'

/** Hashes of migrations that reached a desk; a line is added with each release and never changed. */
const released: Readonly<Record<string, string>> = {
  '20261124120000_first': '8faab9fd689ddea470f0d6d1e6c366516b0069524275232f78de02a66f45b5a0',
  '20261124120001_search': 'd27584e061984d5b5ab6ed3341ff7367ae596d358dabcd2de79f7ead3194aaab',
}

describe('migrations', () => {
  it('released ones are as they were, in order', () => {
    const shipped = shippedMigrations(repositoryShipped)
    expect(Object.fromEntries(shipped.slice(0, Object.keys(released).length).map((m) => [m.name, migrationHash(m)]))).toEqual(released)
    const names = shipped.map((m) => m.name)
    expect(names).toEqual(names.toSorted())
  })

  it('every table is strict, and no foreign key is broken', () => {
    const { db } = tempStore()
    const tables = db.prepare<[], { name: string; strict: number; type: string }>('PRAGMA table_list').all()
    const loose = tables.filter((t) => t.type === 'table' && t.strict === 0 && !t.name.startsWith('sqlite_'))
    expect(loose).toEqual([])
    expect(db.pragma('foreign_key_check')).toEqual([])
  })

  it('lists and look-ups use their indexes', () => {
    const { db } = tempStore()
    const plan = (sql: string) => (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map((r) => r.detail).join('; ')
    expect(plan("SELECT * FROM case_record WHERE id = 'x'")).toContain('USING INDEX case_record_id')
    const everybody = { sql: '1', bound: [] }
    const list = (text: string) => {
      const search = { text, after: '9/9', limit: 50, show: 'all', mine: everybody, readable: everybody } as const
      const { sql, bound } = caseListStatement('MOR', search)!
      return (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bound) as { detail: string }[]).map((r) => r.detail)
    }
    expect(list('').filter((step) => step.includes('updated_at'))).toEqual([
      'SEARCH c USING INDEX case_record_updated (updated_at<?)',
    ])
    // who is found is sought once, and no card is opened for it
    const sought = list('ngono aissatou')
    expect(sought.filter((step) => step.includes('VIRTUAL TABLE'))).toHaveLength(1)
    expect(sought.filter((step) => /\bc\b/.test(step))).toEqual([
      'SEARCH c USING INDEX case_record_found (n=?)',
      'SEARCH c USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    ])
    expect(plan("SELECT * FROM referral WHERE code = 'x'")).toContain('referral_code')
    expect(plan("SELECT * FROM referral WHERE case_id = 'x'")).toContain('referral_case')
    expect(plan("SELECT * FROM service WHERE external_id = 'x'")).toContain('service_external')
    expect(plan('SELECT hash FROM journal WHERE chain = 1 AND seq = 2')).toContain('PRIMARY KEY')
    expect(plan("SELECT payload FROM journal WHERE row = 'x' AND kind = 'case'")).toContain('journal_row')
    expect(plan("SELECT * FROM chain WHERE stream = 'a' AND writer = 1")).toContain('chain_stream_writer')
    const owed = (db.prepare(`EXPLAIN QUERY PLAN ${taskStatement}`).all('2026-11-24', '2008-11-24') as { detail: string }[]).map((r) => r.detail)
    for (const index of ['owed', 'kept', 'guarded']) expect(owed.some((step) => step.includes(`case_record_${index}`))).toBe(true)
    // nothing but the three indexes is walked through
    expect(owed.filter((step) => step.startsWith('SCAN') && !step.includes('INDEX case_record_owed'))).toEqual([])
    const audit = (search: Partial<AuditSearch>) => {
      const { sql, bound } = auditStatement({ before: 50_000, limit: 51, ...search })
      return (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bound) as { detail: string }[]).map((r) => r.detail).join('; ')
    }
    expect(audit({})).toBe('SEARCH audit USING INTEGER PRIMARY KEY (rowid<?)')
    expect(audit({ user: 'u01' })).toBe('SEARCH audit USING COVERING INDEX audit_user (<expr>=? AND rowid<?)')
    expect(audit({ objects: ['a', 'b'] })).toContain('INDEX audit_object')
    expect(audit({ actions: ['login', 'lock'] })).toContain('INDEX audit_action')
    expect(audit({ between: [1, 2] })).toContain('INDEX audit_at')
    expect(plan("SELECT field FROM review WHERE row = 'x' AND kind = 'case'")).toContain('PRIMARY KEY')
  })
})
