import type { erasureContract } from '#shared/erasure/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import { certificates } from './certificates.ts'
import { eraseCase, erasurePreview } from './erase-case.ts'

export { findCertificate } from './certificates.ts'

/** `forgetPrints` drops the print jobs that wait: one may show the person. */
export const erasureHandlers = (forgetPrints: () => void): Handlers<CentreCalls<typeof erasureContract>> => ({
  'erasure.preview': ({ caseId }, context) => erasurePreview(caseId, context),
  'erasure.erase'(input, context) {
    const certificate = eraseCase(input, context)
    forgetPrints()
    return certificate
  },
  'erasure.list': (_input, context) => certificates(context),
})
