import type { casesContract } from '#shared/cases/contract.ts'
import { isFoundByParent } from '#shared/people/person-search.ts'
import type { CallContext, CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { today } from '../../desk-day.ts'
import { cardsOf, closingInUse, newestProfile, profileOf } from '../national/index.ts'
import { askForCase, assignCase, counsellors } from './assign-case.ts'
import { mayReach, reachableCase, reachCondition } from './case-access.ts'
import { caseFile, caseRow } from './case-shown.ts'
import { decideClosing, proposeClosing, reopenCase } from './close-case.ts'
import { listCases } from './cases-repository.ts'
import { createCase, recordInformationSession } from './create-case.ts'
import { keepDraft, openDrafts, shownDraft } from './drafts.ts'
import { countImported, endReception, removeDraft } from './drafts-repository.ts'
import { lookAtText } from './look-at-text.ts'
import { formMove, moveForm } from './move-form.ts'
import { saveAnswers } from './save-answers.ts'

export { askerOf, mayReach, openCase, ownCase, reachableCase, reachCondition, standingOf } from './case-access.ts'
export { ageIsEstimated, ageOf, caseRow, closingOf, originName, personName, textAnswer } from './case-shown.ts'
export { timeEnded } from './close-case.ts'
export { casesOfSound, figureNumber, figuresKept, findCase, findCaseAt, taskCases, type CaseRecord } from './cases-repository.ts'
export { answerRegisters } from './create-case.ts'
export { countImported, putDraft, removeDraft, settleDraft } from './drafts-repository.ts'
export { warningsOf } from './look-at-text.ts'
export { cleanedAnswers } from './save-answers.ts'

export const casesHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof casesContract>> => {
  const shown = (caseId: string, context: CallContext) => {
    const record = reachableCase('case.read', caseId, context)
    const form = profileOf(context.store, reference, record.form_version)
    const file = caseFile(record, form, today(context.ports.clock))
    return { ...file, editable: file.editable && mayReach('case.edit', record, context) }
  }
  return {
    'cases.create': (input, context) => createCase(input, newestProfile(context.store, reference).quickCard, context),
    'cases.recordInformationSession': (input, context) => recordInformationSession(input, context),
    'cases.saveAnswers': (input, context) => saveAnswers(input, reference, context),
    'cases.lookAtText': ({ caseId, written }, { store }) => ({ findings: lookAtText(store, written, caseId) }),
    'cases.get': ({ caseId }, context) => shown(caseId, context),
    'cases.proposeClosing'(input, context) {
      proposeClosing(input, closingInUse(context.store, reference), context)
      return shown(input.caseId, context)
    },
    'cases.decideClosing'(input, context) {
      decideClosing(input, closingInUse(context.store, reference), context)
      return shown(input.caseId, context)
    },
    'cases.reopen'(input, context) {
      reopenCase(input, context)
      return shown(input.caseId, context)
    },
    'cases.formMove': ({ caseId }, context) => formMove(caseId, reference, context),
    'cases.moveForm'(input, context) {
      moveForm(input, reference, context)
      return shown(input.caseId, context)
    },
    'cases.list'(input, context) {
      const { store, session, ports } = context
      const page = listCases(store, session.site.code, {
        ...input,
        mine: reachCondition('case.edit', context),
        readable: reachCondition('case.confidential', context),
      })
      const day = today(ports.clock)
      const cardOf = cardsOf(store, reference)
      const rows = page.rows.map((r) => ({
        ...caseRow(r, cardOf(r.form_version), day),
        opens: mayReach('case.read', r, context),
        byParent: isFoundByParent(input.text, r.answers, r.number),
      }))
      return { rows, next: page.next, total: page.total }
    },
    'cases.counsellors': (_nothing, { store }) => counsellors(store),
    'cases.assign'({ caseId, userId }, context) {
      assignCase(caseId, userId, context)
      return {}
    },
    'cases.askFor'({ caseId }, context) {
      askForCase(caseId, context)
      return {}
    },
    'cases.keepDraft': (input, context) => keepDraft(input, reference, context),
    'cases.draft': (key, context) => shownDraft(key, context),
    'cases.drafts': (_nothing, context) => ({
      rows: openDrafts(context),
      imported: countImported(context.store, context.session.userId),
    }),
    'cases.dropDraft'(key, { store, session }) {
      store.write((unit) => {
        if (key.form === 'new-case') endReception(unit, session.userId, key.subject)
        else removeDraft(unit, session.userId, key)
        unit.audit({ action: 'cases.dropDraft', object: key.subject })
      })
      return {}
    },
  }
}
