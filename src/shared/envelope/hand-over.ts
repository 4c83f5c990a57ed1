import { z } from 'zod'
import { Day, FileToken, Id, Instant, Nothing, shortText } from '../procedure.ts'
import { Password } from '../security/contract.ts'
import { Done, secretCall, Shown } from './contract.ts'
import { consentMethods, envelopeTextMax } from './envelope.ts'

/** From focal point to focal point (H18). All throw private-closed; all that change something throw private-full, disk-full. */
export const handOverContract = {
  /** The six words of the user's own address. */
  'envelope.address': secretCall(Nothing, z.strictObject({ words: z.array(z.string()) })),
  'envelope.saveAddress': secretCall(z.strictObject({ file: FileToken }), Done),
  /** Throws private-not-an-address, file-unreadable. */
  'envelope.readAddress': secretCall(
    z.strictObject({ file: FileToken }),
    z.strictObject({ previewId: Id, words: z.array(z.string()) }),
  ),
  /** Once the words were compared by voice. `label` is for the user alone. */
  'envelope.keepAddress': secretCall(
    z.strictObject({ previewId: Id, label: shortText(envelopeTextMax).refine((l) => l !== '') }),
    Done,
  ),
  'envelope.addresses': secretCall(
    Nothing,
    z.strictObject({
      rows: z.array(z.strictObject({ id: Id, label: z.string(), on: Day, words: z.array(z.string()) })),
    }),
  ),
  'envelope.dropAddress': secretCall(z.strictObject({ id: Id }), Done),
  /** Writes an envelope for one address; the person agrees to this very hand-over. */
  'envelope.handOver': secretCall(
    z.strictObject({
      id: Id,
      addressId: Id,
      personAgrees: z.literal('yes'),
      method: z.enum(consentMethods),
      file: FileToken,
    }),
    Done,
  ),
  'envelope.handed': secretCall(
    z.strictObject({ id: Id }),
    z.strictObject({
      rows: z.array(z.strictObject({ label: z.string(), at: Instant, method: z.enum(consentMethods) })),
    }),
  ),
  /** Opens a file that came, and changes nothing. Throws wrong-password, private-file-not-for-you, private-file-damaged, sync-unknown-sender. */
  'envelope.readFile': secretCall(
    z.strictObject({ file: FileToken, password: Password }),
    z.strictObject({
      previewId: Id,
      site: z.string(),
      at: Instant,
      code: z.string(),
      opened: Day,
      consents: z.number().int(),
      /** The same talk is held here already. */
      isHere: z.boolean(),
    }),
  ),
  /** Throws private-already-here. */
  'envelope.takeFile': secretCall(z.strictObject({ previewId: Id }), Shown),
} as const
