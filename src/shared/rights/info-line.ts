import { z } from 'zod'

/** One answer in plain words: the question as it was asked, and the answer; empty when the person left it open. */
export const InfoLine = z.strictObject({
  section: z.string(),
  label: z.string(),
  value: z.string(),
  open: z.enum(['unknown', 'refused']).nullable(),
})
export type InfoLine = z.infer<typeof InfoLine>
