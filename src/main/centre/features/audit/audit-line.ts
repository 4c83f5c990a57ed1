import { z } from 'zod'
import { FailureDetails } from '#shared/result.ts'
import { storedJson } from '../../storage/stored-json.ts'

const Line = z.object({
  at: z.number(),
  user: z.string(),
  roles: z.array(z.string()),
  action: z.string(),
  object: z.string().optional(),
  details: FailureDetails.optional(),
})

/** What the register holds of an event. */
export const readLine = (line: string): z.infer<typeof Line> => Line.parse(storedJson(line))
