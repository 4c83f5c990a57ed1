import type { auditContract } from '#shared/audit/contract.ts'
import { Refusal } from '#shared/result.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import { auditVerifier } from '../../storage/audit-chain.ts'
import { caseNumbered, usersOf } from './audit-repository.ts'
import { check, takeOut } from './carry-register.ts'
import { listAudit, mayReadOfPeople } from './list-audit.ts'
import { ownPaperVerdict } from './month-report.ts'

export { monthReport } from './month-report.ts'
export { noteSignIn } from './note-sign-in.ts'

export const auditHandlers: Handlers<CentreCalls<typeof auditContract>> = {
  async 'audit.verify'({ job: id, paper }, { store, job: start }) {
    const job = id === undefined ? undefined : start(id)
    const verifier = auditVerifier(store)
    for (;;) {
      const found = verifier.next()
      if (found.done === true) return { ...found.value, paper: paper ? ownPaperVerdict(store, paper, found.value) : null }
      job?.progress(found.value.done, found.value.total)
      await job?.breathe()
    }
  },
  'audit.list': (input, context) => listAudit(input, context),
  'audit.findFile'({ number }, { store, session }) {
    const caseId = mayReadOfPeople(session) ? caseNumbered(store, number) : undefined
    if (caseId === undefined) throw new Refusal('not-found', { field: 'number' })
    return { caseId }
  },
  'audit.takeOut': (input, context) => takeOut(input, context),
  'audit.check': (input, context) => check(input, context),
  'audit.users': (_nothing, { store }) => usersOf(store),
}
