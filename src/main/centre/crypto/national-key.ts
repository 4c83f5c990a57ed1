import { ed25519 } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { combine, split } from 'shamir-secret-sharing'
import { Refusal } from '#shared/result.ts'
import { fingerprintWords } from '#shared/sync/fingerprint-words.ts'
import { readTypedShare, shareGroups } from '#shared/sync/paper-share.ts'
import type { SignedRecovery } from '#shared/sync/roster.ts'
import { newAgeIdentity } from './age-file.ts'
import { isSignedBy, signWith } from './device-identity.ts'

const secretBytes = 32
const shareVersion = 1
const sharesMade = 3
const sharesNeeded = 2

/** The national key's secret in memory, for one signing session; `wipe` overwrites it. */
export interface NationalSecret {
  readonly secret: Uint8Array
  readonly signSecret: Uint8Array
  /** Ed25519 public key, hex: what every centre believes. */
  readonly key: string
  wipe(): void
}

/** The signing key of a secret of 32 bytes. The secret itself becomes the returned object's and is overwritten with it. */
export function nationalSecret(secret: Uint8Array): NationalSecret {
  const signSecret = derived(secret, 'psrl1/national/sign')
  return {
    secret,
    signSecret,
    key: bytesToHex(ed25519.getPublicKey(signSecret)),
    wipe() {
      secret.fill(0)
      signSecret.fill(0)
    },
  }
}

/**
 * The age identity that the same shares give: a database whose key is sealed for its recipient can be opened by any two of the sheets.
 *
 * The recipient may be known to every centre; the identity never leaves memory.
 */
export function nationalRecovery({ secret }: Pick<NationalSecret, 'secret'>): {
  readonly identity: string
  readonly recipient: string
} {
  const seed = derived(secret, 'psrl1/national/recovery')
  const made = newAgeIdentity(seed)
  seed.fill(0)
  return made
}

const recoveryTag = 'psrl1/national-recovery\n'

/** The recipient that desks seal their key for, as the national key vouches for it: no desk seals it for anybody else. */
export function signedRecovery(national: NationalSecret): SignedRecovery {
  const { recipient } = nationalRecovery(national)
  return { recipient, sig: signWith(national.signSecret, recoveryTag, utf8ToBytes(recipient)) }
}

/** True if the national key with this public half signed the recipient. */
export function isRecoveryOf(key: string, { recipient, sig }: SignedRecovery): boolean {
  return isSignedBy(key, recoveryTag, utf8ToBytes(recipient), sig)
}

function derived(secret: Uint8Array, purpose: string): Uint8Array {
  return hkdf(sha256, secret, undefined, utf8ToBytes(purpose), secretBytes)
}

const nationalDigest = (key: string): Uint8Array => sha256(utf8ToBytes(`psrl1/national\n${key}\n`))

/** Six words of the national key: printed on its sheets, read aloud when a new computer is enrolled. */
export function nationalWords(key: string): string[] {
  return fingerprintWords(nationalDigest(key))
}

/** Which ceremony a sheet is of: 8 hex digits from the public key. */
export function ceremonyOf(key: string): string {
  return bytesToHex(nationalDigest(key).subarray(0, 4))
}

const checksum = (bytes: Uint8Array): Uint8Array => sha256(concatBytes(utf8ToBytes('psrl1/share\n'), bytes)).subarray(0, 4)

/** Three sheets, of which any two give the secret again; each as its printed groups. */
export async function paperShares({ secret, key }: NationalSecret): Promise<string[][]> {
  const shares = await split(secret, sharesMade, sharesNeeded)
  return shares.map((share, i) => {
    const start = concatBytes(Uint8Array.of((shareVersion << 4) | (i + 1)), nationalDigest(key).subarray(0, 4), share)
    share.fill(0)
    return shareGroups(concatBytes(start, checksum(start)))
  })
}

/** A sheet that was typed back whole. Throws Refusal share-wrong {group}, share-incomplete. */
function readShare(typed: string): { readonly number: number; readonly ceremony: string; readonly share: Uint8Array } {
  const read = readTypedShare(typed)
  if (read.wrong[0] !== undefined) throw new Refusal('share-wrong', { group: read.wrong[0] })
  if (!read.bytes || !read.sheet) throw new Refusal('share-incomplete', { groups: read.groups.length })
  const start = read.bytes.subarray(0, 38)
  const fits = bytesToHex(checksum(start)) === bytesToHex(read.bytes.subarray(38))
  if (!fits || start[0]! >> 4 !== shareVersion) throw new Refusal('share-not-a-share')
  return { ...read.sheet, share: start.slice(5) }
}

/**
 * The national key from two typed sheets. The caller wipes it.
 *
 * Throws Refusal share-wrong {group}, share-incomplete, share-not-a-share, share-twice, share-other-ceremony.
 */
export async function rebuildNational(typed: readonly string[]): Promise<NationalSecret> {
  const read = typed.map(readShare)
  const [first, second] = read
  if (!first || !second || read.length !== sharesNeeded) throw new Refusal('share-incomplete', { groups: 0 })
  if (first.ceremony !== second.ceremony) throw new Refusal('share-other-ceremony')
  if (first.number === second.number) throw new Refusal('share-twice')
  const rebuilt = nationalSecret(await combine([first.share, second.share]))
  for (const { share } of read) share.fill(0)
  if (ceremonyOf(rebuilt.key) === first.ceremony) return rebuilt
  rebuilt.wipe()
  throw new Refusal('share-not-a-share')
}
