import type { submissionsContract } from '#shared/submissions/contract.ts'
import { allowsIdentity } from '#shared/cases/consent.ts'
import { answersIn } from '#shared/cases/draft.ts'
import { instantAt } from '../../desk-day.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { countImported, personName } from '../cases/index.ts'
import { listWaiting } from './submissions-repository.ts'
import { submissionImports } from './take-submissions.ts'

export const submissionsHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof submissionsContract>> => {
  const imports = submissionImports(reference)
  return {
    'submissions.preview': (input, context) => imports.preview(input, context),
    'submissions.take': (input, context) => imports.take(input, context),
    'submissions.waiting'({ limit }, { store, session }) {
      const rows = listWaiting(store, session.userId, limit).map(({ subject, sent_on, at, reception, card }) => ({
        subject,
        name: allowsIdentity(reception) ? personName(card) : '',
        sentOn: sent_on,
        declined: !allowsIdentity(reception),
        answers: answersIn(reception) + answersIn(card),
        takenAt: instantAt(at),
      }))
      return { rows, total: countImported(store, session.userId) }
    },
  }
}
