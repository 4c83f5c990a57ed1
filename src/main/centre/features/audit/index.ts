import type { auditContract } from '#shared/audit/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import { verifyAudit } from '../../storage/audit-chain.ts'

export const auditHandlers: Handlers<CentreCalls<typeof auditContract>> = {
  'audit.verify': (_input, { store }) => verifyAudit(store),
}
