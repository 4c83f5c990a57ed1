import type { ReadableDb } from '../../storage/store.ts'

/** How many records hold an answer, by question and by code; figures, never whose. */
export interface Uses {
  ofQuestion(question: string): number
  ofChoice(question: string, code: string): number
}

/** Counts the records of this desk that hold answers to these questions of a form, in one reading. The end of a case is answered on the case. */
export function countUses(db: ReadableDb, form: string, questions: ReadonlySet<string>): Uses {
  const records =
    form === 'profile' || form === 'closure'
      ? 'SELECT n, answers FROM case_record WHERE ? IS NOT NULL'
      : 'SELECT n, answers FROM case_form WHERE form = ?'
  const rows = db
    .read<{ question: string; code: string | null; records: number }>(
      `SELECT a.key AS question, c.value AS code, count(DISTINCT r.n) AS records
       FROM (${records}) r, json_each(r.answers) a, json_each(CASE a.type WHEN 'array' THEN a.value ELSE json_array(a.value) END) c
       WHERE a.key IN (SELECT value FROM json_each(?)) AND a.type <> 'null' AND a.value <> '' GROUP BY 1, 2
       UNION ALL
       SELECT a.key, NULL, count(*) FROM (${records}) r, json_each(r.answers) a
       WHERE a.key IN (SELECT value FROM json_each(?)) AND a.type <> 'null' AND a.value NOT IN ('', '[]') GROUP BY 1`,
    )
    .all(form, JSON.stringify([...questions]), form, JSON.stringify([...questions]))
  const ofQuestion = new Map<string, number>()
  const ofChoice = new Map<string, number>()
  for (const { question, code, records } of rows) {
    if (code === null) ofQuestion.set(question, records)
    else ofChoice.set(`${question} ${code}`, records)
  }
  return {
    ofQuestion: (question) => ofQuestion.get(question) ?? 0,
    ofChoice: (question, code) => ofChoice.get(`${question} ${code}`) ?? 0,
  }
}
