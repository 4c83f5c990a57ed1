import type { ErrorCode } from '#shared/result.ts'
import type { DeviceIdentity } from '#main/centre/crypto/device-identity.ts'
import { ageFile } from '#test/support/age-writer.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import { mailbox, person, renamed } from '../lying-centre.ts'
import { forgedChain, forgedDraft, type ForgedChain, type OutsideCentre } from '../outside-centre.ts'
import { plainFile, rawSection, type PlainChange, type RawSection } from '../plain-file.ts'

/** One file and what becomes of it, in the manner of the CCTV test vectors. */
export interface Vector {
  readonly name: string
  readonly expect: ErrorCode | 'accepted'
  /** What is wrong with it, when its name does not say it. */
  readonly comment?: string
  readonly bytes: Uint8Array
}

/** What vectors are made from: the outside centre that writes, the recipient that reads. */
export interface VectorWorld {
  readonly mora: OutsideCentre
  readonly to: { readonly device: string; readonly age: string }
}

export const identityOf = ({ mora }: VectorWorld): DeviceIdentity => mora.identity

/** The lines of chains as one section. */
export const sectionOf = (chains: readonly ForgedChain[]): RawSection => rawSection(chains.flatMap((c) => c.lines).join('\n'))

/** A person that is held and one change of it: the chain of most vectors. */
export const goodChain = ({ mora }: VectorWorld): ForgedChain => forgedChain(mora, mailbox, [person, renamed])

/** A plaintext around the good chain, with one thing otherwise. */
export function plainOf(
  world: VectorWorld,
  manifest: Readonly<Record<string, unknown>> = {},
  change: PlainChange = {},
  sections?: readonly RawSection[],
): Uint8Array {
  const chain = goodChain(world)
  return plainFile(
    forgedDraft(world.mora, world.to, [chain], manifest),
    sections ?? [sectionOf([chain])],
    identityOf(world),
    change,
  )
}

/** Sealed for the reader alone, the same bytes every time. */
export const sealedFor = (world: VectorWorld, plain: Uint8Array): Uint8Array => ageFile([world.to.age], plain, seededRandom(7))
