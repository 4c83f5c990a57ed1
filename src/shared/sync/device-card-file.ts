import { z } from 'zod'
import { isCleanText } from '../procedure.ts'

const Hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))

/** The signed part of a device card: public keys and the desk they belong to. */
export const CardBody = z.strictObject({
  v: z.literal(1),
  device: z.string().regex(/^[a-z2-7]{16}$/),
  site: z.strictObject({
    code: z.string().regex(/^[A-Z0-9]{1,20}$/),
    name: z.string().min(1).max(80).refine(isCleanText),
    pcode: z.string().max(20),
    numeric: z.string().max(20),
  }),
  sign: Hex(32),
  age: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/),
})
export type CardBody = z.infer<typeof CardBody>

/** A card file: the body's exact text, so that the signature is over bytes, and the signature by its own key. */
export const CardFile = z.strictObject({ psrl: z.literal('card'), body: z.string().max(2000), sig: Hex(64) })

export const cardBytesMax = 8192
/** Before the body, in what is signed and hashed. */
export const cardTag = 'psrl1/card\n'
