import type { ReadableDb } from '../../storage/store.ts'

/** What of the register is wanted; undefined leaves it out. */
export interface AuditSearch {
  /** Ids of rows of which one is the event's object. */
  readonly objects?: readonly string[] | undefined
  readonly user?: string | undefined
  readonly actions?: readonly string[] | undefined
  /** Milliseconds since 1970: from, and up to but without. */
  readonly between?: readonly [number, number] | undefined
  readonly before: number | null
  readonly limit: number
}

const oneOf = (values: readonly string[]) => values.map(() => '?').join(', ')

/** The statement that finds the numbers of the wanted events, newest first, and what is bound to it. Each part has an index (tables.ts). */
export function auditStatement(s: AuditSearch): { readonly sql: string; readonly bound: readonly (string | number)[] } {
  const conditions: string[] = []
  const bound: (string | number)[] = []
  if (s.objects) {
    conditions.push(`json_extract(line, '$.object') IN (${oneOf(s.objects)})`)
    bound.push(...s.objects)
  }
  if (s.user !== undefined) {
    conditions.push("json_extract(line, '$.user') = ?")
    bound.push(s.user)
  }
  if (s.between) {
    conditions.push("json_extract(line, '$.at') >= ? AND json_extract(line, '$.at') < ?")
    bound.push(...s.between)
  }
  if (s.actions) {
    conditions.push(`json_extract(line, '$.action') IN (${oneOf(s.actions)})`)
    bound.push(...s.actions)
  }
  if (s.before !== null) {
    conditions.push('seq < ?')
    bound.push(s.before)
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  return { sql: `SELECT seq FROM audit ${where} ORDER BY seq DESC LIMIT ?`, bound: [...bound, s.limit] }
}

/** The wanted events, newest first. */
export function findAudit(db: ReadableDb, search: AuditSearch): { readonly seq: number; readonly line: string }[] {
  const { sql, bound } = auditStatement(search)
  const line = db.read<{ line: string }>('SELECT line FROM audit WHERE seq = ?')
  return db
    .read<{ seq: number }>(sql)
    .all(...bound)
    .map(({ seq }) => ({ seq, line: line.get(seq)?.line ?? '{}' }))
}

/** A case, its referrals, its forms and what was decided about it and others: whoever opened one of them looked at the person. */
export function objectsOfCase(db: ReadableDb, caseId: string): string[] {
  const referrals = db.read<{ id: string }>('SELECT id FROM referral WHERE case_id = ?').all(caseId)
  const links = db
    .read<{ id: string }>('SELECT id FROM case_link WHERE case_a = ? UNION SELECT id FROM case_link WHERE case_b = ?')
    .all(caseId, caseId)
  const forms = db.read<{ id: string }>('SELECT id FROM case_form WHERE case_id = ?').all(caseId)
  return [caseId, ...[...referrals, ...links, ...forms].map((row) => row.id)]
}

/** A case by its number, in whatever case it was typed. */
export function caseNumbered(db: ReadableDb, number: string): string | undefined {
  return db.read<{ id: string }>('SELECT id FROM case_record WHERE number = ? ORDER BY n LIMIT 1').get(number.toUpperCase())?.id
}

/** Every event about these rows, newest first. */
export function eventsOf(db: ReadableDb, objects: readonly string[]): IterableIterator<{ readonly line: string }> {
  return db
    .read<{ line: string }>(
      `SELECT line FROM audit WHERE json_extract(line, '$.object') IN (${oneOf(objects)}) ORDER BY seq DESC`,
    )
    .iterate(...objects)
}

/** What an id stands for at this desk, without any name of a person received. */
export function objectShown(
  db: ReadableDb,
  id: string,
):
  | { readonly kind: 'case' | 'case_form' | 'pair' | 'referral' | 'service' | 'user' | 'centre'; readonly label: string }
  | undefined {
  const found = db
    .read<{ kind: 'case' | 'case_form' | 'pair' | 'referral' | 'service' | 'user' | 'centre'; label: string | null }>(
      `WITH wanted (id) AS (SELECT ?)
       SELECT 'case' AS kind, number AS label FROM case_record WHERE id = (SELECT id FROM wanted)
       UNION ALL SELECT 'pair', (SELECT group_concat(number, ', ') FROM case_record WHERE id IN (case_a, case_b))
         FROM case_link WHERE id = (SELECT id FROM wanted)
       UNION ALL SELECT 'referral', coalesce(r.code, c.number) FROM referral r LEFT JOIN case_record c ON c.id = r.case_id WHERE r.id = (SELECT id FROM wanted)
       UNION ALL SELECT 'case_form', c.number FROM case_form f JOIN case_record c ON c.id = f.case_id WHERE f.id = (SELECT id FROM wanted)
       UNION ALL SELECT 'service', name_fr FROM service WHERE id = (SELECT id FROM wanted)
       UNION ALL SELECT 'user', name FROM app_user WHERE id = (SELECT id FROM wanted)
       UNION ALL SELECT 'centre', site_code FROM peer WHERE device = (SELECT id FROM wanted)
       LIMIT 1`,
    )
    .get(id)
  return found && { kind: found.kind, label: found.label ?? '' }
}

/** The users of this desk. */
export function usersOf(db: ReadableDb): { readonly id: string; readonly name: string }[] {
  return db.read<{ id: string; name: string }>('SELECT id, name FROM app_user ORDER BY name').all()
}
