import type { casesContract } from '#shared/cases/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { today } from '../../desk-day.ts'
import { Refusal } from '#shared/result.ts'
import { caseFile, caseRow } from './case-shown.ts'
import { findCase, listCases } from './cases-repository.ts'
import { createCase, recordInformationSession } from './create-case.ts'
import { saveAnswers } from './save-answers.ts'

export { ageIsEstimated, ageOf, originName, personName, textAnswer } from './case-shown.ts'
export { findCase, type CaseRecord } from './cases-repository.ts'

export const casesHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof casesContract>> => ({
  'cases.create': ({ consent }, context) => createCase(consent, reference.quickCard, context),
  'cases.recordInformationSession': (input, context) => recordInformationSession(input, context),
  'cases.saveAnswers': ({ caseId, answers }, context) => saveAnswers(caseId, answers, reference.quickCard, context),
  'cases.get'({ caseId }, { store, session, ports }) {
    const record = findCase(store, session.site.code, caseId)
    if (!record) throw new Refusal('not-found')
    return caseFile(record, reference.quickCard, today(ports.clock))
  },
  'cases.list'({ text, after, limit }, { store, session, ports }) {
    const page = listCases(store, session.site.code, text, after, limit)
    const day = today(ports.clock)
    return { rows: page.rows.map((r) => caseRow(r, reference.quickCard, day)), next: page.next, total: page.total }
  },
})
