import type { rightsContract } from '#shared/rights/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import { reachableCase } from '../cases/index.ts'
import { receiversOf } from './receivers.ts'
import { rightsTasks } from './tasks.ts'
import { noteTold, withdrawConsent } from './withdraw.ts'

export { receiversOf } from './receivers.ts'

export const rightsHandlers: Handlers<CentreCalls<typeof rightsContract>> = {
  'rights.tasks': (_nothing, context) => rightsTasks(context),
  'rights.receivers': ({ caseId }, context) => receiversOf(reachableCase('case.read', caseId, context), context),
  'rights.withdraw': (input, context) => withdrawConsent(input, context),
  'rights.told': (input, context) => noteTold(input, context),
}
