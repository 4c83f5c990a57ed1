import { z } from 'zod'
import { Nothing, procedure } from '../procedure.ts'

export const auditContract = {
  /** Recomputes the whole chain. `brokenAt` is the first sequence number that does not fit. */
  'audit.verify': procedure({
    input: Nothing,
    output: z.strictObject({ events: z.number().int(), brokenAt: z.number().int().nullable() }),
    permission: 'sync.read',
  }),
} as const
