import { requestsOf } from '#shared/rights/person-request.ts'
import type { rightsContract } from '#shared/rights/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import { reachableCase } from '../cases/index.ts'
import { keepLonger } from './keep-longer.ts'
import { receiversOf } from './receivers.ts'
import { askRequest, decideRequest, finishRequest, requestsNow } from './requests.ts'
import { rightsTasks } from './tasks.ts'
import { noteTold, withdrawConsent } from './withdraw.ts'

export { receiversOf } from './receivers.ts'
export { endRequest, insertRequest } from './requests.ts'

export const rightsHandlers: Handlers<CentreCalls<typeof rightsContract>> = {
  'rights.tasks': (_nothing, context) => rightsTasks(context),
  'rights.requests': ({ caseId }, context) => ({ rows: requestsOf(reachableCase('case.read', caseId, context).answers) }),
  'rights.ask'(input, context) {
    askRequest(input, context)
    return { rows: requestsNow(input.caseId, context) }
  },
  'rights.decide'(input, context) {
    decideRequest(input, context)
    return { rows: requestsNow(input.caseId, context) }
  },
  'rights.finish'(input, context) {
    finishRequest(input, context)
    return { rows: requestsNow(input.caseId, context) }
  },
  'rights.keepLonger'(input, context) {
    keepLonger(input, context)
    return {}
  },
  'rights.receivers': ({ caseId }, context) => receiversOf(reachableCase('case.read', caseId, context), context),
  'rights.withdraw': (input, context) => withdrawConsent(input, context),
  'rights.told': (input, context) => noteTold(input, context),
}
