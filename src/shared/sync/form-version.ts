import { z } from 'zod'
import { isStampTime } from './stamp.ts'

/** The kind of journaled row that carries one published version of a form (docs/formats/forms.md, "Publication"). */
export const formVersionKind = 'form_version'

/** What the national key signs of a version: never its file, always the SHA-256 of its canonical text. */
export const FormStatement = z.strictObject({
  v: z.literal(1),
  of: z.literal('form'),
  serial: z.int().min(0),
  form: z.string().max(60),
  version: z.string().max(40),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  since: z.int().refine(isStampTime),
})
export type FormStatement = z.infer<typeof FormStatement>

/** A version as it travels: the statement's exact text, the signature over it, and the packed form. */
export interface SignedForm {
  readonly body: string
  readonly sig: string
  readonly pack: string
}

/** Before the statement, in what is signed and hashed. */
export const formTag = 'psrl1/form\n'

export const formLimits = {
  bodyMax: 1000,
  /** Letters of a packed form: the limit of a value (docs/formats/sync-file.md, "Payload"). */
  packedMax: 262_144,
  /** Bytes of the canonical text, unpacked. */
  textBytesMax: 4_194_304,
} as const
