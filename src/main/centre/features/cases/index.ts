import type { casesContract } from '#shared/cases/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { today } from '../../desk-day.ts'
import { Refusal } from '#shared/result.ts'
import { caseFile, caseRow } from './case-shown.ts'
import { findCase, listCases } from './cases-repository.ts'
import { createCase, recordInformationSession } from './create-case.ts'
import { keepDraft, openDrafts, shownDraft } from './drafts.ts'
import { removeDraft } from './drafts-repository.ts'
import { saveAnswers } from './save-answers.ts'

export { ageIsEstimated, ageOf, originName, personName, textAnswer } from './case-shown.ts'
export { findCase, type CaseRecord } from './cases-repository.ts'

export const casesHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof casesContract>> => ({
  'cases.create': (input, context) => createCase(input, reference.quickCard, context),
  'cases.recordInformationSession': (input, context) => recordInformationSession(input, context),
  'cases.saveAnswers': (input, context) => saveAnswers(input, reference.quickCard, context),
  'cases.get'({ caseId }, { store, session, ports }) {
    const record = findCase(store, session.site.code, caseId)
    if (!record) throw new Refusal('not-found')
    return caseFile(record, reference.quickCard, today(ports.clock))
  },
  'cases.list'(input, { store, session, ports }) {
    const page = listCases(store, session.site.code, input)
    const day = today(ports.clock)
    return { rows: page.rows.map((r) => caseRow(r, reference.quickCard, day)), next: page.next, total: page.total }
  },
  'cases.keepDraft': (input, context) => keepDraft(input, reference.quickCard, context),
  'cases.draft': (key, context) => shownDraft(key, context),
  'cases.drafts': (_nothing, context) => ({ rows: openDrafts(context) }),
  'cases.dropDraft'(key, { store, session }) {
    store.write((unit) => {
      removeDraft(unit, session.userId, key)
      unit.audit({ action: 'cases.dropDraft', object: key.subject })
    })
    return {}
  },
})
