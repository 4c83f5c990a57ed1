/** An answer of a case in its row, as an index has it. */
export const answerPath = (question: string) => `json_extract(answers, '$.${question}')`
/** What makes a case one that is owed something whatever the day (cases-repository.ts asks with these very words). */
export const owedCondition = `(${answerPath('consent_withdrawn_date')} IS NOT NULL OR json_array_length(answers, '$.requests_open') > 0
  OR ${answerPath('close_supervisor')} = 'pending' OR (${answerPath('programme_category')} IN ('child', 'born', 'ex_hostage')
  AND coalesce(${answerPath('handover_civil')}, 'no') <> 'yes' AND coalesce(${answerPath('is_minor')}, 'yes') <> 'no' AND status <> 'closed'))`
/** Those that are kept until a day, and those for whom a guardian consented, by that day and by birth. */
export const keptCondition = `${answerPath('retention_until')} IS NOT NULL`
export const guardedCondition = `${answerPath('consent_status')} = 'guardian'`
