import { z } from 'zod'
import { isCleanText } from '../procedure.ts'

const Hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
export const DeviceId = z.string().regex(/^[a-z2-7]{16}$/)
/** Ed25519 public key, or any 32 bytes. */
export const PublicKey = Hex(32)
export const Signature = Hex(64)
export const AgeRecipient = z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/)
export const CardSite = z.strictObject({
  code: z.string().regex(/^[A-Z0-9]{1,20}$/),
  name: z.string().min(1).max(80).refine(isCleanText),
  pcode: z.string().max(20),
  numeric: z.string().max(20),
})

/** The signed part of a device card: public keys and the desk they belong to. */
export const CardBody = z.strictObject({
  v: z.literal(1),
  device: DeviceId,
  site: CardSite,
  sign: PublicKey,
  age: AgeRecipient,
  /** Which of the device's recipients: left out for its first, else the number of its announcement; the highest counts. */
  renewed: z.int().min(1).optional(),
})
export type CardBody = z.infer<typeof CardBody>

/** A card file: the body's exact text, so that the signature is over bytes, and the signature by its own key. */
export const CardFile = z.strictObject({ psrl: z.literal('card'), body: z.string().max(2000), sig: Signature })

export const cardBytesMax = 8192
/** Before the body, in what is signed and hashed. */
export const cardTag = 'psrl1/card\n'
