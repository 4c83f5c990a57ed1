import { z } from 'zod'
import { isCleanText } from '../procedure.ts'
import { AgeRecipient } from './device-card-file.ts'
import { isStampTime } from './stamp.ts'

const Hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
const Device = z.string().regex(/^[a-z2-7]{16}$/)
const Count = z.int().min(0)
const Milliseconds = z.int().refine(isStampTime)
/** Events of the sender's register of actions, newest first: its head, then the heads that earlier files to the same centre named. */
export const registerHeadsMax = 9
const RegisterHeads = z
  .array(z.tuple([z.int().min(1), Hex(32)]))
  .min(1)
  .max(registerHeadsMax)
  .refine((heads) => heads.every(([seq], i) => i === 0 || seq < heads[i - 1]![0]))
export type RegisterHeads = z.infer<typeof RegisterHeads>
/** Beyond any number that files reach. */
const heardMax = 1_000_000_000

const Vector = z.record(z.string().max(60), z.record(Device, Count))
export type Vector = z.infer<typeof Vector>

/** Limits, checked before anything is allocated (docs/formats/sync-file.md, "Limits"). */
export const syncLimits = {
  fileBytesMax: 2 * 1024 * 1024 * 1024,
  ageHeaderBytesMax: 1_048_576,
  stanzasMax: 512,
  manifestBytesMax: 262_144,
  chainsMax: 512,
  sectionsMax: 8,
  rawBytesMax: 4 * 1024 * 1024 * 1024,
  /** Raw bytes that a writer puts into one file before it begins a further part. */
  rawBytesWritten: 256 * 1024 * 1024,
  ratioMax: 200,
  lineBytesMax: 1_048_576,
  /** Entries of one file; what is more goes into a further part. */
  entriesMax: 500_000,
  recordBytesMax: 16_384,
  noteCharactersMax: 500,
  /** Reading a file to its end, for the preview and again for the import. */
  readMillisecondsMax: 30 * 60_000,
} as const

/** Version of the layout; the reader refuses a file whose `min_reader` is higher. */
export const formatVersion = 1

const Stream = z.string().max(60)

/** One chain's part of a file: entries `from`..`to.seq`, after the entry whose hash is `prev`; `head` is signed by the writing device. */
export const ChainPart = z.strictObject({
  stream: Stream,
  writer: Device,
  from: z.int().min(1),
  prev: Hex(32),
  to: z.strictObject({ seq: Count, hash: Hex(32) }),
  head: z.strictObject({ at: Count, sig: Hex(64) }),
})
export type ChainPart = z.infer<typeof ChainPart>

/** What the file says of itself, signed; see the format document for each field. */
export const Manifest = z.object({
  v: z.int().min(1),
  min_reader: z.int().min(1),
  file_id: Hex(16),
  counter: z.int().min(1),
  from: z.strictObject({ device: Device, site: z.string().max(20), writer: Device }),
  /** The recipient that the sender opens files with now; a reader that knows a newer one seals for both until it hears of the newer one. */
  reads: AgeRecipient.optional(),
  /** Reader -> number of the newest file of it that the sender took in; one that was put back numbers its next file above it. */
  heard: z.record(Device, z.int().min(1).max(heardMax)).default({}),
  to: z
    .array(z.strictObject({ device: Device }))
    .min(1)
    .max(64),
  profile: z.enum(['incremental', 'snapshot']),
  /** The streams of which section type 2 holds a snapshot; only and always in a file of that profile. */
  snapshot: z.array(Stream).min(1).max(64).optional(),
  part: z.strictObject({ n: z.int().min(1), more: z.boolean() }),
  created: Milliseconds,
  app: z.string().max(40),
  schema: z.int().min(1),
  /** Writer id -> the exact text of its record. */
  writers: z.record(Device, z.string().max(syncLimits.recordBytesMax)),
  chains: z.array(ChainPart).max(syncLimits.chainsMax),
  /** What the reader must hold for this file to join on. */
  base: Vector,
  /** What the sender holds: its receipt. */
  have: Vector,
  /** Number and first 16 hex digits of the hash of the last entry of each chain that the sender holds: so that two histories are seen. */
  tips: z.record(z.string().max(60), z.record(Device, z.tuple([Count, Hex(8)]))).default({}),
  audit: RegisterHeads,
  /** What the sender misses of its own, after a restore, or could not take in. */
  want: z.array(z.strictObject({ stream: Stream, writer: Device, from: z.int().min(1) })).max(syncLimits.chainsMax),
  /** Kind -> inserted, updated, erased. */
  counts: z.record(z.string().max(40), z.tuple([Count, Count, Count])),
  /** Milliseconds of the oldest and newest change. */
  span: z.tuple([Milliseconds, Milliseconds]).nullable(),
  note: z.string().max(syncLimits.noteCharactersMax).refine(isCleanText),
  sections: z
    .array(
      z.strictObject({
        type: z.union([z.literal(1), z.literal(2)]),
        codec: z.literal(1),
        enc: Count,
        raw: Count,
        lines: Count,
        sha256: Hex(32),
      }),
    )
    .max(syncLimits.sectionsMax),
})
export type Manifest = z.infer<typeof Manifest>

/** Signature block behind the manifest. */
export const SignatureBlock = z.strictObject({ dev: Device, alg: z.literal('ed25519'), sig: Hex(64) })

const padStep = 4096

/**
 * Length after padding: the next multiple of 4096, and for longer files the PADME rule, at most 12 % more.
 *
 * Sizes say little of the content, and a cut file has a length that no whole file can have.
 */
export function paddedLength(length: number): number {
  const stepped = Math.max(padStep, Math.ceil(length / padStep) * padStep)
  const exponent = Math.floor(Math.log2(stepped))
  const lastBits = exponent - (Math.floor(Math.log2(exponent)) + 1)
  const step = Math.max(padStep, 2 ** lastBits)
  return Math.ceil(stepped / step) * step
}

/** True for a length that `paddedLength` can give. */
export function isPaddedLength(length: number): boolean {
  return length > 0 && paddedLength(length) === length
}
